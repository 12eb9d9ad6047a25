"""Adds a line to a file that several processes write to."""

import os
import time
from pathlib import Path

from address_match.drafts import sync_folder

_LINE_FEED = b"\n"
_LOOKS, _SECONDS_BETWEEN = 20, 0.001
"""At a line without its end, before it is taken for torn: another process may be about to write the rest."""


def append_line(path: Path, line: bytes, *, mode: int = 0o600, survives_power_cut: bool = False) -> None:
    """Add a line and a line feed to the end, in one write, so that those of several processes do not mix.

    One that `survives_power_cut` is on the disk afterwards, which takes some milliseconds.

    What stands there without a line feed, since a kill or a loss of power tore it, is ended first: it is lost, and takes
    no later line with it. A file that is made gets `mode`. Raises OSError where not the whole line was taken.
    """
    descriptor = os.open(path, os.O_RDWR | os.O_APPEND | os.O_CREAT, mode)
    try:
        is_new = os.fstat(descriptor).st_size == 0
        before = b"" if _is_ended(descriptor) else _LINE_FEED
        written = before + line + _LINE_FEED
        if os.write(descriptor, written) != len(written):
            raise OSError(f"{path.parent} took a part of a line only")
        if survives_power_cut:
            os.fsync(descriptor)
            if is_new:
                sync_folder(path.parent)
    finally:
        os.close(descriptor)


def _is_ended(descriptor: int) -> bool:
    """Return whether a file is empty or ends with a line feed, or soon does."""
    for look in range(_LOOKS):
        if look:
            time.sleep(_SECONDS_BETWEEN)
        size = os.fstat(descriptor).st_size
        if size == 0 or os.pread(descriptor, 1, size - 1) == _LINE_FEED:
            return True
    return False
