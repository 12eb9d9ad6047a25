from dataclasses import dataclass
from typing import NamedTuple

from parser.reading import Reading


@dataclass(frozen=True, slots=True)
class Doubt:
    """Which texts are read in other ways as well, and in which."""

    below: float
    """Probability of the best parse below which there are others."""
    most: int
    """Next best labellings that are looked at; they cost as much as the best."""
    least_likely: float
    """Probability of a labelling, in that of the best, from which it is read."""


NO_DOUBT = Doubt(below=0.0, most=0, least_likely=1.0)


class ReadText(NamedTuple):
    """What a text says: a parse for those who do not ask which words say so."""

    words: list[str]
    """The folded words."""
    reading: Reading
    probability: float
    """That of the whole labelling, as a parse has it."""
    rivals: tuple[Reading, ...] = ()
    """What else a doubted text may say, the likelier first, no two alike."""
