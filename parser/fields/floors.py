"""The words and codes of floors among the tokens that name a part of a building."""

import re
from collections.abc import Sequence

from address_match.parser.lexicon.lexicon import Lexicon
from address_match.parser.recognisers.mixed_number import mixed_number

FLOOR_WORDS = frozenset({"FLOOR", "FLR", "STOREY", "LEVEL", "FLRS", "FLOORS", "LLAWR", "LAWR"})
_FLOORS = frozenset({"FLOORS", "FLRS"})
JOINS = frozenset({"TO", "AND", "&"})
LOWER = frozenset({"LOWER", "LWR"})
_FLOOR_FLAT = re.compile(r"([0-9]{1,2}|P|B|G|T|LG)F([0-9]{1,2}|[LR])|([FS])F([LR])")
_FLOOR_SIDE = re.compile(r"([0-9]{1,2}|B|G|T|LG)F?/([LRFB])|([0-9]{1,2}|B|G|T|LG)F([FB])")
_LETTERED_FLOOR_SIDE = re.compile(r"(?:B|G|T|LG)F?/[LRFB]")
_NUMBER_AND_TENEMENT_FLAT = re.compile(r"([0-9]{1,4}[A-Z]?)(?:/([0-9]{1,2})[-/]|-([0-9]{1,2})/)([0-9]{1,2})")
_NUMBER_AND_FLOOR_FLAT = re.compile(rf"([0-9]{{1,5}}[A-Z]?)/({_FLOOR_FLAT.pattern})")
_FLOORS_OF_CODES = {"P": "G", "B": "B", "LG": "B", "G": "G", "T": "T", "F": "1", "S": "2"}


def is_floor_flat(token: str) -> bool:
    """Return whether a word is the code of a floor and a flat or a side of it.

    >>> is_floor_flat("2F1"), is_floor_flat("FFL"), is_floor_flat("FFF")
    (True, True, False)
    """
    return _FLOOR_FLAT.fullmatch(token) is not None


def without_floor_flat(token: str) -> tuple[str, str]:
    """Part a house number from the Scottish flat behind its slash; a flat by itself has no number.

    >>> without_floor_flat("9/2F1"), without_floor_flat("PF2"), without_floor_flat("9/2"), without_floor_flat("9-2/1")
    (('9', '2F1'), ('', 'PF2'), ('9/2', ''), ('9', '2/1'))
    """
    if joined := _NUMBER_AND_FLOOR_FLAT.fullmatch(token):
        return joined[1], joined[2]
    tenement = _NUMBER_AND_TENEMENT_FLAT.fullmatch(token)
    if tenement and mixed_number(token) is None:
        return tenement[1], f"{tenement[2] or tenement[3]}/{tenement[4]}"
    return (
        ("", token) if _FLOOR_FLAT.fullmatch(token) or _LETTERED_FLOOR_SIDE.fullmatch(token) else (token, "")
    )


def names_floor(tokens: Sequence[str], place: int, lexicon: Lexicon) -> bool:
    """Return whether a token names a floor, whatever else it may be: GROUND, 2F1, the 1 of 1 FLOOR and of LEVEL 1."""
    if _is_part_before_a_floor(tokens, place, lexicon):
        return False
    token = tokens[place]
    before = tokens[place - 1] if place else ""
    following = tokens[place + 1] if place + 1 < len(tokens) else ""
    return _is_floor(token, before, following, lexicon) or _is_number_of_a_floor(tokens, place, lexicon)


def floor_of(token: str, before: str, side: str, lexicon: Lexicon) -> tuple[str, str, list[str]]:
    """Return the floor, the side and the flat that a word for a floor names."""
    if token in lexicon.floors:
        return ("B" if before in LOWER else lexicon.floors[token]), side, []
    if flat := _FLOOR_FLAT.fullmatch(token):
        written, place = flat[1] or flat[3], flat[2] or flat[4]
        floor = _FLOORS_OF_CODES.get(written, written)
        return (floor, side, [str(int(place))]) if place.isdigit() else (floor, place, [])
    if sided := _FLOOR_SIDE.fullmatch(token):
        floor = sided[1] or sided[3]
        return _FLOORS_OF_CODES.get(floor, str(floor)), sided[2] or sided[4], []
    return str(int(token)), side, []


def names_several_floors(tokens: Sequence[str], lexicon: Lexicon) -> bool:
    """Return whether a part has several floors: FIRST AND SECOND FLOORS, GROUND FLOOR & BASEMENT."""
    if not _FLOORS.isdisjoint(tokens):
        return True
    return any(
        token in JOINS and (before in lexicon.floors or before in FLOOR_WORDS) and after in lexicon.floors
        for before, token, after in zip(tokens, tokens[1:], tokens[2:], strict=False)
    )


def ends_floor(before: str, lexicon: Lexicon) -> bool:
    """Return whether a word is the end of the name of a floor, behind which its side may stand."""
    return before in FLOOR_WORDS or before in lexicon.floors


def _is_floor(token: str, before: str, following: str, lexicon: Lexicon) -> bool:
    if token in lexicon.floors:
        return token not in lexicon.unit_kinds
    if _FLOOR_FLAT.fullmatch(token) or _FLOOR_SIDE.fullmatch(token):
        return before not in lexicon.unit_kinds or "/" not in token
    return token.isdigit() and following in FLOOR_WORDS


def _is_number_of_a_floor(tokens: Sequence[str], place: int, lexicon: Lexicon) -> bool:
    """Return whether a number stands behind the word for a floor that has no other: LEVEL 2. In FIRST FLOOR 2 it is a
    flat's.
    """
    if not tokens[place].isdigit() or not place or tokens[place - 1] not in FLOOR_WORDS:
        return False
    before = tokens[place - 2] if place > 1 else ""
    return before not in lexicon.floors and (
        not before.isdigit() or _is_part_before_a_floor(tokens, place - 2, lexicon)
    )


def _is_part_before_a_floor(tokens: Sequence[str], place: int, lexicon: Lexicon) -> bool:
    """Return whether a number is that of a part whose floor follows by its number: SUITE 4 LEVEL 3; the FLAT of FLAT 2
    FLOOR has none.
    """
    behind = tokens[place + 1 : place + 3]
    return (
        place > 0
        and tokens[place - 1] in lexicon.unit_kinds
        and len(behind) > 1
        and behind[0] in FLOOR_WORDS
        and behind[1].isdigit()
    )
