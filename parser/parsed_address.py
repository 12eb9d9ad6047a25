from dataclasses import dataclass
from typing import NamedTuple

from address_match.parser.parsed_fields import ParsedFields


@dataclass(frozen=True, slots=True)
class NBestPolicy:
    """Which texts are read in other ways as well, and in which."""

    below: float
    """Probability of the best parse below which there are others."""
    most: int
    """Next best labellings that are looked at; they cost as much as the best."""
    least_likely: float
    """Probability of a labelling, in that of the best, from which it is read."""


BEST_ONLY = NBestPolicy(below=0.0, most=0, least_likely=1.0)


class ParsedAddress(NamedTuple):
    """What a text says: a parse for those who do not ask which words say so."""

    words: list[str]
    """The folded words."""
    fields: ParsedFields
    probability: float
    """That of the whole labelling, as a parse has it."""
    alternatives: tuple[ParsedFields, ...] = ()
    """What else a doubted text may say, the likelier first, no two alike."""
