"""Unit postcodes of a district, handed out street by street."""

from dataclasses import dataclass, field
from random import Random

PREMISES_A_POSTCODE = 20
"""House numbers of one side of a street; with the short streets and the gaps, about 15 premises come of them."""
INWARD_LETTERS = "ABDEFGHJLNPQRSTUWXYZ"
"""The letters of an inward code."""
_UNITS = len(INWARD_LETTERS) ** 2
_SECTORS = 10
_STRIDE = 3
"""Prime to the number of units, so that all are used; neighbours lie a few letters apart."""


@dataclass(slots=True)
class PostcodeRound:
    """Hands out the unit postcodes of one outcode, neighbours one after the other, each once until all are used."""

    outcode: str
    rng: Random
    sector: int = 1
    used: list[int] = field(default_factory=lambda: [0] * _SECTORS)
    """Units of each sector that are handed out."""
    offsets: list[int] = field(init=False)
    """Where in the alphabet each sector begins."""

    def __post_init__(self) -> None:
        """Begin each sector somewhere in the alphabet."""
        self.offsets = [int(self.rng.random() * _UNITS) for _ in range(_SECTORS)]

    def move(self) -> None:
        """Go to another sector, as the next street may."""
        self.sector = int(self.rng.random() * _SECTORS)

    def next(self) -> str:
        """Return the next postcode of the sector, or of another one where it is full."""
        for _ in range(_SECTORS):
            if self.used[self.sector] < _UNITS:
                break
            self.sector = (self.sector + 1) % _SECTORS
        unit = (self.used[self.sector] * _STRIDE + self.offsets[self.sector]) % _UNITS
        first, second = divmod(unit, len(INWARD_LETTERS))
        self.used[self.sector] += 1
        return f"{self.outcode} {self.sector}{INWARD_LETTERS[first]}{INWARD_LETTERS[second]}"
