"""Writes rows beside the answering: a queue that drops and counts what it has no room for, and a thread that writes."""

import logging
import time
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from queue import Empty, Full, Queue
from threading import Lock, Thread
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


@dataclass(frozen=True, slots=True)
class _OfCall(Generic[Row]):
    channel: str
    rows: Sequence[Row]


class QueuedWriter(Generic[Row]):
    """Keeps rows beside the answering; safe to share between threads. Nothing that it does makes an answer wait or fail."""

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
        self._seconds = seconds
        self._waiting: Queue[_OfCall[Row] | None] = Queue(waiting)
        self._lock = Lock()
        self._dropped = 0
        self._recorded = 0
        self._in_trouble = False
        self._thread = Thread(target=self._write_until_stopped, name=what, daemon=True)

    def start(self) -> None:
        """Begin to write."""
        self._thread.start()

    def stop(self) -> None:
        """Write what waits, and end; a folder that does not answer is not waited for long."""
        try:
            self._waiting.put(None, timeout=STOP_SECONDS)
        except Full:
            return
        self._thread.join(STOP_SECONDS)

    def put(self, channel: str, rows: Sequence[Row]) -> None:
        """Take rows, or drop and count them where too many wait."""
        if not rows:
            return
        try:
            self._waiting.put_nowait(_OfCall(channel, rows))
        except Full:
            self.lose(len(rows))

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
        is_open = True
        while is_open:
            gathered, is_open = self._gathered()
            for channel, rows in gathered.items():
                self._write(channel, rows)

    def _gathered(self) -> tuple[dict[str, list[Row]], bool]:
        """Return the rows of some seconds, or of fewer where they are many, and whether there may be more."""
        gathered: dict[str, list[Row]] = defaultdict(list)
        until, count = time.monotonic() + self._seconds, 0
        while count < WRITE_ROWS:
            try:
                taken = self._waiting.get(timeout=max(0.0, until - time.monotonic()))
            except Empty:
                return gathered, True
            if taken is None:
                return gathered, False
            gathered[taken.channel] += taken.rows
            count += len(taken.rows)
        return gathered, True

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
