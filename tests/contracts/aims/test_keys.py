"""Every key of the table is in the answer that it belongs to, of its type, in its place; and there are no others but
our own object.
"""

from functools import cache
from typing import Any

import pytest

from tests.contracts.aims.key_paths import OURS, SeenKey, seen_keys
from tests.contracts.aims.requests import SAMPLES, Sample
from tests.contracts.aims.services import Services
from tests.contracts.aims.tables import KeyRow, key_rows

OTHERWISE = ("crossRefs[].", "/sources", "/custodians")
"""What is knowingly empty, by parts of endpoints and paths: a reference holds neither cross references nor the names of
custodians.
"""


@cache
def answer_of(asked: Services, sample: Sample) -> Any:
    response = asked.get(sample.state).ask(sample.method, sample.request, sample.body)
    assert response.status_code == sample.status
    return response.json()


@cache
def keys_of(asked: Services, sample: Sample) -> dict[str, SeenKey]:
    return seen_keys(answer_of(asked, sample), key_rows_of(sample.group))


@cache
def key_rows_of(group: tuple[str, str]) -> tuple[KeyRow, ...]:
    return tuple(row for row in key_rows() if row.group == group)


def is_otherwise(row: KeyRow) -> bool:
    return "[]." in row.path and any(part in f"{row.endpoint} {row.path}" for part in OTHERWISE)


def rows() -> list[object]:
    return [
        pytest.param(
            row,
            id=f"{row.endpoint}-{row.variant}-{row.path}",
            marks=[pytest.mark.xfail(reason="not held", strict=True)] if is_otherwise(row) else [],
        )
        for row in key_rows()
    ]


def test_the_table_is_whole() -> None:
    assert len(key_rows()) == 2284


@pytest.mark.parametrize("row", rows())
def test_a_key_stands_in_the_answer_as_in_that_of_aims(row: KeyRow, asked: Services) -> None:
    seen = keys_of(asked, SAMPLES[row.group]).get(row.path)
    if seen is None:
        assert row.is_optional
        return
    assert row.is_sent
    assert seen.types <= ({"integer", "number"} if row.type == "number" else {row.type})
    assert seen.is_in_order


@pytest.mark.parametrize("group", sorted(SAMPLES), ids=" ".join)
def test_an_answer_has_no_other_keys_but_our_own_object(group: tuple[str, str], asked: Services) -> None:
    known = {row.path for row in key_rows_of(group)}
    found = {path for path in keys_of(asked, SAMPLES[group]) if OURS not in path}
    assert found - known == set()
