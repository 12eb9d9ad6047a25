import os
import time
from pathlib import Path

import pytest

from address_match.service.lifecycle.appended_line import append_line


def test_a_line_is_added_behind_those_that_are_there(tmp_path: Path) -> None:
    path = tmp_path / "lines"
    append_line(path, b"one")
    append_line(path, b"two")
    assert path.read_bytes() == b"one\ntwo\n"
    assert path.stat().st_mode & 0o777 == 0o600


def test_a_torn_line_takes_no_later_one_with_it(tmp_path: Path) -> None:
    path = tmp_path / "lines"
    path.write_bytes(b"one\ntw")
    append_line(path, b"three")
    append_line(path, b"four")
    assert path.read_bytes() == b"one\ntw\nthree\nfour\n"


def test_a_line_that_is_being_written_is_not_taken_for_torn(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "lines"
    path.write_bytes(b"one\ntw")

    def another_ends_it(_seconds: float) -> None:
        with path.open("ab") as file:
            file.write(b"o\n")

    monkeypatch.setattr(time, "sleep", another_ends_it)
    append_line(path, b"three")
    assert path.read_bytes() == b"one\ntwo\nthree\n"


@pytest.mark.parametrize("survives", [True, False])
def test_a_line_and_the_name_of_a_new_file_are_on_the_disk_where_that_is_asked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *, survives: bool
) -> None:
    synced: list[int] = []
    monkeypatch.setattr(os, "fsync", lambda descriptor: synced.append(os.fstat(descriptor).st_ino))
    path = tmp_path / "lines"
    append_line(path, b"one", survives_power_cut=survives)
    append_line(path, b"two", survives_power_cut=survives)
    file, folder = path.stat().st_ino, tmp_path.stat().st_ino
    assert synced == ([file, folder, file] if survives else [])


def test_a_line_of_which_a_part_was_taken_is_no_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "write", lambda _descriptor, line: len(line) - 1)
    with pytest.raises(OSError, match="a part of a line only"):
        append_line(tmp_path / "lines", b"one")
