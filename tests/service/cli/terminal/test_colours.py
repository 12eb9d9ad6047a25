"""Colours stand on a terminal only, and never where NO_COLOR is set."""

import os
import pty
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[4]


def test_a_terminal_gets_a_colour_a_label() -> None:
    shown = _on_a_terminal("parse", "12 elm road")
    assert "\x1b[32mStreetName" in shown


def test_a_terminal_that_asks_for_none_gets_no_colours() -> None:
    shown = _on_a_terminal("parse", "12 elm road", NO_COLOR="1")
    assert "StreetName" in shown
    assert "\x1b[3" not in shown


def _on_a_terminal(*arguments: str, **setting: str) -> str:
    ours, theirs = pty.openpty()
    kept = {name: value for name, value in os.environ.items() if name not in {"NO_COLOR", "FORCE_COLOR"}}
    environment = {**kept, "PYTHONPATH": str(ROOT), "TERM": "xterm", "COLUMNS": "120", **setting}
    command = [sys.executable, "-m", "address_match.service.cli", *arguments]
    with subprocess.Popen(command, stdout=theirs, stderr=subprocess.DEVNULL, env=environment) as process:
        os.close(theirs)
        shown = b""
        while chunk := _read(ours):
            shown += chunk
    os.close(ours)
    assert process.returncode == 0
    return shown.decode()


def _read(descriptor: int) -> bytes:
    try:
        return os.read(descriptor, 4096)
    except OSError:  # Linux tells the end of a terminal so
        return b""
