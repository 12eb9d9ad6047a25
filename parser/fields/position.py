"""Notice the words with which a text points at another place than the one whose number it quotes."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from address_match.parser.labels import Label
from address_match.parser.lexicon.lexicon import Lexicon
from address_match.parser.lexicon.position_words import Role, position_words

_LAND = "LAND"
_PREPOSITIONS = frozenset({"OF", "TO", "ONTO", "AT", "ON", "OFF", "FROM", "I", "IR"})
_BEHIND_A_LEADING_WORD = _PREPOSITIONS | {"DOOR"}
_BEHIND_A_DIRECTION = frozenset({"OF", "SIDE", "AND"})
_PLOT = "PLOT"
_PARKS = frozenset(
    {"CARAVAN", "CARAVANS", "CARAFANAU", "CHALET", "CHALETS", "HOLIDAY", "HOMES", "LODGES", "MOBILE"}
)
"""Words of the names of parks."""
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
_PLACES = frozenset({Label.LOCALITY, Label.TOWN, Label.COUNTY, Label.POSTCODE})
_MOST_NUMBERS = 4
"""Numbers of a text before which a phrase is looked for."""
_LONGEST_PHRASE = 16
_FIRST_WORDS = 3
"""Words of a text among which one that points may have been taken for the name of a business: REAR OF THE RED LION."""
_BEHIND_ITS_STREET = frozenset({"PARKING", "GARAGE", "STORE"})
"""Things by words that need another, which may stand behind a street as they are: ELM ROAD, BIN STORE."""
_GOING_WITH = frozenset({"AND", "&", "WITH", "PLUS", "INCLUDING"})
"""Words with which a thing goes with the premises."""
_BESIDE_A_NUMBER = frozenset({("BY",), ("CLOSE", "TO"), ("CLOSE", "BY")})
"""What a text begins with that points at another place than the number behind it."""
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
    return position_words().telling() | _ALWAYS.keys() | _WITH_PREPOSITION.keys() | {"OF", "BY"}


def find_pointer(
    tokens: Sequence[str], labels: Sequence[Label], breaks: Sequence[bool], lexicon: Lexicon
) -> Pointer:
    """Return the phrase that stands before a number or behind its street and points at another place; its position is empty where there is none.

    A thing at a place is another place than it (HOARDING, 12 ELM ROAD), unless it has a number of its own (GARAGE 2) or a name
    (ELM GARAGE). A flat above a shop is a part of the building.

    >>> from address_match.parser.lexicon.lexicon import shipped_lexicon
    >>> find_pointer(["LAND", "WEST", "OF", "12"], [*[Label.OTHER] * 3, Label.NUMBER], [False] * 4, shipped_lexicon())
    Pointer(position='ADJACENT', start=0, end=3)
    """
    for number in _numbers(tokens, labels):
        start = _start_of_phrase(tokens, number)
        if start < number:
            position = _position_of(tokens, breaks, start, number, lexicon) or _position_by_of(
                tokens, labels, start, number, lexicon
            )
            if position:
                return Pointer(position, start, number)
    return _behind_the_street(tokens, labels, breaks, lexicon)


def _behind_the_street(
    tokens: Sequence[str], labels: Sequence[Label], breaks: Sequence[bool], lexicon: Lexicon
) -> Pointer:
    """Return the words that say behind a numbered street that a thing there is meant: 12 ELM ROAD (GARAGE), LAND TO REAR."""
    words = position_words()
    if Label.STREET not in labels:
        return _NO_POINTER
    start = labels.index(Label.STREET) + 1
    if not any(token[0].isdigit() for token in tokens[: start - 1]):
        return _NO_POINTER
    while start < len(tokens) and (labels[start] is Label.STREET and tokens[start] not in words.roles):
        start += 1
    end = start
    while end < len(tokens) and end - start < _LONGEST_PHRASE and tokens[end] in words.roles:
        end += 1
        if end < len(tokens) and breaks[end]:
            break
    if start == end or tokens[start] in _GOING_WITH or labels[start] is Label.OTHER:
        return _NO_POINTER
    if labels[start] is Label.STREET and tokens[start - 1] not in lexicon.street_endings | {"ST"}:
        return _NO_POINTER
    if end < len(tokens) and not breaks[end] and labels[end] not in _PLACES:
        return _NO_POINTER
    position = _position_behind(tokens[start:end])
    return Pointer(position, start, end) if position else _NO_POINTER


def _position_behind(phrase: Sequence[str]) -> str:
    """Return what a phrase behind a street says of another place; of a single direction or leading word, nothing."""
    words = position_words()
    thing = where = ""
    for place, word in enumerate(phrase):
        role = words.roles[word]
        before, following = phrase[place - 1] if place else "", "".join(phrase[place + 1 : place + 2])
        kind = words.positions[word] or words.pairs.get((before, word), "")
        if role is Role.OBJECT or (kind in _BEHIND_ITS_STREET and words.roles.get(before) is Role.KIND):
            thing = thing or kind
        elif role is Role.DIRECTION and place + 2 == len(phrase) and following == "SIDE":
            break  # SOUTH SIDE behind a street is the name of a place.
        elif _relates(role, following) or (role is Role.LEADING and before == "TO"):
            where = where or kind
    return where if thing == _LAND and where else thing or where


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
        pair = words.pairs.get((tokens[place - 1], word), "") if place > start else ""
        if pair or role is Role.OBJECT or (role is Role.HELD and _is_held(tokens, start, place)):
            numbered = all(tokens[i] in _POINTERS_OF_NUMBERS for i in range(place + 1, number))
            if numbered and not breaks[number] and (pair or role is Role.HELD or word in lexicon.unit_kinds):
                return ""
            if not (named and _same_run(breaks, start, place)):
                thing = thing or pair or words.positions[word]
        elif _relates(role, following) and _same_run(breaks, place, number):
            position = words.positions[word]
            flat = tokens[place - 1] if place else ""
            if not (position in _UPSTAIRS and not thing and _is_part(tokens, place, flat, lexicon)):
                where = where or position
    if thing == _LAND and where:
        return where if where in {"REAR", "ADJACENT", "OPPOSITE"} else thing
    return thing or where


def _position_by_of(
    tokens: Sequence[str], labels: Sequence[Label], start: int, number: int, lexicon: Lexicon
) -> str:
    """Return what CLOSE TO or BY says at the beginning of a text, and a thing nobody knows OF a number: FOOT OF 12 is not 12.

    A person may well be one of a number: J ELMWOOD OF 12 ELM ROAD.
    """
    if tuple(tokens[:number]) in _BESIDE_A_NUMBER:
        return "ADJACENT"
    thing = tokens[start - 1] if start else ""
    of_thing = start == number - 1 and tokens[start] == "OF" and thing.isalpha() and len(thing) > 1
    is_building = start > 0 and labels[start - 1] is Label.BUILDING
    return "PART" if of_thing and is_building and thing not in lexicon.unit_kinds else ""


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


def read_position(tokens: Sequence[str], labels: Sequence[Label], breaks: Sequence[bool]) -> str:
    """Return REAR, ADJACENT, OPPOSITE, PLOT or LAND when a text points at another place by its name, else nothing.

    The most telling word wins: LAND AT THE REAR OF 12 is at the rear.

    >>> read_position(["REAR", "OF", "12"], [Label.OTHER, Label.OTHER, Label.NUMBER], [False] * 3)
    'REAR'
    """
    found = ""
    if len(tokens) > 1 and tokens[0] in _BEFORE_A_NAME and labels[1] in _NAMED:
        return "ADJACENT"
    if thing := _thing_of_a_name(tokens, labels, breaks):
        return thing
    for place, token in enumerate(tokens):
        if token not in _ALWAYS and token not in _WITH_PREPOSITION:
            continue
        following = tokens[place + 1] if place + 1 < len(tokens) else ""
        before_a_name = place < _FIRST_WORDS and following in {"OF", "THE", "TO"}
        if labels[place] in _NAMES and not (before_a_name and labels[place] is Label.ORGANISATION):
            continue
        if not is_position_word(token, following) or _is_pitch(tokens, token, following):
            continue
        position = _ALWAYS.get(token) or _WITH_PREPOSITION[token]
        if not found or found == _LAND:
            found = position
    return found


def _thing_of_a_name(tokens: Sequence[str], labels: Sequence[Label], breaks: Sequence[bool]) -> str:
    """Return what a text that begins with a thing of a named building says of it: CAR PARK OF THE RED LION, BEER GARDEN, THE RED LION."""
    words = position_words()
    end = 0
    while end < len(tokens) - 1 and tokens[end] in words.roles and end < _LONGEST_PHRASE:
        end += 1
    if end < 2 or labels[end] not in _NAMED or tokens[end][0].isdigit():
        return ""
    for place in range(1, end):
        pair = words.pairs.get((tokens[place - 1], tokens[place]), "")
        kind = words.roles[tokens[place - 1]] is Role.KIND
        apart = end > place + 1 or breaks[end]
        if apart and (pair or (kind and words.roles[tokens[place]] is Role.OBJECT)):
            return pair or words.positions[tokens[place]]
    return ""


def _is_pitch(tokens: Sequence[str], token: str, following: str) -> bool:
    """Return whether a plot is one of a park, on which a home stands: PLOT 7, ELM CARAVAN PARK; elsewhere it is land."""
    return token == _PLOT and following[:1].isdigit() and not _PARKS.isdisjoint(tokens)


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
