"""Adds a line to a file that several processes write to."""

import os
from pathlib import Path


def append_line(path: Path, line: bytes, *, mode: int = 0o600) -> None:
    """Add a line, with the line feed that it brings, in one write, so that those of several processes do not mix.

    A file that is made gets `mode`. Raises OSError where not the whole line was taken.
    """
    descriptor = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, mode)
    try:
        if os.write(descriptor, line) != len(line):
            raise OSError(f"{path.parent} took a part of a line only")
    finally:
        os.close(descriptor)
