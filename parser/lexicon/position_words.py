"""The words with which a text names a place by its neighbour, by their role in the phrase."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache

from address_match.parser.lexicon.files import rows_of

PREPOSITIONS = frozenset({"OF", "TO", "ONTO", "AT", "ON", "OFF", "FROM", "I", "IR", "O"})


class Role(StrEnum):
    """What a word does in a phrase that points at another place; the lists say which words have it."""

    RELATION = "RELATION"
    """OUTSIDE, OPPOSITE: points away from what follows."""
    LEADING = "LEADING"
    """REAR, NEXT: does so before a preposition."""
    DIRECTION = "DIRECTION"
    """NORTH: does so before OF and SIDE."""
    OBJECT = "OBJECT"
    """GARAGE, HOARDING: a thing at a place that is not the place."""
    HELD = "HELD"
    """SPACE, BARN: such a thing behind a word of its kind, or before a preposition."""
    KIND = "KIND"
    """ELECTRICITY, CAR: of what kind a thing is."""
    PAIR = "PAIR"
    """CAR+PARK: such a thing by both words together."""
    PASSED = "PASSED"
    """OF, LYING, BUILDING: says nothing by itself."""


@dataclass(frozen=True, slots=True)
class PositionWords:
    """The roles of words, and the positions that they tell."""

    roles: Mapping[str, Role]
    positions: Mapping[str, str]
    pairs: Mapping[tuple[str, str], str]
    """Things of two words, and the position that they tell."""

    def telling(self) -> frozenset[str]:
        """Return the words of which a phrase needs one."""
        words = (w for w, role in self.roles.items() if role not in {Role.KIND, Role.PASSED})
        return frozenset(words).union(first for first, _ in self.pairs)


@cache
def position_words() -> PositionWords:
    """Read the list that comes with the parser."""
    roles: dict[str, Role] = {}
    positions: dict[str, str] = {}
    pairs: dict[tuple[str, str], str] = {}
    for role, position, words in rows_of("position_words.tsv"):
        for word in words.split():
            first, _, last = word.partition("+")
            if last:
                pairs[first, last] = position
                continue
            roles.setdefault(word, Role(role))
            positions.setdefault(word, position)
    return PositionWords(roles, positions, pairs)
