"""An index of a file of rows, and what files of changes make of it."""

import shutil
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from address_match.indexer.errors import BuildError, NothingUsableError, SourceError
from address_match.indexer.local.writing.build import BuildReport, build_index
from address_match.indexer.local.writing.update import update_index
from address_match.indexer.manifest import read_manifest, write_manifest
from address_match.indexer.reference.reference_source import open_reference
from tests.indexer.models import MODELS
from tests.indexer.products.premium_supply import house, lpi, volume, write_supply
from tests.indexer.references import ADDRESSES, build, files_of, opened, synthetic, write_csv

HEADER = ("change", "uprn", "address")
COMPONENTS = ("uprn", "building_name", "building_number", "street_name", "town_name", "postcode")


def update(folder: Path, rows: Sequence[tuple[str, ...]], header: tuple[str, ...] = HEADER) -> BuildReport:
    return update_index([write_csv(folder / "changes.csv", rows, header)], folder / "index", MODELS)


def generation(folder: Path) -> Path:
    index = folder / "index"
    return index / read_manifest(index).generation


def texts(folder: Path, uprn: str) -> list[str]:
    return sorted(opened(folder / "index").lookup(uprn).column("address").to_pylist())


def test_premises_are_inserted_updated_and_deleted(tmp_path: Path) -> None:
    build(tmp_path)
    report = update(
        tmp_path,
        [
            ("I", "009", "2 NEW ROW, ANYTOWN"),
            ("update", "007", "11 CORN MILL LANE, OTHERTON"),
            ("D", "008", ""),
        ],
    )
    assert texts(tmp_path, "009") == ["2 NEW ROW, ANYTOWN"]
    assert texts(tmp_path, "007") == ["11 CORN MILL LANE, OTHERTON"]
    assert texts(tmp_path, "008") == []
    assert (report.manifest.reference, report.manifest.texts) == (
        "reference.csv + changes.csv",
        len(ADDRESSES) - 1,
    )


def test_an_updated_index_is_that_of_the_changed_reference_byte_for_byte(tmp_path: Path) -> None:
    before = synthetic(3000)
    kept = [(uprn, text) for uprn, text in before if not uprn.endswith(("7", "8"))]
    moved = [(uprn, f"THE OLD BARN, {text}") for uprn, text in before if uprn.endswith("7")]
    build(tmp_path, before)
    gone = [("D", uprn, "") for uprn, _ in before if uprn.endswith("8")]
    update(tmp_path, [*gone, *(("U", *row) for row in moved), ("I", "new", "1 NEW ROW, ANYTOWN, AB1 2CD")])
    build(tmp_path, [*kept, *moved, ("new", "1 NEW ROW, ANYTOWN, AB1 2CD")], name="anew")
    assert files_of(tmp_path / "index") == files_of(tmp_path / "anew")


def test_changes_of_a_few_premises_leave_the_kept_rows_and_add_up(tmp_path: Path) -> None:
    before = synthetic(300)
    (first, _), (second, old), (third, _), *others = before
    build(tmp_path, before)
    rows = generation(tmp_path) / "records" / "rows.parquet"
    kept = rows.read_bytes()
    update(tmp_path, [("U", first, "1 NEW ROW, ANYTOWN"), ("D", second, ""), ("D", third, "")])
    update(
        tmp_path, [("U", first, "2 NEW ROW, ANYTOWN"), ("I", second, old), ("I", "new", "9 HILL, ANYTOWN")]
    )
    assert (generation(tmp_path) / "records" / "rows.parquet").read_bytes() == kept
    after = [(first, "2 NEW ROW, ANYTOWN"), (second, old), ("new", "9 HILL, ANYTOWN"), *others]
    build(tmp_path, after, name="anew")
    assert files_of(tmp_path / "index") == files_of(tmp_path / "anew")


