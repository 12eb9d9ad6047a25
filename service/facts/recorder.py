"""Records the facts of a service: a queue that drops and counts what it has no room for, and a thread that writes."""

import logging
import time
from collections import defaultdict
from collections.abc import Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from queue import Empty, Full, Queue
from threading import Lock, Thread

from address_match.service.facts.fact import Fact
from address_match.service.facts.sink import gathering
from address_match.service.facts.writer import FactWriter

WAITING_CALLS = 1_000
"""Calls whose facts may wait; a call is up to 200 addresses."""
WRITE_SECONDS = 10.0
"""How long facts are gathered before they are written: what a kill costs at most."""
WRITE_ROWS = 2_000
STOP_SECONDS = 5.0
"""How long the end waits for a folder that does not answer."""

_log = logging.getLogger("address_match.facts")


@dataclass(frozen=True, slots=True)
class _OfCall:
    channel: str
    facts: Sequence[Fact]


class FactRecorder:
    """Keeps facts beside the answering; safe to share between threads. Nothing that it does makes an answer wait or fail."""

    def __init__(
        self, writer: FactWriter, *, waiting: int = WAITING_CALLS, seconds: float = WRITE_SECONDS
    ) -> None:
        self._writer = writer
        self._seconds = seconds
        self._waiting: Queue[_OfCall | None] = Queue(waiting)
        self._lock = Lock()
        self._dropped = 0
        self._recorded = 0
        self._in_trouble = False
        self._thread = Thread(target=self._write_until_stopped, name="facts", daemon=True)

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

    def recording(self, channel: str, asked: int) -> AbstractContextManager[None]:
        """Keep the facts of what the running thread answers within the context."""
        return gathering(self, channel, asked)

    def put(self, channel: str, facts: Sequence[Fact]) -> None:
        """Take facts, or drop and count them where too many wait."""
        if not facts:
            return
        try:
            self._waiting.put_nowait(_OfCall(channel, facts))
        except Full:
            self.lose(len(facts))

    def lose(self, count: int) -> None:
        """Count facts that are not kept."""
        with self._lock:
            self._dropped += count

    def recorded(self) -> int:
        """Return how many facts are in the store."""
        return self._recorded

    def dropped(self) -> int:
        """Return how many facts were not kept."""
        return self._dropped

    def _write_until_stopped(self) -> None:
        is_open = True
        while is_open:
            gathered, is_open = self._gathered()
            for channel, facts in gathered.items():
                self._write(channel, facts)

    def _gathered(self) -> tuple[dict[str, list[Fact]], bool]:
        """Return the facts of some seconds, or of fewer where they are many, and whether there may be more."""
        gathered: dict[str, list[Fact]] = defaultdict(list)
        until, rows = time.monotonic() + self._seconds, 0
        while rows < WRITE_ROWS:
            try:
                taken = self._waiting.get(timeout=max(0.0, until - time.monotonic()))
            except Empty:
                return gathered, True
            if taken is None:
                return gathered, False
            gathered[taken.channel] += taken.facts
            rows += len(taken.facts)
        return gathered, True

    def _write(self, channel: str, facts: Sequence[Fact]) -> None:
        try:
            self._writer.write(channel, facts)
        except OSError as error:
            self.lose(len(facts))
            if not self._in_trouble:
                _log.warning("facts cannot be written, answers go on: %s", error)
            self._in_trouble = True
        else:
            self._recorded += len(facts)
            self._in_trouble = False
