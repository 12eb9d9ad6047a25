from pathlib import Path

import pytest
from filelock import FileLock

from address_match.indexer.errors import BuildError, IndexUnusableError
from address_match.indexer.local.writing.generations import roll_back
from address_match.indexer.manifest import read_manifest
from tests.indexer.references import ADDRESSES, build, opened, overwrite


@pytest.fixture
def index(tmp_path: Path) -> Path:
    """An index whose first generation holds nine texts, and whose second holds the first two of them."""
    build(tmp_path)
    build(tmp_path, ADDRESSES[:2])
    return tmp_path / "index"


def texts_of(index: Path) -> int:
    return sum(opened(index).lookup(uprn).num_rows for uprn in {uprn for uprn, _ in ADDRESSES})


def test_the_generation_before_comes_back_whole(index: Path) -> None:
    assert texts_of(index) == 2
    manifest = roll_back(index)
    assert (manifest.generation, manifest) == ("g000001", read_manifest(index))
    assert texts_of(index) == manifest.texts == 9


def test_the_generation_after_comes_back_by_its_name_alone(index: Path) -> None:
    roll_back(index)
    with pytest.raises(BuildError, match=r"no generation before g000001.*give --to g000002 if"):
        roll_back(index)
    roll_back(index, "g000002")
    assert texts_of(index) == 2


@pytest.mark.parametrize("name", ["g000001", "g000007", "..", "manifest"])
def test_a_generation_that_is_in_force_or_not_held_is_refused(index: Path, name: str) -> None:
    roll_back(index)
    with pytest.raises(BuildError, match=f"holds no generation {name} to go back to"):
        roll_back(index, name)
    assert read_manifest(index).generation == "g000001"


def test_a_first_generation_has_none_before(tmp_path: Path) -> None:
    build(tmp_path)
    with pytest.raises(
        BuildError, match="Restore a backup, or build it from the reference of before: address-match"
    ):
        roll_back(tmp_path / "index")


def test_no_index_is_made_by_going_back(tmp_path: Path) -> None:
    with pytest.raises(IndexUnusableError, match="No index at"):
        roll_back(tmp_path / "index")
    assert not (tmp_path / "index").exists()


def test_a_damaged_generation_does_not_come_back(index: Path) -> None:
    overwrite(index / "g000001" / "vectors.npy", b"\x00" * 64)
    with pytest.raises(IndexUnusableError):
        roll_back(index)
    assert texts_of(index) == 2


def test_a_build_and_going_back_do_not_write_to_one_place(index: Path) -> None:
    with FileLock(index / ".building"), pytest.raises(BuildError, match="Another build writes to"):
        roll_back(index)


def test_what_is_built_after_going_back_has_a_name_of_its_own_and_keeps_what_was_in_force(
    index: Path,
) -> None:
    roll_back(index)
    build(index.parent, ADDRESSES[:3])
    assert sorted(f.name for f in index.iterdir() if not f.name.startswith(".")) == [
        "g000001",
        "g000001.json",
        "g000003",
        "manifest.json",
    ]
    assert roll_back(index).texts == 9