def test_names_of_component_columns_follow_the_changes(tmp_path: Path) -> None:
    before = [
        ("1", "ASH COURT", "2", "MILL LANE", "OSTWICK", "N/A"),
        ("2", "", "3", "HIGH ROW", "OSTWICK", "AB1 2CD"),
    ]
    after = ("2", "ELM COURT", "3", "LOW ROW", "NEW OSTWICK", "AB1 2CD,")
    build_index(open_reference(write_csv(tmp_path / "r.csv", before, COMPONENTS)), tmp_path / "index", MODELS)
    update(tmp_path, [("U", *after)], ("change", *COMPONENTS))
    anew = write_csv(tmp_path / "anew.csv", [before[0], after], COMPONENTS)
    build_index(open_reference(anew), tmp_path / "anew", MODELS)
    assert files_of(tmp_path / "index") == files_of(tmp_path / "anew")


def test_a_file_of_changes_that_is_given_twice_does_no_harm(tmp_path: Path) -> None:
    build(tmp_path)
    changes = [("U", "005", "1A PELLOW ROAD, ANYTOWN"), ("D", "008", "")]
    update(tmp_path, changes)
    once = files_of(tmp_path / "index")
    again = update(tmp_path, changes)
    assert files_of(tmp_path / "index") == once
    assert again.problems.counts == {"deletion of a premises that is not held": 1}


def test_rows_that_say_nothing_usable_are_reported_and_change_nothing(tmp_path: Path) -> None:
    build(tmp_path)
    report = update(
        tmp_path, [("X", "1", "1 X STREET"), ("U", "005", ""), ("D", "999", ""), ("D", "008", "")]
    )
    problems = {(error.row, error.what) for error in report.problems.first}
    assert problems == {
        (1, "unknown change"),
        (2, "blank address"),
        (3, "deletion of a premises that is not held"),
    }
    assert texts(tmp_path, "005") == ["1 PELLOW ROAD, ANYTOWN, AB1 3EF"]


def test_it_is_said_which_columns_of_the_changes_were_taken(tmp_path: Path) -> None:
    build(tmp_path)
    report = update(tmp_path, [("U", "005", "1A PELLOW ROAD, ANYTOWN", "x")], (*HEADER, "remark"))
    assert report.manifest.columns == {"uprn": ["uprn"], "address": ["address"]}
    assert report.manifest.unused_columns == ["remark"]


@pytest.mark.parametrize(
    ("rows", "header", "error", "message"),
    [
        ([("U", "005", "")], HEADER, NothingUsableError, "holds no usable change"),
        ([("005", "1 PELLOW ROAD")], ("uprn", "address"), SourceError, "no column change"),
        ([("D", uprn, "") for uprn, _ in ADDRESSES], HEADER, NothingUsableError, "no usable row"),
    ],
)
def test_changes_after_which_nothing_would_be_other_or_left_leave_the_index_as_it_was(
    tmp_path: Path, rows: list[tuple[str, ...]], header: tuple[str, ...], error: type[Exception], message: str
) -> None:
    build(tmp_path)
    before = read_manifest(tmp_path / "index")
    with pytest.raises(error, match=message):
        update(tmp_path, rows, header)
    assert read_manifest(tmp_path / "index") == before


def test_changes_of_a_product_are_none_of_an_index_of_rows(tmp_path: Path) -> None:
    build(tmp_path)
    supply = write_supply(tmp_path / "changes", volume([house(), lpi()], file_type="C"))
    with pytest.raises(SourceError, match="changes of an index of rows are one file of rows"):
        update_index([supply], tmp_path / "index", MODELS)


def test_an_index_without_records_is_not_updated(tmp_path: Path) -> None:
    build(tmp_path)
    generation = tmp_path / "index" / "g000001"
    manifest = read_manifest(tmp_path / "index")
    kept = {name: checksum for name, checksum in manifest.files.items() if not name.startswith("records")}
    write_manifest(tmp_path / "index", replace(manifest, files=kept))
    shutil.rmtree(generation / "records")
    with pytest.raises(BuildError, match="keeps no records"):
        update(tmp_path, [("D", "008", "")])
