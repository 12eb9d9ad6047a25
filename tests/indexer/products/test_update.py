from dataclasses import replace
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from address_match.indexer.errors import BuildError, SourceError
from address_match.indexer.local.writing.build import RECORDS, build_index
from address_match.indexer.local.writing.update import update_index
from address_match.indexer.manifest import read_manifest, write_manifest
from address_match.indexer.reference.reference_source import open_reference
from address_match.indexer.sources.columns.column_names import names_read
from address_match.indexer.storage.checksums import checksum
from address_match.models.synthesis.country.country import SyntheticCountry
from address_match.models.synthesis.products.epochs import Epochs
from address_match.models.synthesis.products.premium.supply_files import write_premium
from address_match.models.synthesis.products.supply import Supply
from tests.indexer.models import MODELS, CommaReader, HashedTrigrams
from tests.indexer.products.premium_supply import STREET, house, lpi, record, volume, write_supply
from tests.indexer.references import files_of, opened, overwrite


def built(folder: Path, *records: str) -> Path:
    street = record("street_descriptor", **STREET)
    supply = write_supply(folder / "epoch", volume([street, *records]))
    build_index(open_reference(supply), folder / "index", MODELS)
    return folder / "index"


def changes(folder: Path, *records: str, day: str = "2026-02-16") -> list[Path]:
    text = volume(records, file_type="C").replace("2026-01-05", day)
    return [write_supply(folder / "changes", text)]


def changed(line: str, kind: str) -> str:
    return line.replace('"I"', f'"{kind}"', 1)


def names_in(index: Path) -> pa.Table | None:
    return names_read(index / read_manifest(index).generation / RECORDS)


def texts(index: Path) -> list[str]:
    return sorted(opened(index).lookup("100").column("address").to_pylist())


def test_an_updated_index_is_that_of_the_later_epoch_byte_for_byte(tmp_path: Path) -> None:
    supply = Supply(SyntheticCountry(1, 2500), Epochs(1, 3), lambda _: False)
    first, *others = write_premium(supply, tmp_path, rows=4000)
    build_index(open_reference(first), tmp_path / "updated", MODELS)
    for folder in others:
        if folder.name.startswith("changes"):
            assert update_index([folder], tmp_path / "updated", MODELS).problems.counts == {}
    build_index(open_reference(others[-1]), tmp_path / "anew", MODELS)
    assert files_of(tmp_path / "updated") == files_of(tmp_path / "anew")
    assert names_in(tmp_path / "updated") == names_in(tmp_path / "anew")


def test_a_street_that_is_renamed_renames_its_premises(tmp_path: Path) -> None:
    index = built(tmp_path, house(), lpi(lpi_key="L1", pao_start_number=9))
    renamed = record("street_descriptor", **{**STREET, "street_description": "NEW MILL LANE"})
    report = update_index(changes(tmp_path, changed(renamed, "U")), index, MODELS)
    assert texts(index) == ["9 NEW MILL LANE, OSTWICK"]
    assert report.manifest.reference == "epoch + changes"


def test_deletions_go_before_insertions_of_the_same_record(tmp_path: Path) -> None:
    index = built(
        tmp_path, house(), lpi(lpi_key="L1", pao_start_number=9), lpi(lpi_key="L2", pao_text="OLD NAME")
    )
    again = lpi(lpi_key="L1", pao_start_number=11)
    gone = changed(lpi(lpi_key="L2"), "D")
    update_index(changes(tmp_path, again, changed(again, "D"), gone), index, MODELS)
    assert texts(index) == ["11 MILL LANE, OSTWICK"]


class CountingReader(CommaReader):
    """Counts the texts that it parses."""

    parsed = 0

    def parse_fields(self, texts, words=None):  # type: ignore[no-untyped-def]
        self.parsed += len(texts)
        return super().parse_fields(texts, words)


def test_texts_that_are_written_as_before_are_not_parsed_again(tmp_path: Path) -> None:
    index = built(tmp_path, house(), *(lpi(lpi_key=f"L{n}", pao_start_number=n) for n in range(1, 9)))
    reader = CountingReader()
    models = type(MODELS)(reader, HashedTrigrams(), MODELS.bundle)
    update_index(changes(tmp_path, changed(lpi(lpi_key="L3", pao_start_number=33), "U")), index, models)
    assert reader.parsed == 1
    assert len(texts(index)) == 8


