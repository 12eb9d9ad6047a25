"""The names in component columns, and what is not read a second time."""

from pathlib import Path

import pyarrow as pa

from address_match.indexer.sources.columns.column_names import (
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
    held = names_read(tmp_path)
    assert held is not None
    assert held.column("written").to_pylist() == ["", "Corn Road", "MILL LN", "Mill Lane"]
    assert held.column("name").to_pylist() == ["", "CORN ROAD", "MILL LANE", "MILL LANE"]
    assert held.column("texts").to_pylist() == [1, 1, 1, 2]


def test_counts_go_on_from_what_is_known_without_reading_it_again() -> None:
    names = ColumnNames({"street_name": 0})
    said = [
        ("street_name", "Corn Road", "CORN", 4),
        ("street_name", "Gone Road", "GONE", 2),
        ("town_name", "MILL LN", "X", 1),
    ]
    names.add_to(pa.table([list(column) for column in zip(*said, strict=True)], schema=NAMES_READ_SCHEMA))
    gone = ColumnNames({"street_name": 0})
    gone.add(TableBatch(1, pa.RecordBatch.from_pydict({"street": ["Gone Road"] * 2}), ()), pa.array([0, 1]))
    names.take_away(gone)
    assert read(names).counted() == {NameField.STREET: {"MILL LANE": 3, "CORN": 5}}
    assert "Gone Road" not in names.read.column("written").to_pylist()


def test_an_index_without_them_has_none(tmp_path: Path) -> None:
    assert names_read(tmp_path) is None
