"""Notice a thing of a named building, with which a text begins."""

from collections.abc import Sequence

from address_match.parser.fields.position.pointer import LONGEST_PHRASE
from address_match.parser.labels import Label
from address_match.parser.lexicon.position_words import Role, position_words

_THINGS_BESIDE_A_BUILDING = frozenset({"GARAGE", "PARKING", "STORE", "STREET FURNITURE"})
"""Positions of things that stand before a comma and their building: BIN STORE, ELM COURT."""
_AT = "AT"
NAMED = frozenset({Label.BUILDING, Label.ORGANISATION})
"""Labels of what is called by a name."""


def thing_of_named_building(tokens: Sequence[str], labels: Sequence[Label], breaks: Sequence[bool]) -> str:
    """Return what a text that begins with a thing of a named building says of it: CAR PARK OF THE RED LION, BEER
    GARDEN, THE RED LION.
    """
    words = position_words()
    if tokens[1:2] == [_AT] and words.roles.get(tokens[0]) is Role.OBJECT and not tokens[-1][0].isdigit():
        return words.positions[tokens[0]]
    end = 0
    while end < len(tokens) - 1 and tokens[end] in words.roles and end < LONGEST_PHRASE:
        end += 1
    if end < 2 or labels[end] not in NAMED or tokens[end][0].isdigit():
        return ""
    for place in range(1, end):
        pair = words.pairs.get((tokens[place - 1], tokens[place]), "")
        kind = words.roles[tokens[place - 1]] is Role.KIND
        apart = end > place + 1 or breaks[end]
        store = breaks[end] and words.positions[tokens[place]] in _THINGS_BESIDE_A_BUILDING
        if apart and (pair or (kind and (store or words.roles[tokens[place]] is Role.OBJECT))):
            return pair or words.positions[tokens[place]]
    return ""
