"""UPRNs: unique over the country, in the series of an authority, not simply counted along a street."""

from dataclasses import dataclass
from random import Random

_AUTHORITY, _CENTRAL, _LATER = 1_000_000_000, 100_000_000_000, 10_000_000_000
"""Where the three series begin: an authority's own, the first national one, and the one of later buildings."""
_DISTRICT = 1_000_000
"""Room of one district in each series."""
_OF_AUTHORITY, _OF_CENTRAL = 0.3, 0.75
"""Chances below which a UPRN is of the authority's series, and of the national one; else it is of a later building."""
_MIX = 314_159
"""Prime to `_DISTRICT`, so that a later building's number looks drawn."""


@dataclass(slots=True)
class UprnSeries:
    """Numbers the premises of one district; no other district gives out the same numbers."""

    district: int
    rng: Random
    authority: int = 0
    central: int = 0
    later: int = 0

    def next(self) -> str:
        """Return a UPRN of 10 to 12 digits, with no zero at its head."""
        chance = self.rng.random()
        room = self.district * _DISTRICT
        if chance < _OF_AUTHORITY:
            self.authority += 1 + int(chance * 9)
            return str(_AUTHORITY + room + self.authority)
        if chance < _OF_CENTRAL:
            self.central += 1 + int(chance * 8)
            return str(_CENTRAL + room + self.central)
        self.later += 1
        return str(_LATER + room + self.later * _MIX % _DISTRICT)
