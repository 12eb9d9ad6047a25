"""Read the tokens that name a part of a building: its word, its designator, its floor and its side."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from address_match.parser.lexicon.lexicon import Lexicon
from address_match.parser.lexicon.numerals import NUMERALS

_SIDES = {
    "LEFT": "L",
    "LHS": "L",
    "LH": "L",
    "RIGHT": "R",
    "RHS": "R",
    "RH": "R",
    "FRONT": "F",
    "FRNT": "F",
    "FNT": "F",
    "BACK": "B",
    "REAR": "B",
    "MIDDLE": "M",
    "CENTRE": "M",
    "MID": "M",
}
FLOOR_WORDS = frozenset({"FLOOR", "FLR", "STOREY", "LEVEL", "FLRS", "FLOORS"})
_SKIPPED = frozenset({"NO", "NUMBER", "NUM", "THE", "OF", "AT", "NOS", "RHIF", "-"})
_LOWER = frozenset({"LOWER", "LWR"})
_UPPER = frozenset({"UPPER", "UPR"})
_BEFORE_A_FLOOR = _LOWER | _UPPER | {"PART", "PT"}
"""Words that leave a floor the floor that it is, but for the lower ground floor."""
_DESIGNATING = {
    "GARDEN": "GARDEN",
    "GDN": "GARDEN",
    "UPPER": "UPPER",
    "UPR": "UPPER",
    "LOWER": "LOWER",
    "LWR": "LOWER",
}
"""Words that tell a flat from the others of its house where they stand before its word: UPPER FLAT."""
_HAND = "HAND"
_BETWEEN = frozenset({"TO", "AND", "&"})
FIGURES: dict[str, str] = {numeral.word: numeral.figures for numeral in NUMERALS}
"""Numbers in words, which designate a unit behind its word: FLAT TWO."""
_LONGEST_LETTERS = 2
"""Letters that may designate a unit without a word for it; more are a name."""
_FLOOR_FLAT = re.compile(r"([0-9]{1,2}|P|B|G|T|LG)F([0-9]{1,2}|[LR])")
_NUMBER_AND_FLOOR_FLAT = re.compile(rf"([0-9]{{1,5}}[A-Z]?)/({_FLOOR_FLAT.pattern})")
_FLOORS_OF_CODES = {"P": "G", "B": "B", "LG": "B", "G": "G", "T": "T"}
_DESIGNATOR = re.compile(r"0*([0-9]+)([A-Z]?)")
_SLASHED_LETTER = re.compile(r"0*([0-9]+)/([A-Z])|([A-Z])/0*([0-9]+)")
_LETTER_NUMBER = re.compile(r"([A-Z])-?0*([0-9]+)")
_GLUED = re.compile(r"([A-Z]{2,})([0-9]{1,4}[A-Z]?)")


@dataclass(frozen=True, slots=True)
class Unit:
    """A part of a building as a text names it."""

    unit: str = ""
    kind: str = ""
    floor: str = ""
    side: str = ""
    name: str = ""
    """Words that designate nothing: a building's or a business's name that stands among them."""


def without_floor_flat(token: str) -> tuple[str, str]:
    """Part a house number from the Scottish flat behind its slash; a flat by itself has no number.

    >>> without_floor_flat("9/2F1"), without_floor_flat("PF2"), without_floor_flat("9/2")
    (('9', '2F1'), ('', 'PF2'), ('9/2', ''))
    """
    joined = _NUMBER_AND_FLOOR_FLAT.fullmatch(token)
    if joined:
        return joined[1], joined[2]
    return ("", token) if _FLOOR_FLAT.fullmatch(token) else (token, "")


def read_unit(tokens: Sequence[str], lexicon: Lexicon) -> Unit:
    """Read the tokens of a sub-building.

    >>> from address_match.parser.lexicon.lexicon import shipped_lexicon
    >>> read_unit(["GROUND", "FLOOR", "FLAT"], shipped_lexicon())
    Unit(unit='', kind='FLAT', floor='G', side='', name='')
    >>> read_unit(["2F1"], shipped_lexicon())
    Unit(unit='1', kind='', floor='2', side='', name='')
    """
    unit: list[str] = []
    name: list[str] = []
    kind = floor = side = ""
    tokens = _parted(tokens, lexicon)
    for place, token in enumerate(tokens):
        before = tokens[place - 1] if place else ""
        following = tokens[place + 1] if place + 1 < len(tokens) else ""
        if _says_nothing(token, before, following, lexicon) or (token in _BETWEEN and not unit):
            continue
        scottish = _FLOOR_FLAT.fullmatch(token)
        if token in lexicon.floors and (token not in lexicon.unit_kinds):
            floor = "B" if before in _LOWER else lexicon.floors[token]
            kind = lexicon.floor_kinds.get(token) or kind
        elif scottish:
            floor = _FLOORS_OF_CODES.get(scottish[1], scottish[1])
            if scottish[2].isdigit():
                unit.append(str(int(scottish[2])))
            else:
                side = scottish[2]
        elif token.isdigit() and following in FLOOR_WORDS:
            floor = str(int(token))
        elif token in lexicon.unit_kinds:
            kind = lexicon.unit_kinds[token]
        elif token in _SIDES:
            side = _SIDES[token]
        elif token in _DESIGNATING and (following in lexicon.unit_kinds or following in FLOOR_WORDS):
            unit.append(_DESIGNATING[token])
        elif kind and token in FIGURES:
            unit.append(FIGURES[token])
        elif not kind and token.isalpha() and len(token) > _LONGEST_LETTERS:
            name.append(token)
        else:
            unit.append(token)
    if kind == "PENTHOUSE":
        floor = floor or "T"
    return Unit(designator(unit), kind, floor, side, " ".join(name))


def _parted(tokens: Sequence[str], lexicon: Lexicon) -> list[str]:
    """Part the word of a unit from the number that is written to it: FLAT3."""
    parted: list[str] = []
    for token in tokens:
        glued = _GLUED.fullmatch(token)
        if glued and glued[1] in lexicon.unit_kinds:
            parted += [glued[1], glued[2]]
        else:
            parted.append(token)
    return parted


def _says_nothing(token: str, before: str, following: str, lexicon: Lexicon) -> bool:
    """Return whether a word is needed only to speak: the FLOOR of FIRST FLOOR, the HAND of LEFT HAND."""
    if token in _SKIPPED or token in FLOOR_WORDS:
        return True
    return (token in _BEFORE_A_FLOOR and following in lexicon.floors) or (token == _HAND and before in _SIDES)


def designator(tokens: Sequence[str]) -> str:
    """Write a designator without leading zeros, slashed letters joined, and a range with a hyphen.

    >>> designator(["03"]), designator(["6/A"]), designator(["9", "TO", "10"]), designator(["79", "A"])
    ('3', '6A', '9-10', '79 A')
    """
    written: list[str] = []
    joining = False
    for token in tokens:
        if token in _BETWEEN:
            joining = bool(written)
            continue
        piece = _piece(token)
        if joining and written:
            written[-1] = f"{written[-1]}-{piece}"
            joining = False
        else:
            written.append(piece)
    return " ".join(written)


def _piece(token: str) -> str:
    plain = _DESIGNATOR.fullmatch(token)
    if plain:
        return plain[1] + plain[2]
    slashed = _SLASHED_LETTER.fullmatch(token)
    if slashed:
        return f"{slashed[1] or slashed[4]}{slashed[2] or slashed[3]}"
    lettered = _LETTER_NUMBER.fullmatch(token)
    if lettered:
        return lettered[1] + lettered[2]
    return token