@pytest.mark.parametrize(
    ("records", "day", "message"),
    [
        ([changed(house(90), "U")], "2026-02-16", "of which the index of 2026-01-05 lacks 1"),
        ([changed(house(90), "D")], "2026-02-16", "not the changes that follow on it"),
        ([changed(house(), "U")], "2026-01-05", "its changes are in it already"),
        ([changed(house(), "U")], "2026-03-30", "84 days after 2026-01-05, .* one between are missing"),
    ],
)
def test_changes_that_do_not_follow_leave_the_index_as_it_was(
    tmp_path: Path, records: list[str], day: str, message: str
) -> None:
    index = built(tmp_path, house(), lpi(lpi_key="L1", pao_start_number=9))
    before = read_manifest(index)
    with pytest.raises(SourceError, match=message):
        update_index(changes(tmp_path, *records, day=day), index, MODELS)
    assert read_manifest(index) == before
    assert sorted(p.name for p in index.iterdir()) == [".building", "g000001", "manifest.json"]


def test_a_full_supply_is_no_change(tmp_path: Path) -> None:
    index = built(tmp_path, house(), lpi(lpi_key="L1", pao_start_number=9))
    with pytest.raises(SourceError, match="a volume of a full supply; build an index of it"):
        update_index([tmp_path / "epoch"], index, MODELS)


def parents(index: Path) -> list[str]:
    found = (opened(index).lookup(uprn).column("parent_uprn").to_pylist() for uprn in ("100", "101"))
    return [parent for of_premises in found for parent in of_premises]


def family(folder: Path) -> Path:
    """A flat 100 of the building 101, of the estate 102."""
    houses = [house(parent_uprn=101), house(101, parent_uprn=102), house(102)]
    lines = [lpi(uprn, lpi_key=f"L{uprn}", pao_start_number=uprn) for uprn in (100, 101)]
    return built(folder, *houses, *lines)


def test_the_children_of_a_premises_that_goes_have_no_parent(tmp_path: Path) -> None:
    index = family(tmp_path)
    assert parents(index) == ["101", "102"]
    update_index(changes(tmp_path, changed(house(102), "D")), index, MODELS)
    assert parents(index) == ["101", ""]


def test_of_parents_that_come_to_be_in_a_circle_all_are_left_out_and_are_there_once_it_is_broken(
    tmp_path: Path,
) -> None:
    index = family(tmp_path)
    update_index(changes(tmp_path, changed(house(102, parent_uprn=100), "U")), index, MODELS)
    assert parents(index) == ["", ""]
    update_index(changes(tmp_path, changed(house(102), "U"), day="2026-03-30"), index, MODELS)
    assert parents(index) == ["101", "102"]


def test_a_premises_that_goes_takes_its_texts_with_it(tmp_path: Path) -> None:
    index = family(tmp_path)
    gone = (changed(house(101), "D"), changed(lpi(101, lpi_key="L101"), "D"))
    report = update_index(changes(tmp_path, *gone), index, MODELS)
    assert (report.manifest.texts, report.manifest.premises) == (1, 1)


def test_an_index_that_does_not_know_how_often_its_names_stand_is_not_updated(tmp_path: Path) -> None:
    index = built(tmp_path, house(), lpi(lpi_key="L1", pao_start_number=9))
    file = index / "g000001" / RECORDS / "names_read.parquet"
    manifest = read_manifest(index)
    overwrite(file, b"")
    pq.write_table(
        pa.table({"column": ["street_name"], "written": ["MILL LANE"], "name": ["MILL LANE"]}), file
    )
    files = {**manifest.files, f"{RECORDS}/{file.name}": checksum(file)}
    write_manifest(index, replace(manifest, files=files))
    with pytest.raises(BuildError, match="by an earlier version of this program"):
        update_index(changes(tmp_path, changed(house(), "U")), index, MODELS)
