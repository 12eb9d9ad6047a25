"""Notice the phrase before a number that points at another place than the one that has it."""

import re
from collections.abc import Iterator, Sequence

from address_match.parser.fields.position.pointer import (
    LAND,
    LONGEST_PHRASE,
    NO_POINTER,
    Pointer,
    relates,
)
from address_match.parser.labels import Label
from address_match.parser.lexicon.lexicon import Lexicon
from address_match.parser.lexicon.number_words import NUMBER_WORDS
from address_match.parser.lexicon.position_words import PREPOSITIONS, Role, position_words

_NUMBERED = frozenset({Label.SUB_BUILDING, Label.BUILDING, Label.NUMBER, Label.STREET, Label.OTHER})
_TIME = re.compile(r"[0-9]{1,2}(?:[.:][0-9]{2})?[AP]\.?M\.?")
"""No number of a house: AFTER 6PM."""
_HALVES_OF_A_DAY = frozenset({"AM", "PM"})
_MOST_NUMBERS = 4
"""Numbers of a text before which a phrase is looked for."""
_BESIDE_A_NUMBER = frozenset({("BY",), ("CLOSE", "TO"), ("CLOSE", "BY"), ("FORMERLY",)})
"""What a text begins with that points at another place than the number behind it, or at that of another day."""
_STREETS = frozenset({"ROAD", "STREET", "WAY", "LANE"})
_TREES = frozenset({"TREE", "TREES"})
"""Things that are named by their kind, whatever it is called: ACER TREE AT 12."""
_SIDES = frozenset({"REAR", "SIDE", "FRONT", "BACK"})
"""Where at a house a thing is that they stand before: REAR YARD, SIDE PASSAGE."""
_REAR = "REAR"
_FURNITURE = "STREET FURNITURE"
_BY = "BY"
_UPSTAIRS = frozenset({"ABOVE", "BELOW"})


def pointer_before_number(
    tokens: Sequence[str], labels: Sequence[Label], breaks: Sequence[bool], lexicon: Lexicon
) -> Pointer:
    """Return the phrase that stands before a number and points at another place: LAND WEST OF 12.

    A thing at a place is another place than it (HOARDING, 12 ELM ROAD), unless it has a number of its own (GARAGE 2) or
    a name (ELM GARAGE); what stands in the street is no house by its number either (LAMP POST 2). A flat above a shop is a part of the building.
    """
    for number in _numbers(tokens, labels):
        start = _start_of_phrase(tokens, number, lexicon)
        if start < number:
            position = _position_of(tokens, breaks, start, number, lexicon) or _position_by_of(
                tokens, labels, breaks, start, number, lexicon
            )
            if position:
                return Pointer(position, start, number)
    return NO_POINTER


def _numbers(tokens: Sequence[str], labels: Sequence[Label]) -> Iterator[int]:
    found = 0
    for place, (token, label) in enumerate(zip(tokens, labels, strict=True)):
        if token[0].isdigit() and label in _NUMBERED and not _is_time(tokens, place):
            yield place
            found += 1
            if found == _MOST_NUMBERS:
                return


def _is_time(tokens: Sequence[str], place: int) -> bool:
    return _TIME.fullmatch(tokens[place]) is not None or not _HALVES_OF_A_DAY.isdisjoint(
        tokens[place + 1 : place + 2]
    )


def _start_of_phrase(tokens: Sequence[str], number: int, lexicon: Lexicon) -> int:
    """Return where the words before a number begin that may point elsewhere: LOFT ABOVE 12, and LOFT ABOVE FLAT 2."""
    roles = position_words().roles
    start = number
    if start > 1 and tokens[start - 1] in lexicon.unit_kinds:
        before = tokens[start - 2]
        start -= before in PREPOSITIONS or roles.get(before) is Role.RELATION
    while start and number - start < LONGEST_PHRASE:
        word = tokens[start - 1]
        if start > 1 and (tokens[start - 2], word) in position_words().pairs:
            start -= 2
            continue
        if word not in roles and word not in NUMBER_WORDS and not _is_the_road(tokens, start - 1):
            break
        start -= 1
    return start


