from pathlib import Path

import pytest

from address_match.service.cli.train.trained_folder import made_beside, refuse_folder
from address_match.service.errors import UsageError


def test_a_folder_that_holds_something_else_is_refused_even_by_force(tmp_path: Path) -> None:
    (tmp_path / "holiday.jpg").touch()
    with pytest.raises(UsageError, match="holds other files than a bundle"):
        refuse_folder(tmp_path, of="a bundle", mark="manifest.json", force=True)


def test_a_folder_of_the_kind_is_refused_without_force(tmp_path: Path) -> None:
    (tmp_path / "manifest.json").touch()
    with pytest.raises(UsageError, match="give --force"):
        refuse_folder(tmp_path, of="a bundle", mark="manifest.json", force=False)


def test_a_folder_that_is_new_or_empty_or_of_the_kind_by_force_may_be_written(tmp_path: Path) -> None:
    refuse_folder(tmp_path, of="a bundle", mark="manifest.json", force=False)
    refuse_folder(tmp_path / "new", of="a bundle", mark="manifest.json", force=False)
    (tmp_path / "manifest.json").touch()
    refuse_folder(tmp_path, of="a bundle", mark="manifest.json", force=True)


def test_a_folder_changes_when_what_is_made_is_whole(tmp_path: Path) -> None:
    out = tmp_path / "out"
    out.mkdir()
    (out / "before").touch()
    with made_beside(out) as draft:
        draft.mkdir()
        (draft / "after").touch()
        assert [path.name for path in out.iterdir()] == ["before"]
    assert [path.name for path in out.iterdir()] == ["after"]
    assert [path.name for path in tmp_path.iterdir()] == ["out"]


def test_what_a_library_keeps_to_its_owner_is_for_whoever_may_read_new_files(tmp_path: Path) -> None:
    out, plain = tmp_path / "out", tmp_path / "plain"
    plain.touch()
    with made_beside(out) as draft:
        (draft / "encoder").mkdir(parents=True)
        for path in (draft / "manifest.json", draft / "encoder" / "model.safetensors"):
            path.touch(mode=0o600)
    found = [path.stat().st_mode for path in out.rglob("*") if path.is_file()]
    assert found == [plain.stat().st_mode] * 2


def test_what_breaks_off_leaves_the_folder_as_it_was(tmp_path: Path) -> None:
    out = tmp_path / "out"
    out.mkdir()
    with pytest.raises(FileNotFoundError), made_beside(out) as draft:
        (draft / "part").touch()
    assert [path.name for path in tmp_path.iterdir()] == ["out"]
