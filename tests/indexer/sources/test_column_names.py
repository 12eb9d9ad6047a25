"""The names in component columns, and what is not read a second time."""

from pathlib import Path

import pyarrow as pa

from address_match.indexer.sources.column_names import (
    NAMES_READ_SCHEMA,
    ColumnNames,
    names_read,
    write_names_read,
)
from address_match.indexer.sources.table_batch import TableBatch
from address_match.parser.gazetteer.name_field import NameField

STREETS = ["Mill Lane", "MILL LN", "Mill Lane", "Corn Road", ""]


def read(names: ColumnNames) -> ColumnNames:
    batch = TableBatch(1, pa.RecordBatch.from_pydict({"street": STREETS}), ())
    names.add(batch, pa.array(range(len(STREETS))))
    return names


def test_names_are_counted_as_a_parser_would_write_them() -> None:
    names = read(ColumnNames({"street_name": 0}))
    assert names.counted() == {NameField.STREET: {"MILL LANE": 3, "CORN ROAD": 1}}


def test_how_they_were_read_is_kept_in_the_order_of_the_values(tmp_path: Path) -> None:
    names = read(ColumnNames({"street_name": 0}))
    names.counted()
    write_names_read(tmp_path, names.read)
    assert names_read(tmp_path).column("written").to_pylist() == ["", "Corn Road", "MILL LN", "Mill Lane"]
    assert names_read(tmp_path).column("name").to_pylist() == ["", "CORN ROAD", "MILL LANE", "MILL LANE"]


def test_what_is_known_is_not_read_again_and_not_kept_once_it_is_gone() -> None:
    names = ColumnNames({"street_name": 0})
    said = [
        ("street_name", "Corn Road", "CORN"),
        ("street_name", "Gone Road", "GONE"),
        ("town_name", "MILL LN", "X"),
    ]
    names.known = pa.table([list(column) for column in zip(*said, strict=True)], schema=NAMES_READ_SCHEMA)
    assert read(names).counted() == {NameField.STREET: {"MILL LANE": 3, "CORN": 1}}
    assert "Gone Road" not in names.read.column("written").to_pylist()


def test_an_index_without_them_has_none(tmp_path: Path) -> None:
    assert names_read(tmp_path).num_rows == 0