def _is_the_road(tokens: Sequence[str], place: int) -> bool:
    """Return whether a word is the street that lies between a place and its neighbour: ACROSS THE ROAD FROM 12."""
    return tokens[place] in _STREETS and tokens[place - 1 : place] == ["THE"] and tokens[place + 1] == "FROM"


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
        pair = words.pairs.get((tokens[place - 1], word), "") if place > start else ""
        if pair or role is Role.OBJECT or (role is Role.HELD and _is_held(tokens, start, place)):
            numbered = all(tokens[i] in NUMBER_WORDS for i in range(place + 1, number))
            if numbered and _stands_in_the_street(tokens, place, pair or words.positions[word]):
                return _FURNITURE
            if numbered and not breaks[number] and (pair or role is Role.HELD or word in lexicon.unit_kinds):
                return ""
            of_place = following == "OF" or (word in _TREES and following in PREPOSITIONS)
            if of_place or not (named and _same_run(breaks, start, place)):
                thing = thing or pair or words.positions[word]
        elif relates(role, following) and _same_run(breaks, place, number):
            position = words.positions[word]
            flat = tokens[place - 1] if place else ""
            if not (position in _UPSTAIRS and not thing and _is_part(tokens, place, flat, lexicon)):
                where = where or position
    if not (thing or where) and tokens[number - 1] == _BY and not breaks[number]:
        return "ADJACENT"
    if thing == LAND and where:
        return where if where in {"REAR", "ADJACENT", "OPPOSITE"} else thing
    return thing or where


def _position_by_of(
    tokens: Sequence[str],
    labels: Sequence[Label],
    breaks: Sequence[bool],
    start: int,
    number: int,
    lexicon: Lexicon,
) -> str:
    """Return what CLOSE TO, BY, FORMERLY or REAR says at the beginning of a text, and a thing nobody knows OF a number: FOOT OF
    12 is not 12.

    A person may well be one of a number: J ELMWOOD OF 12 ELM ROAD.
    """
    if tuple(tokens[:number]) in _BESIDE_A_NUMBER:
        return "ADJACENT"
    if tokens[:number] == [_REAR] and not breaks[number]:
        return _REAR
    thing = tokens[start - 1] if start else ""
    of_thing = start == number - 1 and tokens[start] == "OF" and thing.isalpha() and len(thing) > 1
    is_building = start > 0 and labels[start - 1] is Label.BUILDING
    return "PART" if of_thing and is_building and thing not in lexicon.unit_kinds else ""


def _stands_in_the_street(tokens: Sequence[str], place: int, position: str) -> bool:
    """Return whether a thing is of a street, so that no number behind it is a house's: LAMP POST 12; a POST BOX may be that
    of a business.
    """
    return position == _FURNITURE and tokens[place - 1 : place] != ["POST"]


def _is_held(tokens: Sequence[str], start: int, place: int) -> bool:
    before = tokens[place - 1] if place > start else ""
    roles = position_words().roles
    of_kind = before in _SIDES or roles.get(before) in {Role.KIND, Role.OBJECT, Role.HELD}
    return of_kind or tokens[place + 1] in PREPOSITIONS


def _is_part(tokens: Sequence[str], place: int, before: str, lexicon: Lexicon) -> bool:
    """Return whether a flat, by its word or with its number, stands before ABOVE or OVER."""
    designated = place > 1 and tokens[place - 2] in lexicon.unit_kinds
    return lexicon.unit_kinds.get(before) == "FLAT" or designated


def _same_run(breaks: Sequence[bool], place: int, number: int) -> bool:
    """Return whether no comma stands between two places."""
    return not any(breaks[place + 1 : number + 1])
