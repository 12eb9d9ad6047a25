from collections.abc import Mapping, Sequence

import pyarrow as pa
import pytest

from address_match.indexer.sources.columns.unclear_identifiers import unclear_identifiers
from address_match.indexer.sources.table_batch import TableBatch

ROWS = 40
UPRNS = [f"1000{row:08}" for row in range(ROWS)]
NUMBERS = [str(row % 8 + 1) for row in range(ROWS)]
ROADS = [f"{'ABCDE'[row // 8]}LDER ROAD, MARLOW FOLD" for row in range(ROWS)]
HOUSES = [f"{number} {road}" for number, road in zip(NUMBERS, ROADS, strict=True)]


def problem(columns: Mapping[str, Sequence[str]], texts: Sequence[str], used: Sequence[int]) -> str:
    batch = pa.RecordBatch.from_pydict({name: list(cells) for name, cells in columns.items()})
    return unclear_identifiers(TableBatch(1, batch, ()), 0, texts, used)


def test_a_column_that_tells_alike_addresses_apart_was_lost() -> None:
    columns = {"UPRN": UPRNS, "Address": ROADS, "Numb": NUMBERS}
    assert problem(columns, ROADS, [1]) == "Numb tells many apart that they leave alike"


@pytest.mark.parametrize(
    ("name", "cells"),
    [
        ("Account", [f"A{row}" for row in range(ROWS)]),
        ("Built", [f"{row % 28 + 1}/03/1971" for row in range(ROWS)]),
        ("Owner House", NUMBERS),
        ("Ward", ["NORTH", "SOUTH"] * 20),
    ],
    ids=["of rows", "of dates", "of somebody else", "alike"],
)
def test_what_is_no_part_of_an_address_was_not(name: str, cells: Sequence[str]) -> None:
    assert not problem({"UPRN": UPRNS, "Address": ROADS, name: cells}, ROADS, [1])


def test_addresses_of_their_own_lack_nothing() -> None:
    assert not problem({"UPRN": UPRNS, "Address": HOUSES, "Numb": NUMBERS}, HOUSES, [1])


def test_several_texts_of_one_identifier_are_not_told_apart() -> None:
    columns = {"UPRN": [UPRNS[row // 8] for row in range(ROWS)], "Address": ROADS, "Numb": NUMBERS}
    assert not problem(columns, ROADS, [1])


@pytest.mark.parametrize(
    ("chosen", "other", "is_refused"),
    [
        ("id", "Gazetteer UPRN", True),
        ("id", "Parent UPRN", False),
        ("id", "USRN", False),
        ("uprn", "Matched UPRN", False),
    ],
)
def test_uprns_beside_numbers_of_rows_are_meant(chosen: str, other: str, *, is_refused: bool) -> None:
    columns = {chosen: [str(row) for row in range(ROWS)], "Address": HOUSES, other: UPRNS}
    assert bool(problem(columns, HOUSES, [1])) is is_refused
