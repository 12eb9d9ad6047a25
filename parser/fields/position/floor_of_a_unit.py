"""Notice a floor of a unit, with which a text begins: MEZZANINE FLOOR, UNIT 8."""

from collections.abc import Sequence

from address_match.parser.fields.floors import FLOOR_WORDS
from address_match.parser.lexicon.lexicon import Lexicon

PART = "PART"
"""The position of what is a part of the place that is named."""
_OF_SEVERAL_FLOORS = frozenset({"UNIT", "WORKSHOP"})
"""Kinds of parts that may have floors themselves; a flat is on one."""
_MOST_WORDS = 3


def is_floor_of_a_unit(tokens: Sequence[str], breaks: Sequence[bool], lexicon: Lexicon) -> bool:
    """Return whether the first words, up to a comma, say a floor and no more, and a unit by its number follows.

    Behind a unit, or without a comma, a floor says where the unit is: UNIT 8, FIRST FLOOR, ELM HOUSE.

    >>> from address_match.parser.lexicon.lexicon import shipped_lexicon
    >>> is_floor_of_a_unit(["FIRST", "FLOOR", "UNIT", "8"], [False, False, True, False], shipped_lexicon())
    True
    """
    if not tokens or (tokens[0] not in lexicon.floors and tokens[0] not in FLOOR_WORDS):
        return False
    end = next((place for place in range(1, min(len(breaks), _MOST_WORDS + 1)) if breaks[place]), 0)
    said = tokens[:end]
    return (
        0 < end < len(tokens) - 1
        and all(word in lexicon.floors or word in FLOOR_WORDS or word.isdigit() for word in said)
        and lexicon.unit_kinds.get(tokens[end]) in _OF_SEVERAL_FLOORS
        and any(c.isdigit() for c in tokens[end + 1])
    )
