"""Room for the connections of a process, and which of several processes takes the next one."""

import asyncio
import time
from multiprocessing.context import SpawnContext
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import MutableSequence

LEAVE_SECONDS = 0.02
"""How long a worker leaves a connection to one that has fewer. It waits for no more: the other may hang."""
_LOOK_SECONDS = 0.001
_TAKES_NONE = 2**31 - 1


class ConnectionCounts:
    """How many connections each worker has room taken for, in memory that they share; it travels to a process as an argument of it.

    A client that keeps a connection stays with its worker, and whoever wakes first would take all that come together.
    """

    def __init__(self, context: SpawnContext, workers: int) -> None:
        """Begin with workers that take no connections."""
        self._counts: MutableSequence[int] = context.Array("i", [_TAKES_NONE] * workers, lock=False)

    def note(self, worker: int, count: int) -> None:
        """Say how many connections a worker has."""
        self._counts[worker] = count

    def forget(self, worker: int) -> None:
        """Say that a worker takes none."""
        self._counts[worker] = _TAKES_NONE

    def fewest(self) -> int:
        """Return the fewest that a worker has."""
        return min(self._counts)


class ConnectionRoom:
    """Room for so many connections; where there are other workers, their counts say whose turn it is to accept one."""

    def __init__(
        self,
        most: int,
        counts: ConnectionCounts | None = None,
        worker: int = 0,
        leave_seconds: float = LEAVE_SECONDS,
    ) -> None:
        """Have room for `most` connections; `counts` are those of all workers, of which this is the one of a number."""
        self._free = asyncio.Semaphore(most)
        self._counts = counts
        self._worker = worker
        self._leave_seconds = leave_seconds
        self._taken = 0

    async def take(self) -> None:
        """Wait for room, and take it for a connection that comes."""
        await self._free.acquire()
        self._count(1)

    def give_back(self) -> None:
        """Give back what was taken for a connection."""
        self._count(-1)
        self._free.release()

    @property
    def is_shared(self) -> bool:
        """Whether other workers accept connections as well."""
        return self._counts is not None

    def is_full(self) -> bool:
        """Return whether a further connection would have to wait."""
        return self._free.locked()

    async def leave_to_others(self) -> None:
        """Wait while another worker has fewer connections, and for a moment at most: it accepts the one that waits meanwhile."""
        until = time.monotonic() + self._leave_seconds
        while self._has_more_than_others() and time.monotonic() < until:  # noqa: ASYNC110 - other processes set no event of ours
            await asyncio.sleep(_LOOK_SECONDS)

    def _has_more_than_others(self) -> bool:
        return self._counts is not None and self._counts.fewest() < self._taken

    def _count(self, more: int) -> None:
        self._taken += more
        if self._counts is not None:
            self._counts.note(self._worker, self._taken)
