"""The texts of a generation: what recurs is stored once, and those of an earlier format are read."""

from dataclasses import replace
from pathlib import Path

import pyarrow as pa
import pytest

from address_match.indexer.errors import BuildError
from address_match.indexer.local.writing.build import build_index
from address_match.indexer.local.writing.update import update_index
from address_match.indexer.manifest import read_manifest, write_manifest
from address_match.indexer.reference.reference_source import open_reference
from address_match.indexer.storage.checksums import checksums_below
from address_match.indexer.texts.schemas import SINCE_FORMAT_5, STORED_SCHEMA, TEXT_SCHEMA
from tests.indexer.models import MODELS
from tests.indexer.references import opened, write_csv

HEADER = ("uprn", "address", "custodian", "premises_from", "country")
ROWS = [
    ("1", "1 PELLOW ROAD", "9001", "1999-04-05", "E"),
    ("2", "2 PELLOW ROAD", "9002", "", "E"),
    ("3", "3 PELLOW ROAD", "", "2001-01-01", "W"),
]


def build(folder: Path) -> Path:
    build_index(open_reference(write_csv(folder / "a.csv", ROWS, HEADER)), folder / "index", MODELS)
    return folder / "index"


def make_format_4(index: Path) -> None:
    """Write an index as the release before did."""
    folder = index / "g000001"
    file = folder / "texts.arrow"
    table = pa.ipc.open_file(file.read_bytes()).read_all().cast(STORED_SCHEMA).drop_columns([*SINCE_FORMAT_5])
    file.unlink()
    with pa.ipc.new_file(str(file), table.schema) as writer:
        writer.write_table(table)
    write_manifest(
        index, replace(read_manifest(index), format_version=4, files=dict(checksums_below(folder)))
    )


def test_a_text_comes_back_as_it_was_given_by_row_and_in_lists(tmp_path: Path) -> None:
    index = opened(build(tmp_path))
    names = ("custodian", "premises_from", "country")
    held = [tuple(index.lookup(uprn).to_pylist()[0][name] for name in names) for uprn in ("1", "2", "3")]
    assert held == [("9001", "1999-04-05", "E"), ("9002", "", "E"), ("", "2001-01-01", "W")]
    assert index.lookup("1").schema == TEXT_SCHEMA
    assert index.lookup_all(["3", "1"]).column("custodian").to_pylist() == ["9001", ""]


def test_an_index_of_the_format_before_is_searched_and_says_what_it_lacks(tmp_path: Path) -> None:
    make_format_4(index := build(tmp_path))
    (found,) = opened(index).lookup("2").to_pylist()
    assert (found["address"], found["country"], found["custodian"]) == ("2 PELLOW ROAD", "E", "")
    assert read_manifest(index).lacks == SINCE_FORMAT_5


def test_an_index_of_the_format_before_is_not_updated(tmp_path: Path) -> None:
    make_format_4(index := build(tmp_path))
    changes = write_csv(tmp_path / "changes.csv", [("1", "", "delete")], ("uprn", "address", "change"))
    with pytest.raises(BuildError, match="has format 4, which is searched"):
        update_index([changes], index, MODELS)
