from collections.abc import Sequence
from pathlib import Path

import pyarrow as pa
import pytest

from address_match.indexer.directory import HeldPostcode, Street
from address_match.indexer.errors import IndexUnusableError
from address_match.indexer.reference.streets.street_directory import (
    StreetDirectory,
    directory_or_refusal,
    write_street_directory,
)

Row = tuple[str, str, str, str, str]
"""Postcode, UPRN, street, town, building."""
ROWS: list[Row] = [
    ("", "1", "MARSH LANE", "ANYTOWN", ""),
    ("", "9", "", "ANYTOWN", "ROSE COTTAGE"),
    ("AB12CD", "2", "MILL LANE", "ANYTOWN", "THE OLD GRANARY"),
    ("AB12CD", "3", "MILL LANE", "OLD ANYTOWN", ""),
    ("AB12CD", "3", "MILL LANE", "ANYTOWN", ""),
    ("AB12CE", "4", "MILL LANE", "ANYTOWN", ""),
    ("AB123CD", "5", "MILL LANE", "", ""),
    ("XY98ZZ", "6", "LANEHAM ROAD", "OTHERTON", ""),
]


def texts(rows: Sequence[Row]) -> pa.Table:
    _, uprn, street, town, building = zip(*rows, strict=True)
    empty = [""] * len(rows)
    columns = {"uprn": uprn, "street": street, "town": town, "building": building}
    return pa.table(
        {name: pa.array(values, pa.string()) for name, values in columns.items()}
        | {"locality": pa.array(empty), "organisation": pa.array(empty)}
    )


def postcodes(rows: Sequence[Row]) -> pa.StringArray:
    return pa.array([code for code, *_ in rows], pa.string())


def opened(folder: Path) -> StreetDirectory:
    directory = StreetDirectory.open(folder)
    assert directory is not None
    return directory


@pytest.fixture
def directory(tmp_path: Path) -> StreetDirectory:
    write_street_directory(tmp_path, texts(ROWS), postcodes(ROWS))
    return opened(tmp_path)


def test_towns_that_share_a_postcode_of_a_street_are_one_place(directory: StreetDirectory) -> None:
    assert directory.streets_named("MILL LANE") == [
        Street("MILL LANE", "ANYTOWN", 3),
        Street("MILL LANE", "AB12", 1),
    ]
    assert directory.places_of("MILL LANE", "OLD ANYTOWN") == ["ANYTOWN", "OLD ANYTOWN"]


@pytest.mark.parametrize(
    ("words", "prefix", "named"),
    [
        (["MILL"], "", ["ANYTOWN", "AB12"]),
        (["MILL", "ANYTOWN"], "", ["ANYTOWN"]),
        (["MILL", "OLD"], "", ["ANYTOWN"]),
        (["MILL", "LN"], "", ["ANYTOWN", "AB12"]),
        ([], "OTH", ["OTHERTON"]),
        ([], "LANE", ["OTHERTON", "ANYTOWN", "ANYTOWN", "AB12"]),
        (["LAN"], "", []),
        ([], "", []),
    ],
)
def test_words_and_a_beginning_find_streets_by_name_and_place(
    directory: StreetDirectory, words: list[str], prefix: str, named: list[str]
) -> None:
    assert [street.place for street in directory.streets_with(words, prefix, 9).named] == named


def test_a_building_finds_the_street_that_it_stands_on(directory: StreetDirectory) -> None:
    found = directory.streets_with(["MILL"], "GRAN", 9)
    assert (found.named, found.holding) == ([], [Street("MILL LANE", "ANYTOWN", 3)])


@pytest.mark.parametrize(
    ("start", "postcodes"),
    [
        ("AB1", ["AB12CD", "AB12CE", "AB123CD"]),
        ("AB1 ", ["AB12CD", "AB12CE"]),
        ("AB12", ["AB123CD", "AB12CD", "AB12CE"]),
        ("AB12 3", ["AB123CD"]),
        ("ZZ9", []),
        ("", []),
    ],
)
def test_a_start_with_a_space_is_that_of_one_outcode(
    directory: StreetDirectory, start: str, postcodes: list[str]
) -> None:
    assert [held.postcode for held in directory.postcodes_from(start, 9)] == postcodes


def test_streets_from_a_start_count_their_premises_there(directory: StreetDirectory) -> None:
    assert directory.streets_from("AB1 2CD") == [Street("MILL LANE", "ANYTOWN", 2)]
    assert directory.postcodes_from("AB1 2CD", 1) == [HeldPostcode("AB12CD", 2)]


def test_a_start_narrows_what_words_find(directory: StreetDirectory) -> None:
    assert directory.streets_with(["MILL"], "", 9, start="AB12 ").named == [Street("MILL LANE", "AB12", 1)]


def test_a_street_knows_the_rows_of_its_stretches(directory: StreetDirectory) -> None:
    assert directory.ranges_on("MILL LANE", "ANYTOWN") == [(2, 5), (5, 6)]


def test_further_texts_add_streets_postcodes_and_words(directory: StreetDirectory, tmp_path: Path) -> None:
    more: list[Row] = [
        ("AB12CF", "7", "MILL LANE", "ANYTOWN", "SEED STORE"),
        ("AB12CG", "8", "NEW STREET", "ANYTOWN", ""),
    ]
    directory.save_with(tmp_path, texts(more), postcodes(more))
    updated = opened(tmp_path)
    assert [held.postcode for held in updated.postcodes_from("AB1 ", 9)] == [
        "AB12CD",
        "AB12CE",
        "AB12CF",
        "AB12CG",
    ]
    assert updated.streets_with(["NEW"], "", 9).named == [Street("NEW STREET", "ANYTOWN", 1)]
    assert updated.streets_with(["SEED"], "", 9).holding == [Street("MILL LANE", "ANYTOWN", 3)]
    assert updated.places_of("MILL LANE", "OLD ANYTOWN") == ["ANYTOWN", "OLD ANYTOWN"]


def test_a_reference_without_texts_has_no_streets(tmp_path: Path) -> None:
    write_street_directory(tmp_path, texts(ROWS).slice(0, 0), postcodes([]))
    empty = opened(tmp_path)
    assert empty.streets_with([], "M", 9).named == empty.streets_from("AB1") == []
    assert empty.streets_named("MILL LANE") == []


def test_an_index_of_before_says_how_it_is_built_anew(tmp_path: Path) -> None:
    assert StreetDirectory.open(tmp_path) is None
    with pytest.raises(IndexUnusableError, match="index build"):
        directory_or_refusal(None, "address-match index build")
