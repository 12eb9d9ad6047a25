"""A folder of facts, and what may befall it."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from address_match.service.errors import UsageError
from address_match.service.facts.store import FactStore, channel_name
from address_match.service.facts.writer import PART_ROWS, FactWriter
from tests.service.facts.kept_facts import a_fact

MONDAY, TUESDAY = date(2026, 11, 30), date(2026, 12, 1)


def writer(store: FactStore, day: Callable[[], date] = lambda: MONDAY, *, keep_days: int = 400) -> FactWriter:
    return FactWriter(store, keep_days, day)


def parts(store: FactStore) -> list[Path]:
    return sorted(store.folder.rglob("*.parquet"))


@pytest.fixture
def store(tmp_path: Path) -> FactStore:
    return FactStore(tmp_path / "facts")


def test_facts_are_read_by_channel_oldest_first(store: FactStore) -> None:
    kept = writer(store)
    kept.write("bulk", [a_fact(moment=120, words=2), a_fact(moment=60, words=1)])
    kept.write("single", [a_fact(words=9)])
    assert store.read("bulk").table.column("words").to_pylist() == [1, 2]
    assert store.channels() == ["bulk", "single"]


def test_a_part_of_a_day_grows_until_it_is_large(store: FactStore) -> None:
    kept = writer(store)
    for count in (1, 2, PART_ROWS, 1):
        kept.write("bulk", [a_fact()] * count)
    assert [pq.read_metadata(path).num_rows for path in parts(store)] == [PART_ROWS + 3, 1]


def test_the_next_day_has_a_folder_of_its_own(store: FactStore) -> None:
    days = iter([MONDAY, TUESDAY])
    kept = writer(store, lambda: next(days))
    kept.write("bulk", [a_fact()])
    kept.write("bulk", [a_fact()])
    assert [day for day, _ in store.days()] == [MONDAY, TUESDAY]


def test_a_clock_that_is_set_back_loses_nothing(store: FactStore) -> None:
    days = iter([TUESDAY, MONDAY, TUESDAY])
    kept = writer(store, lambda: next(days))
    for number in range(3):
        kept.write("bulk", [a_fact(words=number)])
    assert sorted(store.read("bulk").table.column("words").to_pylist()) == [0, 1, 2]


def test_two_writers_of_one_store_keep_what_both_write(store: FactStore) -> None:
    one, other = writer(store), writer(store)
    for kept in (one, other, one):
        kept.write("bulk", [a_fact()])
    assert len(store.read("bulk").table) == 3


def test_a_torn_file_is_skipped_and_said(store: FactStore) -> None:
    writer(store).write("bulk", [a_fact()])
    writer(store).write("bulk", [a_fact()])
    torn = parts(store)[0]
    torn.write_bytes(torn.read_bytes()[:-100])
    read = store.read("bulk")
    assert len(read.table) == 1
    assert [line.partition(":")[0] for line in read.skipped] == [str(torn.relative_to(store.folder))]


def test_a_file_of_another_format_is_skipped_and_said(store: FactStore) -> None:
    writer(store).write("bulk", [a_fact()])
    pq.write_table(pa.table({"words": [1]}), parts(store)[0].with_name("part-other-0001.parquet"))
    assert store.read("bulk").skipped[0].endswith("part-other-0001.parquet: not of format 1")


def test_what_is_older_than_wanted_is_forgotten_and_days_to_come_are_not(store: FactStore) -> None:
    for day in (date(2026, 1, 1), MONDAY, date(2031, 1, 1)):
        store.part(day, "bulk", "w", 1)
    writer(store, keep_days=30).write("bulk", [a_fact()])
    assert [day for day, _ in store.days()] == [MONDAY, date(2031, 1, 1)]


def test_a_folder_of_somebody_else_stays(store: FactStore) -> None:
    other = store.folder / "day=whenever"
    other.mkdir(parents=True)
    store.forget_before(MONDAY, 1)
    assert other.exists()


def test_a_channel_that_is_no_channel_does_not_exist(store: FactStore) -> None:
    assert store.read("bulk").table.num_rows == 0
    with pytest.raises(UsageError, match=r"'\.\./up' is no name of a channel"):
        channel_name("../up")
