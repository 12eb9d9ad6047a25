"""What differs between two generations of an index."""

import random
from collections.abc import Sequence
from pathlib import Path

import pytest

from address_match.indexer.errors import IndexUnusableError
from address_match.indexer.local.compared.difference import index_difference
from address_match.indexer.local.writing.build import build_index
from address_match.indexer.reference.reference_source import open_reference
from tests.indexer.models import MODELS
from tests.indexer.references import write_csv

HEADER = (
    *("uprn", "address", "text_kind", "status", "parent_uprn", "classification", "latitude", "valid_to"),
    *("custodian", "premises_from", "premises_to", "premises_updated"),
)
Row = tuple[str, ...]


def row(uprn: str, address: str, **fields: str) -> Row:
    given = {"uprn": uprn, "address": address, **fields}
    return tuple(given.get(name, "") for name in HEADER)


def built(folder: Path, name: str, rows: Sequence[Row]) -> Path:
    reference = write_csv(folder / f"{name}.csv", rows, HEADER)
    build_index(open_reference(reference), folder / name, MODELS)
    return folder / name


def difference(folder: Path, old: Sequence[Row], new: Sequence[Row]) -> list[dict[str, str]]:
    with index_difference(built(folder, "old", old), built(folder, "new", new)) as found:
        rows = [found_row for batch in found.batches() for found_row in batch.to_pylist()]
        counted = {change: count for change, count in found.counts.items() if change != "unchanged"}
        assert sum(counted.values()) == len(rows)
    return rows


SAME = [row("1", "1 MILL LANE, ANYTOWN"), row("2", "2 MILL LANE, ANYTOWN")]


def test_premises_are_new_gone_changed_or_have_moved_and_stand_by_identifier(tmp_path: Path) -> None:
    old = [*SAME, row("3", "3 MILL LANE, ANYTOWN"), row("4", "4 MILL LANE, ANYTOWN"), row("5", "5 MILL LANE")]
    new = [*SAME, row("6", "6 MILL LANE"), row("30", "3, Mill Lane, Anytown"), row("5", "5A MILL LANE")]
    found = difference(tmp_path, old, new)
    assert [tuple(found_row.values()) for found_row in found] == [
        ("3", "moved", "", "30", "3 MILL LANE, ANYTOWN", ""),
        ("30", "new", "", "", "", "3, Mill Lane, Anytown"),
        ("4", "gone", "", "", "4 MILL LANE, ANYTOWN", ""),
        ("5", "changed", "texts", "", "5 MILL LANE", "5A MILL LANE"),
        ("6", "new", "", "", "", "6 MILL LANE"),
    ]


@pytest.mark.parametrize(
    ("name", "value", "fields"),
    [
        ("text_kind", "alternative", "texts"),
        ("valid_to", "2021-03-01", "dates"),
        ("status", "provisional", "status"),
        ("parent_uprn", "2", "parent_uprn"),
        ("classification", "RD04", "classification"),
        ("latitude", "51.5", "coordinates"),
    ],
)
def test_what_changed_is_named(tmp_path: Path, name: str, value: str, fields: str) -> None:
    [found] = difference(tmp_path, SAME, [row("1", "1 MILL LANE, ANYTOWN", **{name: value}), SAME[1]])
    assert (found["uprn"], found["change"], found["fields"]) == ("1", "changed", fields)


DATED = [
    row("1", "1 MILL LANE, ANYTOWN", custodian="9001", premises_from="2001-05-01"),
    row("2", "2 MILL LANE, ANYTOWN", custodian="9001", premises_from="2001-05-01"),
]


@pytest.mark.parametrize(
    ("name", "value", "fields"),
    [
        ("custodian", "9002", "custodian"),
        ("premises_from", "2002-05-01", "premises_dates"),
        ("premises_to", "2021-03-01", "premises_dates"),
    ],
)
def test_what_changed_of_the_premises_itself_is_named(
    tmp_path: Path, name: str, value: str, fields: str
) -> None:
    given = {"custodian": "9001", "premises_from": "2001-05-01", name: value}
    [found] = difference(tmp_path, DATED, [row("1", "1 MILL LANE, ANYTOWN", **given), DATED[1]])
    assert (found["uprn"], found["change"], found["fields"]) == ("1", "changed", fields)


def test_what_only_one_of_the_two_holds_at_all_is_not_compared(tmp_path: Path) -> None:
    assert difference(tmp_path, SAME, DATED) == []


def test_the_day_of_the_last_update_alone_is_no_difference(tmp_path: Path) -> None:
    updated = row("1", "1 MILL LANE, ANYTOWN", premises_updated="2026-02-01")
    assert difference(tmp_path, SAME, [updated, SAME[1]]) == []


def test_the_order_of_rows_and_of_texts_is_no_difference(tmp_path: Path) -> None:
    texts = [*SAME, row("1", "THE OLD MILL, 1 MILL LANE, ANYTOWN")]
    assert difference(tmp_path, texts, texts[::-1]) == []


def test_a_premises_has_moved_to_one_other_alone_that_had_not_its_text_before(tmp_path: Path) -> None:
    twins = [row("8", "1 MILL LANE, ANYTOWN"), row("9", "1 MILL LANE, ANYTOWN")]
    [gone, *_] = difference(tmp_path, SAME, [SAME[1], *twins])
    assert (gone["uprn"], gone["change"], gone["successor"]) == ("1", "gone", "")


def test_a_text_that_the_other_had_before_says_nothing(tmp_path: Path) -> None:
    twin = row("9", "1 MILL LANE, ANYTOWN")
    [gone] = difference(tmp_path, [*SAME, twin], [SAME[1], twin])
    assert (gone["uprn"], gone["change"], gone["successor"]) == ("1", "gone", "")


def test_a_premises_that_is_of_former_times_now_has_moved_too(tmp_path: Path) -> None:
    former = row("1", "1 MILL LANE, ANYTOWN", status="historical")
    [old, _] = difference(tmp_path, SAME, [former, SAME[1], row("7", "1 MILL LANE, ANYTOWN")])
    assert (old["uprn"], old["change"], old["fields"], old["successor"]) == ("1", "moved", "status", "7")


def test_a_generation_is_compared_with_the_one_in_force_after_it(tmp_path: Path) -> None:
    built(tmp_path, "index", SAME)
    index = built(tmp_path, "index", SAME[:1])
    with index_difference(index / "g000001", index) as found:
        assert found.counts == {"new": 0, "gone": 1, "moved": 0, "changed": 0, "unchanged": 1}


def test_all_premises_are_found_that_a_plain_comparison_finds(tmp_path: Path) -> None:
    draw = random.Random(4)
    old = {str(n): row(str(n), f"{n} MILL LANE, ANYTOWN") for n in draw.sample(range(1, 900), 400)}
    new = {uprn: given for uprn, given in old.items() if draw.random() < 0.8}
    new |= {uprn: row(uprn, f"{given[1]}, ANYSHIRE") for uprn, given in new.items() if draw.random() < 0.1}
    new |= {str(n): row(str(n), f"{n} CORN ROAD, ANYTOWN") for n in range(1_000, 1_050)}
    differing = sorted(uprn for uprn in {*old, *new} if old.get(uprn) != new.get(uprn))
    found = difference(tmp_path, list(old.values()), list(new.values()))
    assert [found_row["uprn"] for found_row in found] == differing


def test_what_is_no_index_is_refused(tmp_path: Path) -> None:
    with pytest.raises(IndexUnusableError), index_difference(tmp_path, tmp_path):
        pass
