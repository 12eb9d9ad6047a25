"""The heartbeat of an event loop: what it writes all the while it goes round, and another process reads without asking it."""

import asyncio
import time
from contextlib import suppress
from multiprocessing.context import SpawnContext

BEAT_SECONDS = 0.5


class Heartbeat:
    """When a loop went round last, in memory that two processes share; it travels to a process as an argument of it."""

    def __init__(self, context: SpawnContext) -> None:
        """Begin with no beat."""
        self._last = context.Value("d", 0.0, lock=False)  # whole at each moment: eight bytes, aligned
        self._stopping: asyncio.Event | None = None

    async def run(self) -> None:
        """Beat until `stop` is called."""
        self._stopping = asyncio.Event()
        while not self._stopping.is_set():
            self.beat()
            with suppress(TimeoutError):
                await asyncio.wait_for(self._stopping.wait(), BEAT_SECONDS)

    def beat(self) -> None:
        """Say that the loop goes round."""
        self._last.value = time.monotonic()

    def stop(self) -> None:
        """Make `run` return."""
        if self._stopping is not None:
            self._stopping.set()

    def silence(self) -> float:
        """Return the seconds since the last beat, 0 where there was none yet: the loop has not begun."""
        last: float = self._last.value
        return time.monotonic() - last if last else 0.0
