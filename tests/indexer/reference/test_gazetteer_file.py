import shutil
from collections.abc import Sequence
from pathlib import Path

import pytest

from address_match.indexer.local.writing.build import build_index
from address_match.indexer.manifest import read_manifest
from address_match.indexer.reference.gazetteer_file import open_index_gazetteer
from address_match.indexer.reference.reference_source import open_reference
from address_match.parser.errors import GazetteerFileError
from address_match.parser.gazetteer.gazetteer import Gazetteer
from tests.indexer.models import MODELS
from tests.indexer.references import build, write_csv


def _index(tmp_path: Path) -> Path:
    rows = [(str(n), f"{n} QUORNDEL ROAD, ESKLEY, LS1 4AB") for n in range(1, 13)]
    build(tmp_path, rows)
    return tmp_path / "index"


def test_an_index_knows_the_names_of_its_reference_by_what_they_name(tmp_path: Path) -> None:
    index = _index(tmp_path)
    names = open_index_gazetteer(index, read_manifest(index))
    assert names is not None
    street, town = names.evidence("QUORNDEL"), names.evidence("ESKLEY")
    assert street is not None
    assert town is not None
    assert (street.shares, street.size) == ((3, 0, 0, 0, 0), 2)
    assert town.shares == (0, 0, 3, 0, 0)


def test_an_index_without_names_is_read_without_them(tmp_path: Path) -> None:
    index = _index(tmp_path)
    shutil.rmtree(index / "g000001" / "names")
    assert open_index_gazetteer(index, read_manifest(index)) is None


def test_damaged_names_are_an_error_that_says_what_to_do(tmp_path: Path) -> None:
    index = _index(tmp_path)
    (index / "g000001" / "names" / "sizes.npy").unlink()
    with pytest.raises(GazetteerFileError, match="Build its index anew"):
        open_index_gazetteer(index, read_manifest(index))


STREET, LOCALITY, TOWN, BUILDING, ORGANISATION = range(5)


def _names_of_columns(tmp_path: Path, header: tuple[str, ...], rows: Sequence[tuple[str, ...]]) -> Gazetteer:
    source = open_reference(write_csv(tmp_path / "reference.csv", rows, header))
    index = tmp_path / "index"
    build_index(source, index, MODELS)
    names = open_index_gazetteer(index, read_manifest(index))
    assert names is not None
    return names


def _shares(names: Gazetteer, word: str) -> tuple[int, ...]:
    found = names.evidence(word)
    assert found is not None
    return found.shares


def test_names_are_counted_from_component_columns_before_what_was_read(tmp_path: Path) -> None:
    header = ("uprn", "organisation_name", "building_number", "street_name", "locality", "town_name")
    rows = [(str(n), "Wrenhold Dairy", str(n), "Quorndel Rd", "Upper Marl", "Eskley") for n in range(1, 9)]
    names = _names_of_columns(tmp_path, header, rows)
    # The reader of these tests takes the business for a street and knows no localities.
    assert _shares(names, "WRENHOLD")[ORGANISATION] == 3
    assert _shares(names, "WRENHOLD")[STREET] == 0
    assert _shares(names, "MARL")[LOCALITY] == 3
    assert _shares(names, "QUORNDEL")[STREET] == 3


def test_a_column_of_buildings_gives_names_without_their_numbers_and_flats(tmp_path: Path) -> None:
    header = ("uprn", "building_name", "street_name", "town_name")
    rows = [("1", "12A", "Elm Road", "Eskley"), ("2", "14 Tarnhow Court", "Elm Road", "Eskley")]
    names = _names_of_columns(tmp_path, header, rows)
    assert _shares(names, "TARNHOW")[BUILDING] == 3
    assert names.evidence("12A") is None


def test_a_column_that_is_mostly_empty_does_not_hide_what_was_read(tmp_path: Path) -> None:
    rows = [(str(n), f"{n} Quorndel Road, Eskley", "") for n in range(1, 12)]
    rows.append(("12", "12 Quorndel Road", "Marlby"))
    names = _names_of_columns(tmp_path, ("uprn", "address", "town"), rows)
    assert _shares(names, "ESKLEY")[TOWN] == 3
    assert _shares(names, "MARLBY")[TOWN] == 3


def test_rows_that_are_left_out_name_nothing(tmp_path: Path) -> None:
    rows = [("1", "1", "Elm Road", "Eskley"), ("", "2", "Quorndel Road", "Eskley")]
    names = _names_of_columns(tmp_path, ("uprn", "building_number", "street_name", "town_name"), rows)
    assert names.evidence("QUORNDEL") is None
