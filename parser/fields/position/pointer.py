"""A phrase that points at another place, and which words in it say where that is."""

from typing import NamedTuple

from address_match.parser.lexicon.position_words import PREPOSITIONS, Role

LAND = "LAND"
"""The position that says least: where a phrase says more, that counts."""
_BEHIND_A_LEADING_WORD = PREPOSITIONS | {"DOOR"}
_BEHIND_A_DIRECTION = frozenset({"OF", "SIDE", "AND"})
LONGEST_PHRASE = 16
"""Words of a phrase at most."""


class Pointer(NamedTuple):
    """A phrase that points at another place, by the places of its words, and what it says of that place."""

    position: str
    start: int
    end: int
    """Exclusive."""


NO_POINTER = Pointer("", 0, 0)
"""Where nothing points at another place."""


def relates(role: Role | None, following: str) -> bool:
    """Return whether a word of a role says, before the word that follows, where the other place is."""
    if role is Role.LEADING:
        return following in _BEHIND_A_LEADING_WORD
    if role is Role.DIRECTION:
        return following in _BEHIND_A_DIRECTION
    return role is Role.RELATION
