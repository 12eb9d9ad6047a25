from bisect import bisect_right
from collections.abc import Mapping
from itertools import accumulate
from random import Random
from typing import Generic, TypeVar

Outcome = TypeVar("Outcome")

_DECIMALS = 9
"""To which sums of shares are rounded, so that each bound is the number that one would write."""


class Shares(Generic[Outcome]):
    """Outcomes and their shares, which sum to 1; one chance in [0, 1) chooses among them, in their order.

    >>> Shares({"FLAT": 0.75, "APARTMENT": 0.25}).at(0.8)
    'APARTMENT'
    """

    __slots__ = ("_bounds", "_outcomes")

    def __init__(self, shares: Mapping[Outcome, float]) -> None:
        """Take the shares; raises `ValueError` when they do not sum to 1."""
        *bounds, whole = (round(bound, _DECIMALS) for bound in accumulate(shares.values()))
        if whole != 1:
            raise ValueError(f"the shares of {list(shares)} sum to {whole}, not to 1")
        self._bounds = tuple(bounds)
        self._outcomes = tuple(shares)

    def at(self, chance: float) -> Outcome:
        """Return the outcome on which a chance in [0, 1) falls."""
        return self._outcomes[bisect_right(self._bounds, chance)]

    def draw(self, rng: Random) -> Outcome:
        """Draw a chance and return its outcome."""
        return self.at(rng.random())
