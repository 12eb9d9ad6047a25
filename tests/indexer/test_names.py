import shutil
from pathlib import Path

import pytest

from indexer.local.names import open_names
from indexer.manifest import read_manifest
from parser.errors import GazetteerFileError
from tests.indexer.references import build


def _index(tmp_path: Path) -> Path:
    rows = [(str(n), f"{n} QUORNDEL ROAD, ESKLEY, LS1 4AB") for n in range(1, 13)]
    build(tmp_path, rows)
    return tmp_path / "index"


def test_an_index_knows_the_names_of_its_reference_by_what_they_name(tmp_path: Path) -> None:
    index = _index(tmp_path)
    names = open_names(index, read_manifest(index))
    assert names is not None
    street, town = names.evidence("QUORNDEL"), names.evidence("ESKLEY")
    assert street is not None
    assert town is not None
    assert (street.shares, street.size) == ((3, 0, 0, 0, 0), 2)
    assert town.shares == (0, 0, 3, 0, 0)


def test_an_index_without_names_is_read_without_them(tmp_path: Path) -> None:
    index = _index(tmp_path)
    shutil.rmtree(index / "g000001" / "names")
    assert open_names(index, read_manifest(index)) is None


def test_damaged_names_are_an_error_that_says_what_to_do(tmp_path: Path) -> None:
    index = _index(tmp_path)
    (index / "g000001" / "names" / "sizes.npy").unlink()
    with pytest.raises(GazetteerFileError, match="Build its index anew"):
        open_names(index, read_manifest(index))
