"""Writes rows beside the answering: a queue that drops and counts what it has no room for, and a thread that writes."""

import logging
from collections import defaultdict
from collections.abc import Sequence
from threading import Event, Lock, Thread
from typing import Generic, Protocol, TypeVar

Row = TypeVar("Row")
_Row_contra = TypeVar("_Row_contra", contravariant=True)

WAITING_CALLS = 1_000
"""Calls whose rows may wait; a call is up to 200 addresses."""
WRITE_SECONDS = 10.0
"""How long rows are gathered before they are written: what a kill costs at most."""
WRITE_ROWS = 2_000
STOP_SECONDS = 5.0
"""How long the end waits for a folder that does not answer."""


class RowWriter(Protocol[_Row_contra]):
    """Writes rows for good."""

    def write(self, channel: str, rows: Sequence[_Row_contra], /) -> None:
        """Add rows of a channel; raises OSError where they are not there afterwards."""
        ...


class QueuedWriter(Generic[Row]):
    """Keeps rows beside the answering; safe to share between threads. Nothing that it does makes an answer wait or
    fail.
    """

    def __init__(
        self,
        writer: RowWriter[Row],
        *,
        what: str,
        waiting: int = WAITING_CALLS,
        seconds: float = WRITE_SECONDS,
    ) -> None:
        """`what` the rows are, for the log and the name of the thread."""
        self._writer = writer
        self._log = logging.getLogger(f"address_match.{what}")
        self._what = what
        self._most = waiting
        self._seconds = seconds
        self._lock = Lock()
        self._calls: list[tuple[str, Sequence[Row]]] = []
        self._rows = 0
        self._dropped = 0
        self._recorded = 0
        self._in_trouble = False
        self._is_stopped = False
        self._due = Event()
        self._thread = Thread(target=self._write_until_stopped, name=what, daemon=True)

    def start(self) -> None:
        """Begin to write."""
        self._thread.start()

    def stop(self, *, seconds: float = STOP_SECONDS) -> None:
        """Write what waits, and end; a folder that does not answer is waited for so many seconds."""
        self._is_stopped = True
        self._due.set()
        self._thread.join(seconds)

    def put(self, channel: str, rows: Sequence[Row]) -> None:
        """Take rows, or drop and count them where too many wait.

        The thread that writes is woken where there is much to write alone: to wake it for each call costs an answer
        more than its rows.
        """
        if not rows:
            return
        with self._lock:
            if len(self._calls) == self._most:
                self._dropped += len(rows)
                return
            self._calls.append((channel, rows))
            self._rows += len(rows)
            is_much = self._rows >= WRITE_ROWS or 2 * len(self._calls) >= self._most
        if is_much:
            self._due.set()

    def lose(self, count: int) -> None:
        """Count rows that are not kept."""
        with self._lock:
            self._dropped += count

    def recorded(self) -> int:
        """Return how many rows are in the store."""
        return self._recorded

    def dropped(self) -> int:
        """Return how many rows were not kept."""
        return self._dropped

    def _write_until_stopped(self) -> None:
        while not self._is_stopped:
            self._due.wait(self._seconds)
            self._write_what_waits()
        self._write_what_waits()

    def _write_what_waits(self) -> None:
        """Write the rows that were taken so far, those of a channel together."""
        with self._lock:
            self._due.clear()
            calls, self._calls, self._rows = self._calls, [], 0
        gathered: dict[str, list[Row]] = defaultdict(list)
        for channel, rows in calls:
            gathered[channel] += rows
        for channel, together in gathered.items():
            self._write(channel, together)

    def _write(self, channel: str, rows: Sequence[Row]) -> None:
        try:
            self._writer.write(channel, rows)
        except OSError as error:
            self.lose(len(rows))
            if not self._in_trouble:
                self._log.warning("%s cannot be written, answers go on: %s", self._what, error)
            self._in_trouble = True
        else:
            self._recorded += len(rows)
            self._in_trouble = False
