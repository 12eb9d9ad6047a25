"""Which texts are found by the number of a street."""

from collections.abc import Sequence
from pathlib import Path

import pyarrow as pa

from address_match.indexer.local.stored.street_numbers import StreetNumbers, write_street_numbers
from address_match.indexer.retrieval import StreetNumber

Row = tuple[str, int, str, str]
"""Street, number, locality and town."""
ROWS: tuple[Row, ...] = (
    ("MILL LANE", 12, "", "ANYTOWN"),
    ("MILL LANE", 12, "NETHER END", "ANYTOWN"),
    ("MILL LANE", 14, "", "ANYTOWN"),
    ("MILL LANE", 12, "OTHERTON", "OTHERTON"),
    ("MILL LANE", -1, "", "ANYTOWN"),
    ("", 12, "", "ANYTOWN"),
)
AT_THE_MILL = StreetNumber("MILL LANE", 12, "ANYTOWN")


def found(folder: Path, *numbers: StreetNumber, rows: Sequence[Row] = ROWS) -> list[int]:
    names = ("street", "number", "locality", "town")
    columns = {name: [row[place] for row in rows] for place, name in enumerate(names)}
    schema = pa.schema([(name, pa.int32() if name == "number" else pa.string()) for name in names])
    write_street_numbers(folder, pa.table(columns, schema=schema))
    places: list[int] = StreetNumbers(folder).rows_of_each([(), numbers])[1].tolist()
    return places


def test_the_texts_at_a_number_of_a_street_of_a_town_are_found(tmp_path: Path) -> None:
    assert found(tmp_path, AT_THE_MILL) == [0, 1]
    assert found(tmp_path, AT_THE_MILL._replace(number=13)) == []
    assert found(tmp_path, AT_THE_MILL._replace(street="MILL ROAD")) == []
    assert found(tmp_path, AT_THE_MILL._replace(place="NOWHERE")) == []


def test_a_place_may_be_named_by_its_locality(tmp_path: Path) -> None:
    assert found(tmp_path, AT_THE_MILL._replace(place="NETHER END")) == [1]


def test_what_is_named_several_times_is_found_once(tmp_path: Path) -> None:
    elsewhere = AT_THE_MILL._replace(place="OTHERTON")
    assert found(tmp_path, elsewhere, AT_THE_MILL, AT_THE_MILL) == [0, 1, 3]


def test_a_number_that_very_many_texts_share_finds_none(tmp_path: Path) -> None:
    assert len(found(tmp_path, AT_THE_MILL, rows=[ROWS[0]] * 256)) == 256
    assert found(tmp_path, AT_THE_MILL, rows=[ROWS[0]] * 257) == []


def test_a_reference_without_texts_has_no_numbers(tmp_path: Path) -> None:
    assert found(tmp_path, AT_THE_MILL, rows=[]) == []
