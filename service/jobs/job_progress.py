"""How far the command of a job is, by the lines of its log."""

import re
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from address_match.service.batch.match_batches import BATCH_ROWS

_READ_BYTES = 1 << 20
_FINISHED = re.compile(rb'\{"rows":([0-9]+)\}\n$')
"""The end of the last line of a log to which nothing will be added."""
_FINISHED_BYTES = 64


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a job is."""

    rows: int
    """Rows that are answered."""
    seconds_left: float | None
    """By its speed so far; None until that is known, or where nobody knows how many rows there are."""


NOT_BEGUN = Progress(0, None)


class ProgressWatch:
    """Counts the answers that a run writes into its log: a line per batch, under a first line that says of which run it
    is.
    """

    def __init__(self, log: Path, rows: int | None, clock: Callable[[], float] = time.monotonic) -> None:
        """Watch the log of a run over so many rows, as far as that is known."""
        self._log = log
        self._total = rows
        self._clock = clock
        self._read = 0
        self._lines = 0
        self._all = 0
        """Rows by the last line of a log that is finished."""
        self._first: tuple[int, float] | None = None

    def look(self) -> Progress:
        """Return how far the run is by now; reads what the log holds beyond the last look."""
        self._count()
        rows = self._all or max(0, self._lines - 1) * BATCH_ROWS
        rows = rows if self._total is None else min(rows, self._total)
        now = self._clock()
        if self._first is None:
            self._first = (rows, now)
        return Progress(rows, self._left(rows, now))

    def _left(self, rows: int, now: float) -> float | None:
        first, began = self._first or (rows, now)
        if self._total is None or rows <= first:
            return None
        return (self._total - rows) * (now - began) / (rows - first)

    def _count(self) -> None:
        try:
            with self._log.open("rb") as stream:
                if self._log.stat().st_size < self._read:  # begun anew
                    self._read = self._lines = self._all = 0
                    self._first = None
                stream.seek(self._read)
                while read := stream.read(_READ_BYTES):
                    self._read += len(read)
                    self._lines += read.count(b"\n")
                    if found := _FINISHED.search(read[-_FINISHED_BYTES:]):
                        self._all = int(found[1])
        except FileNotFoundError:  # not begun, or all is answered
            return
