"""A draft is its owner's alone, and gone when its writer is."""

import inspect
import signal
import subprocess
import sys
from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path
from types import FrameType
from typing import Any

import pytest

from address_match import drafts
from address_match.drafts import draft_file, draft_folder, replaced, sweep

ROOT = Path(__file__).resolve().parents[2]
WRITER = """
import sys, time
from pathlib import Path
from address_match import drafts
from address_match.drafts import draft_file, draft_folder
with draft_file(Path(sys.argv[1]), suffix=".csv") as file, draft_folder(Path(sys.argv[1])) as folder:
    file.write_text("half"), (folder / "part").write_text("half")
    print("written", flush=True)
    time.sleep(60)
"""


def rights(path: Path) -> int:
    return path.stat().st_mode & 0o777


def test_a_draft_has_a_name_of_its_own_and_is_its_owners_alone(tmp_path: Path) -> None:
    with draft_file(tmp_path) as one, draft_file(tmp_path) as other, draft_folder(tmp_path) as folder:
        assert len({one, other, folder}) == 3
        assert [rights(path) for path in (one, other, folder)] == [0o600, 0o600, 0o700]
    assert list(tmp_path.iterdir()) == []


def test_what_replaces_a_file_has_the_rights_of_any_new_one(tmp_path: Path) -> None:
    (tmp_path / "plain").touch()
    with replaced(tmp_path / "out.csv.gz") as draft:
        assert draft.suffix == ".gz"
        draft.write_text("whole")
    assert rights(tmp_path / "out.csv.gz") == rights(tmp_path / "plain")


def test_what_breaks_off_leaves_what_was_there(tmp_path: Path) -> None:
    out = tmp_path / "out"
    out.write_text("old")

    def break_off() -> None:
        with replaced(out) as draft:
            draft.write_text("half")
            raise OSError("No space left on device")

    with pytest.raises(OSError, match="No space"):
        break_off()
    assert [(path.name, path.read_text()) for path in tmp_path.iterdir()] == [("out", "old")]


def test_a_draft_is_swept_when_its_writer_is_gone_and_not_before(tmp_path: Path) -> None:
    writer = subprocess.Popen(
        [sys.executable, "-c", WRITER, str(tmp_path)], cwd=ROOT, stdout=subprocess.PIPE, text=True
    )
    assert writer.stdout is not None
    assert writer.stdout.readline() == "written\n"
    sweep(tmp_path)
    assert len(list(tmp_path.iterdir())) == 2
    writer.send_signal(signal.SIGKILL)
    writer.communicate()
    assert len(list(tmp_path.iterdir())) == 2
    with draft_file(tmp_path) as draft:
        assert list(tmp_path.iterdir()) == [draft]


@pytest.mark.parametrize("made", [draft_file, draft_folder])
def test_what_ends_a_run_at_any_moment_before_a_draft_is_given_leaves_none(
    made: Callable[[Path], AbstractContextManager[Path]], tmp_path: Path
) -> None:
    """A signal's exception may come between any two lines and at the end of any call."""
    moment = 0
    while _broken_off(made, tmp_path, moment):
        assert list(tmp_path.iterdir()) == []
        moment += 1
    assert moment > 10


def _broken_off(made: Callable[[Path], AbstractContextManager[Path]], folder: Path, moment: int) -> bool:
    """Return whether a draft was ended at a moment of its making, counted from 0; False where it was given before that."""
    left = moment

    def end(frame: FrameType, event: str, _value: Any) -> Any:
        nonlocal left
        if frame.f_code.co_filename != drafts.__file__:
            return None
        if event == "return" and frame.f_code.co_flags & inspect.CO_GENERATOR:
            return end  # the draft is given: from here on, whoever drops the generator ends it
        left -= 1
        if left < 0:
            sys.settrace(None)
            raise KeyboardInterrupt
        return end

    before = sys.gettrace()
    sys.settrace(end)
    try:
        with made(folder):
            sys.settrace(before)
    except KeyboardInterrupt:
        return True
    finally:
        sys.settrace(before)
    return False
