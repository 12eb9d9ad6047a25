"""Notice a thing of a named building, with which a text begins."""

from collections.abc import Sequence
from itertools import pairwise

from address_match.parser.fields.position.pointer import LONGEST_PHRASE
from address_match.parser.labels import Label
from address_match.parser.lexicon.position_words import Role, position_words

_THINGS_BESIDE_A_BUILDING = frozenset({"GARAGE", "PARKING", "STORE", "STREET FURNITURE"})
"""Positions of things that stand before a comma and their building: BIN STORE, ELM COURT."""
_AT = "AT"
_ROOMS = frozenset({"ROOM", "ROOMS", "RMS", "OFFICE", "OFFICES", "PREMISES"})
"""What lies above a shop or beside it, where it is no flat."""
_THINGS = frozenset({Role.OBJECT, Role.HELD})
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
    if end < 2 or tokens[end][0].isdigit():
        return ""
    if labels[end] in NAMED | {Label.STREET} and (where := _where_it_is(tokens[:end])):
        return where
    if labels[end] not in NAMED:
        return ""
    for place in range(1, end):
        pair = words.pairs.get((tokens[place - 1], tokens[place]), "")
        kind = words.roles[tokens[place - 1]] is Role.KIND
        apart = end > place + 1 or breaks[end]
        store = breaks[end] and words.positions[tokens[place]] in _THINGS_BESIDE_A_BUILDING
        if apart and (pair or (kind and (store or words.roles[tokens[place]] is Role.OBJECT))):
            return pair or words.positions[tokens[place]]
    return ""


def _where_it_is(phrase: Sequence[str]) -> str:
    """Return where a thing or rooms lie by the phrase before a name: ROOMS ABOVE ELM STORES, CASH MACHINE OUTSIDE ELM BANK."""
    words = position_words()
    for thing, word in pairwise(phrase):
        is_thing = words.roles[thing] in _THINGS or thing in _ROOMS
        if is_thing and words.roles[word] is Role.RELATION:
            return words.positions[word]
    return ""
