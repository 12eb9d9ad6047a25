"""How much holders of keys and people who signed in may ask, each for himself: so many requests a second, and so many
at the same time.
"""

import math
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from address_match.service.access.errors import KeyLimitError

BURST_SECONDS = 1.0
"""What may be asked in so long may be asked at once."""
BUSY_SECONDS = 1
"""Seconds until a client with all its requests under way may try again; when one of them ends is unknown."""


class Allowances:
    """Counts what each asker asks (by the generic cell rate algorithm), and refuses what is too much.

    Not safe to share between threads: it belongs to an event loop.
    """

    def __init__(self, *, rate: int, at_once: int, clock: Callable[[], float] = time.monotonic) -> None:
        """Allow `rate` requests a second and `at_once` at the same time to askers that have no figures of their own."""
        self._rate = rate
        self._at_once = at_once
        self._clock = clock
        self._due: dict[str, float] = {}
        """Of each asker, by his id, when all would be past that he asked, had he asked evenly."""
        self._under_way: Counter[str] = Counter()

    @contextmanager
    def take(self, asker: str, *, rate: int = 0, at_once: int = 0) -> Iterator[None]:
        """Allow one request for as long as the context lasts; raises `KeyLimitError` where that is too much.

        `rate` and `at_once` are the asker's own figures, 0 where he has none.
        """
        if self._under_way[asker] >= (most := at_once or self._at_once):
            raise KeyLimitError(f"you have {most} requests under way already", BUSY_SECONDS)
        self._pace(asker, rate or self._rate)
        self._under_way[asker] += 1
        try:
            yield
        finally:
            self._under_way[asker] -= 1

    def _pace(self, asker: str, rate: int) -> None:
        now = self._clock()
        due = max(self._due.get(asker, 0.0), now)
        early = due + 1 / rate - now - BURST_SECONDS
        if early > 1e-9:  # what is left of sums of fractions
            raise KeyLimitError(f"you may ask {rate} times a second", math.ceil(early))
        self._due[asker] = due + 1 / rate
