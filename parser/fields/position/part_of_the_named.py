"""Notice that a part of what a number or a unit names is meant: MEZZANINE FLOOR, UNIT 8, PART UNIT 2, 12 ELM ROAD (PART)."""

from collections.abc import Sequence

from address_match.parser.fields.floors import FLOOR_WORDS
from address_match.parser.lexicon.lexicon import Lexicon

PART = "PART"
"""The position of what is a part of the place that is named."""
_PARTS = frozenset({"PART", "PT"})
_MEZZANINE = "MEZZANINE"
_OF_SEVERAL_FLOORS = frozenset({"UNIT", "WORKSHOP"})
"""Kinds of parts that may have floors themselves; a flat is on one."""
_MOST_WORDS_OF_A_FLOOR = 3


def is_part_of_the_named(tokens: Sequence[str], breaks: Sequence[bool], lexicon: Lexicon) -> bool:
    """Return whether a text means a part of the unit or the house whose number it quotes.

    It says PART before the number or by itself, or a floor and a comma before a unit, or a mezzanine beside one.
    Behind a unit another floor says where the unit is: UNIT 8, FIRST FLOOR, ELM HOUSE.

    >>> from address_match.parser.lexicon.lexicon import shipped_lexicon
    >>> is_part_of_the_named(["FIRST", "FLOOR", "UNIT", "8"], [False, False, True, False], shipped_lexicon())
    True
    """
    if tokens[:1] and (tokens[0] in lexicon.floors or tokens[0] in FLOOR_WORDS):
        return _is_floor_before_a_unit(tokens, breaks, lexicon)
    if _MEZZANINE in tokens:
        return any(_is_unit(tokens, place, lexicon) for place in range(len(tokens)))
    return not _PARTS.isdisjoint(tokens) and _says_part(tokens, breaks, lexicon)


def _is_floor_before_a_unit(tokens: Sequence[str], breaks: Sequence[bool], lexicon: Lexicon) -> bool:
    """Return whether the first words, up to a comma, say a floor and no more, and a unit by its number follows."""
    end = next(
        (place for place in range(1, min(len(breaks), _MOST_WORDS_OF_A_FLOOR + 1)) if breaks[place]), 0
    )
    floor = all(word in lexicon.floors or word in FLOOR_WORDS or word.isdigit() for word in tokens[:end])
    return end > 0 and floor and _is_unit(tokens, end, lexicon)


def _says_part(tokens: Sequence[str], breaks: Sequence[bool], lexicon: Lexicon) -> bool:
    """Return whether PART stands first before a number or a unit, or ends a run behind a number or its street."""
    place = next(i for i, word in enumerate(tokens) if word in _PARTS)
    following, ends = place + 1, place + 1 == len(tokens) or breaks[place + 1]
    if not place:
        numbered = not ends and tokens[following][0].isdigit() and tokens[following] not in lexicon.floors
        return numbered or _is_unit(tokens, following, lexicon)
    before = tokens[place - 1]
    by_itself = breaks[place] or before[0].isdigit() or before in lexicon.street_endings
    return ends and by_itself and any(word[0].isdigit() for word in tokens[:place])


def _is_unit(tokens: Sequence[str], place: int, lexicon: Lexicon) -> bool:
    """Return whether a word for a part that may have floors stands at a place, and its number behind it."""
    return (
        place + 1 < len(tokens)
        and lexicon.unit_kinds.get(tokens[place]) in _OF_SEVERAL_FLOORS
        and any(c.isdigit() for c in tokens[place + 1])
    )
