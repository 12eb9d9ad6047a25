"""When a request that is not let in is refused, and how many have come that no queue counts yet."""

import asyncio
from math import ceil

SECONDS_BETWEEN_REFUSALS = 0.05
"""Those that wait are written together so often: each by itself would take the interpreter from the matching."""


class Turns:
    """Gives out so many moments a second. What comes together may take those of `SECONDS_BETWEEN_REFUSALS` at once; what is beyond
    them waits, and shares such moments as well.
    """

    def __init__(self, per_second: float) -> None:
        self._apart = 1 / per_second
        self._next = 0.0

    def take(self, now: float) -> float:
        """Return the next moment, `now` or later."""
        turn = max(now, self._next)
        self._next = turn + self._apart
        if turn <= now + SECONDS_BETWEEN_REFUSALS:
            return now
        return ceil(turn / SECONDS_BETWEEN_REFUSALS) * SECONDS_BETWEEN_REFUSALS


class Coming:
    """Counts the requests that were let in since the event loop went round last. They are in no queue yet, so that a queue with one place would
    seem to have room for all that come together; to refuse one there costs many times what it costs here.
    """

    def __init__(self) -> None:
        self.requests = 0

    def add(self, loop: asyncio.AbstractEventLoop) -> None:
        """Count a request until the loop has gone round."""
        if not self.requests:
            loop.call_soon(self._begin_anew)
        self.requests += 1

    def _begin_anew(self) -> None:
        self.requests = 0
