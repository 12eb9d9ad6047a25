"""Notice the words with which a text points at another place than the one whose number it quotes."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from address_match.parser.labels import Label
from address_match.parser.lexicon.lexicon import Lexicon
from address_match.parser.lexicon.position_words import Role, position_words

_LAND = "LAND"
_PREPOSITIONS = frozenset({"OF", "TO", "AT", "ON", "OFF", "I", "IR"})
_BEHIND_A_LEADING_WORD = _PREPOSITIONS | {"DOOR"}
_BEHIND_A_DIRECTION = frozenset({"OF", "SIDE", "AND"})
_ALWAYS = {
    "LAND": "LAND",
    "ADJACENT": "ADJACENT",
    "ADJ": "ADJACENT",
    "ADJOINING": "ADJACENT",
    "OPPOSITE": "OPPOSITE",
    "OPP": "OPPOSITE",
    "BEHIND": "REAR",
    "R/O": "REAR",
    "BESIDE": "ADJACENT",
    "PLOT": "PLOT",
    "BETWEEN": "ADJACENT",
}
"""Words that point at another place than the building as well whose name follows."""
_WITH_PREPOSITION = {
    "REAR": "REAR",
    "SITE": "LAND",
    "FRONT": "ADJACENT",
    "NEXT": "ADJACENT",
    "SIDE": "ADJACENT",
}
_BEFORE_A_NAME = frozenset({"NEAR", "NR", "OUTSIDE", "FACING", "ALONGSIDE"})
"""Words that do so at the beginning of a text, where no name begins with them."""
_NAMES = frozenset(
    {Label.STREET, Label.LOCALITY, Label.TOWN, Label.COUNTY, Label.POSTCODE, Label.ORGANISATION}
)
_NUMBERED = frozenset({Label.SUB_BUILDING, Label.BUILDING, Label.NUMBER, Label.STREET, Label.OTHER})
_NAMED = frozenset({Label.BUILDING, Label.ORGANISATION})
_MOST_NUMBERS = 4
"""Numbers of a text before which a phrase is looked for."""
_LONGEST_PHRASE = 16
_UPSTAIRS = frozenset({"ABOVE", "BELOW"})
_POINTERS_OF_NUMBERS = frozenset({"NO", "NOS", "NUMBER", "NUMBERS", "RHIF"})


class Pointer(NamedTuple):
    """A phrase that points at another place, by the places of its words, and what it says of that place."""

    position: str
    start: int
    end: int
    """Exclusive."""


_NO_POINTER = Pointer("", 0, 0)


def position_tokens() -> frozenset[str]:
    """Return the words without one of which no text points at another place."""
    return position_words().telling() | _ALWAYS.keys() | _WITH_PREPOSITION.keys()


def find_pointer(
    tokens: Sequence[str], labels: Sequence[Label], breaks: Sequence[bool], lexicon: Lexicon
) -> Pointer:
    """Return the phrase that stands before a number and points at another place; its position is empty where there is none.

    A thing at a place is another place than it (HOARDING, 12 ELM ROAD), unless it has a number of its own (GARAGE 2) or a name
    (ELM GARAGE). A flat above a shop is a part of the building.

    >>> from address_match.parser.lexicon.lexicon import shipped_lexicon
    >>> find_pointer(["LAND", "WEST", "OF", "12"], [*[Label.OTHER] * 3, Label.NUMBER], [False] * 4, shipped_lexicon())
    Pointer(position='ADJACENT', start=0, end=3)
    """
    for number in _numbers(tokens, labels):
        start = _start_of_phrase(tokens, number)
        if start < number:
            position = _position_of(tokens, breaks, start, number, lexicon)
            if position:
                return Pointer(position, start, number)
    return _NO_POINTER


def _numbers(tokens: Sequence[str], labels: Sequence[Label]) -> Iterator[int]:
    found = 0
    for place, (token, label) in enumerate(zip(tokens, labels, strict=True)):
        if token[0].isdigit() and label in _NUMBERED:
            yield place
            found += 1
            if found == _MOST_NUMBERS:
                return


def _start_of_phrase(tokens: Sequence[str], number: int) -> int:
    roles = position_words().roles
    start = number
    while start and number - start < _LONGEST_PHRASE:
        word = tokens[start - 1]
        if word not in roles and word not in _POINTERS_OF_NUMBERS:
            break
        start -= 1
    return start


def _position_of(
    tokens: Sequence[str], breaks: Sequence[bool], start: int, number: int, lexicon: Lexicon
) -> str:
    """Return what the words from `start` to a number say of another place: of the thing there, else of where it is."""
    words = position_words()
    named = start > 0 and not breaks[start]
    thing = where = ""
    for place in range(start, number):
        word, following = tokens[place], tokens[place + 1]
        role = words.roles.get(word)
        if role is Role.OBJECT or (role is Role.HELD and _is_held(tokens, start, place)):
            numbered = all(tokens[i] in _POINTERS_OF_NUMBERS for i in range(place + 1, number))
            if numbered and not breaks[number] and (role is Role.HELD or word in lexicon.unit_kinds):
                return ""
            if not (named and _same_run(breaks, start, place)):
                thing = thing or words.positions[word]
        elif _relates(role, following) and _same_run(breaks, place, number):
            position = words.positions[word]
            flat = tokens[place - 1] if place else ""
            if not (position in _UPSTAIRS and not thing and _is_part(tokens, place, flat, lexicon)):
                where = where or position
    if thing == _LAND and where:
        return where if where in {"REAR", "ADJACENT", "OPPOSITE"} else thing
    return thing or where


def _relates(role: Role | None, following: str) -> bool:
    if role is Role.LEADING:
        return following in _BEHIND_A_LEADING_WORD
    if role is Role.DIRECTION:
        return following in _BEHIND_A_DIRECTION
    return role is Role.RELATION


def _is_held(tokens: Sequence[str], start: int, place: int) -> bool:
    before = tokens[place - 1] if place > start else ""
    roles = position_words().roles
    return tokens[place + 1] in _PREPOSITIONS or roles.get(before) in {Role.KIND, Role.OBJECT, Role.HELD}


def _is_part(tokens: Sequence[str], place: int, before: str, lexicon: Lexicon) -> bool:
    """Return whether a flat, by its word or with its number, stands before ABOVE or OVER."""
    designated = place > 1 and tokens[place - 2] in lexicon.unit_kinds
    return lexicon.unit_kinds.get(before) == "FLAT" or designated


def _same_run(breaks: Sequence[bool], place: int, number: int) -> bool:
    """Return whether no comma stands between two places."""
    return not any(breaks[place + 1 : number + 1])


def read_position(tokens: Sequence[str], labels: Sequence[Label]) -> str:
    """Return REAR, ADJACENT, OPPOSITE, PLOT or LAND when a text points at another place by its name, else nothing.

    The most telling word wins: LAND AT THE REAR OF 12 is at the rear.

    >>> read_position(["REAR", "OF", "12"], [Label.OTHER, Label.OTHER, Label.NUMBER])
    'REAR'
    """
    found = ""
    if len(tokens) > 1 and tokens[0] in _BEFORE_A_NAME and labels[1] in _NAMED:
        return "ADJACENT"
    for place, token in enumerate(tokens):
        if (token not in _ALWAYS and token not in _WITH_PREPOSITION) or labels[place] in _NAMES:
            continue
        following = tokens[place + 1] if place + 1 < len(tokens) else ""
        if not is_position_word(token, following):
            continue
        position = _ALWAYS.get(token) or _WITH_PREPOSITION[token]
        if not found or found == _LAND:
            found = position
    return found


def is_position_word(token: str, following: str) -> bool:
    """Return whether a word points at another place, given the word after it.

    >>> is_position_word("REAR", "OF"), is_position_word("REAR", "FLAT"), is_position_word("LAND", "REGISTRY")
    (True, False, False)
    """
    if token in _WITH_PREPOSITION:
        return following in _PREPOSITIONS
    if token == _LAND:
        return not following or following in position_words().roles
    return token in _ALWAYS
