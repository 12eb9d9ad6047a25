"""Read the tokens that name a part of a building: the links of its chain, its floor and its side."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from address_match.parser.fields.designator import designator
from address_match.parser.lexicon.lexicon import Lexicon
from address_match.parser.lexicon.numerals import FIGURES
from address_match.parser.lexicon.position_words import position_words

_SIDES = {
    "LEFT": "L",
    "LHS": "L",
    "LH": "L",
    "LT": "L",
    "LFT": "L",
    "CHWITH": "L",
    "RIGHT": "R",
    "RHS": "R",
    "RH": "R",
    "RT": "R",
    "RGT": "R",
    "DDE": "R",
    "FRONT": "F",
    "FRNT": "F",
    "FNT": "F",
    "FRT": "F",
    "FT": "F",
    "FR": "F",
    "BLAEN": "F",
    "BACK": "B",
    "BK": "B",
    "REAR": "B",
    "RR": "B",
    "CEFN": "B",
    "MIDDLE": "M",
    "CENTRE": "M",
    "MID": "M",
    "CANOL": "M",
}
_SIDE_LETTERS = frozenset({"L", "R"})
"""Sides in one letter, which is the letter of a flat where no floor stands before it."""
FLOOR_WORDS = frozenset({"FLOOR", "FLR", "STOREY", "LEVEL", "FLRS", "FLOORS", "LLAWR", "LAWR"})
_FLOOR = "FLOOR"
_FLOOR_IN_SHORT = "FL"
"""A floor behind a word for one, else a flat: 1ST FL, FL 2."""
_FLOORS = frozenset({"FLOORS", "FLRS"})
_SKIPPED = frozenset({"NO", "NUMBER", "NUM", "THE", "OF", "AT", "IN", "NOS", "RHIF", "-", "Y", "YR"})
ABOVE = frozenset({"ABOVE", "ABV", "OVER", "UWCHBEN"})
"""Words that say of a flat which floors it has, and of which shop, when they stand behind its word: FLAT OVER."""
_ABOVE = "ABOVE"
"""Designates the flat above a shop that has a number itself."""
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
_FLAT_LETTER = "F"
JOINS = frozenset({"TO", "AND", "&"})
_LONGEST_LETTERS = 2
"""Letters that may designate a unit without a word for it; more are a name."""
_FLOOR_FLAT = re.compile(r"([0-9]{1,2}|P|B|G|T|LG)F([0-9]{1,2}|[LR])|([FS])F([LR])")
_FLOOR_SIDE = re.compile(r"([0-9]{1,2}|B|G|T|LG)F?/([LRFB])|([0-9]{1,2}|B|G|T|LG)F([FB])")
_LETTERED_FLOOR_SIDE = re.compile(r"(?:B|G|T|LG)F?/[LRFB]")
_NUMBER_AND_TENEMENT_FLAT = re.compile(r"([0-9]{1,4}[A-Z]?)/([0-9]{1,2})[-/]([0-9]{1,2})")
_NUMBER_AND_FLOOR_FLAT = re.compile(rf"([0-9]{{1,5}}[A-Z]?)/({_FLOOR_FLAT.pattern})")
_FLOORS_OF_CODES = {"P": "G", "B": "B", "LG": "B", "G": "G", "T": "T", "F": "1", "S": "2"}
_GLUED = re.compile(r"([A-Z]{2,})([0-9]{1,4}[A-Z]?)")
_DWELLINGS = frozenset({"FLAT", "UNIT"})
"""Kinds that add nothing to one that was named before: STORAGE UNIT, SHOP FLAT."""
_BY_WORD = frozenset({"STUDIO", "PENTHOUSE", "MAISONETTE"})
"""Kinds of flats, which the word FLAT makes flats: STUDIO FLAT."""
_NAMED_KINDS = frozenset({"WARD"})
"""Kinds of parts that have names where others have numbers: MAPLE WARD."""
OUTER = "BLOCK"
"""The kind of what flats stand in: a number behind its letter is a flat's."""
UNNAMED_KIND = "PART"
"""The kind of a link without a word, among others that have one."""


@dataclass(frozen=True, slots=True)
class Unit:
    """A part of a building as a text names it."""

    unit: str = ""
    """Its designator; of a chain (ROOM 3, FLAT 21) one a link, in the order of the text, separated by spaces."""
    kind: str = ""
    """The word for it, one a link of a chain."""
    floor: str = ""
    side: str = ""
    name: str = ""
    """Words that designate nothing: a building's or a business's name that stands among them."""


@dataclass(slots=True)
class _Link:
    """A part that is being read."""

    kind: str = ""
    pieces: list[str] = field(default_factory=list)


def is_word_of_a_side(token: str) -> bool:
    """Return whether a word says on which side of a floor a part is, or tells it by its place: LEFT, UPPER."""
    return token in _SIDES or token in _BEFORE_A_FLOOR or token in _DESIGNATING or token == _HAND


def is_floor_flat(token: str) -> bool:
    """Return whether a word is the code of a floor and a flat or a side of it.

    >>> is_floor_flat("2F1"), is_floor_flat("FFL"), is_floor_flat("FFF")
    (True, True, False)
    """
    return _FLOOR_FLAT.fullmatch(token) is not None


def without_floor_flat(token: str) -> tuple[str, str]:
    """Part a house number from the Scottish flat behind its slash; a flat by itself has no number.

    >>> without_floor_flat("9/2F1"), without_floor_flat("PF2"), without_floor_flat("9/2"), without_floor_flat("9/2-1")
    (('9', '2F1'), ('', 'PF2'), ('9/2', ''), ('9', '2/1'))
    """
    if joined := _NUMBER_AND_FLOOR_FLAT.fullmatch(token):
        return joined[1], joined[2]
    if tenement := _NUMBER_AND_TENEMENT_FLAT.fullmatch(token):
        return tenement[1], f"{tenement[2]}/{tenement[3]}"
    return (
        ("", token) if _FLOOR_FLAT.fullmatch(token) or _LETTERED_FLOOR_SIDE.fullmatch(token) else (token, "")
    )


def read_unit(tokens: Sequence[str], lexicon: Lexicon) -> Unit:
    """Read the tokens of a sub-building. A word that nobody knows, before a number, is the kind of its part.

    >>> from address_match.parser.lexicon.lexicon import shipped_lexicon
    >>> read_unit(["GROUND", "FLOOR", "FLAT"], shipped_lexicon())
    Unit(unit='', kind='FLAT', floor='G', side='', name='')
    >>> read_unit(["2F1"], shipped_lexicon())
    Unit(unit='1', kind='', floor='2', side='', name='')
    >>> read_unit(["ROOM", "3", "FLAT", "21"], shipped_lexicon())
    Unit(unit='3 21', kind='ROOM FLAT', floor='', side='', name='')
    >>> read_unit(["CRYPT", "4"], shipped_lexicon())
    Unit(unit='4', kind='CRYPT', floor='', side='', name='')
    """
    links = [_Link()]
    name: list[str] = []
    latest: list[str] = []  # words of a name behind the last word for a part
    floor = side = ""
    upstairs = False
    tokens = _parted(tokens, lexicon)
    several_floors = _names_several_floors(tokens, lexicon)
    for place, token in enumerate(tokens):
        before = tokens[place - 1] if place else ""
        following = tokens[place + 1] if place + 1 < len(tokens) else ""
        if _says_nothing(token, before, following, lexicon) or (token in JOINS and not links[-1].pieces):
            continue
        if not _is_part_before_a_floor(tokens, place, lexicon) and (
            _is_floor(token, before, following, lexicon) or _is_number_of_a_floor(tokens, place, lexicon)
        ):
            below = floor if several_floors else ""
            floor, side, flat = _floor_of(token, before, side, lexicon)
            floor = "-".join(sorted({*below.split("-"), floor} - {""}))
            links[-1].kind = lexicon.floor_kinds.get(token) or links[-1].kind
            links[-1].pieces += flat
        elif token in lexicon.unit_kinds and not (upstairs and not _designates(following)):
            if upstairs and not links[-1].pieces:
                links[-1].pieces.append(_ABOVE)
            _begin_link(links, lexicon.unit_kinds[token], designated=_designates(following))
            name += [word for word in latest if word not in position_words().roles]
            latest = []
        elif token in _SIDES or (token in _SIDE_LETTERS and _ends_floor(before, lexicon)):
            side = _SIDES.get(token, token)
        elif token in _DESIGNATING and (following in lexicon.unit_kinds or following in FLOOR_WORDS):
            links[-1].pieces.append(_DESIGNATING[token])
        elif links[-1].kind and token in FIGURES:
            links[-1].pieces.append(FIGURES[token])
        elif token in ABOVE and (links[-1].kind or floor):
            upstairs = True
        elif upstairs and token in lexicon.unit_kinds:
            continue
        elif _is_word(token) and not (links[-1].kind and not links[-1].pieces and not _designates(following)):
            latest.append(token)
            if _designates(following):
                _begin_link(links, "".join(name + latest), designated=True)
                name, latest = [], []
        elif links[-1].kind == OUTER and links[-1].pieces and token[0].isdigit():
            links.append(_Link(pieces=[token]))
        else:
            links[-1].pieces.append(token)
    unit, kind = _chain(links)
    if kind == "PENTHOUSE":
        floor = floor or "T"
    if kind in _NAMED_KINDS and not unit:
        return Unit("".join(name + latest), kind, floor, side)
    return Unit(unit, kind, floor, side, " ".join(name + latest))


def _begin_link(links: list[_Link], kind: str, *, designated: bool) -> None:
    """Let a word for a part begin a new one, or name the one that is being read: A FLAT, STORAGE UNIT."""
    last = links[-1]
    if last.pieces and (last.kind or designated):
        links.append(_Link(kind))
    elif not last.kind or kind not in _DWELLINGS or last.kind in _BY_WORD:
        last.kind = kind


def _chain(links: Sequence[_Link]) -> tuple[str, str]:
    """Return the designators and the kinds of links; one that only its word names stands for itself in a chain."""
    links = [link for link in links if link.pieces or link.kind]
    if not links:
        return "", ""
    designated = [link for link in links if link.pieces]
    if len(links) == 1 or (len(designated) == 1 and all(link.kind in _DWELLINGS for link in links)):
        kind = next((link.kind for link in designated), links[-1].kind)
        return designator(designated[0].pieces) if designated else "", kind
    units = (designator(link.pieces).replace(" ", "") or link.kind for link in links)
    kinds = (link.kind or UNNAMED_KIND for link in links)
    return " ".join(units), " ".join(kind.replace(" ", "") for kind in kinds)


def _is_floor(token: str, before: str, following: str, lexicon: Lexicon) -> bool:
    if token in lexicon.floors:
        return token not in lexicon.unit_kinds
    if _FLOOR_FLAT.fullmatch(token) or _FLOOR_SIDE.fullmatch(token):
        return before not in lexicon.unit_kinds or "/" not in token
    return token.isdigit() and following in FLOOR_WORDS


def _is_number_of_a_floor(tokens: Sequence[str], place: int, lexicon: Lexicon) -> bool:
    """Return whether a number stands behind the word for a floor that has no other: LEVEL 2. In FIRST FLOOR 2 it is a flat's."""
    if not tokens[place].isdigit() or not place or tokens[place - 1] not in FLOOR_WORDS:
        return False
    before = tokens[place - 2] if place > 1 else ""
    return before not in lexicon.floors and (
        not before.isdigit() or _is_part_before_a_floor(tokens, place - 2, lexicon)
    )


def _is_part_before_a_floor(tokens: Sequence[str], place: int, lexicon: Lexicon) -> bool:
    """Return whether a number is that of a part whose floor follows by its number: SUITE 4 LEVEL 3; the FLAT of FLAT 2 FLOOR has none."""
    behind = tokens[place + 1 : place + 3]
    return (
        place > 0
        and tokens[place - 1] in lexicon.unit_kinds
        and len(behind) > 1
        and behind[0] in FLOOR_WORDS
        and behind[1].isdigit()
    )


def _floor_of(token: str, before: str, side: str, lexicon: Lexicon) -> tuple[str, str, list[str]]:
    """Return the floor, the side and the flat that a word for a floor names."""
    if token in lexicon.floors:
        return ("B" if before in _LOWER else lexicon.floors[token]), side, []
    if flat := _FLOOR_FLAT.fullmatch(token):
        written, place = flat[1] or flat[3], flat[2] or flat[4]
        floor = _FLOORS_OF_CODES.get(written, written)
        return (floor, side, [str(int(place))]) if place.isdigit() else (floor, place, [])
    if sided := _FLOOR_SIDE.fullmatch(token):
        floor = sided[1] or sided[3]
        return _FLOORS_OF_CODES.get(floor, str(floor)), sided[2] or sided[4], []
    return str(int(token)), side, []


def _names_several_floors(tokens: Sequence[str], lexicon: Lexicon) -> bool:
    """Return whether a part has several floors: FIRST AND SECOND FLOORS, GROUND FLOOR & BASEMENT."""
    if not _FLOORS.isdisjoint(tokens):
        return True
    return any(
        token in JOINS and (before in lexicon.floors or before in FLOOR_WORDS) and after in lexicon.floors
        for before, token, after in zip(tokens, tokens[1:], tokens[2:], strict=False)
    )


def _ends_floor(before: str, lexicon: Lexicon) -> bool:
    return before in FLOOR_WORDS or before in lexicon.floors


def _is_word(token: str) -> bool:
    return token.isalpha() and len(token) > _LONGEST_LETTERS and token not in JOINS


def _designates(token: str) -> bool:
    """Return whether a word may tell one part from others of its kind: a number, a letter, a number in words."""
    return len(token) == 1 or token in FIGURES or any(c.isdigit() for c in token)


def _parted(tokens: Sequence[str], lexicon: Lexicon) -> list[str]:
    """Part the word of a unit from the number that is written to it: FLAT3. An F apart before a designator is a flat: F 8; 1ST FL is a floor."""
    parted: list[str] = []
    for token in tokens:
        glued = _GLUED.fullmatch(token)
        if glued and glued[1] in lexicon.unit_kinds:
            parted += [glued[1], glued[2]]
        elif token == _FLOOR_IN_SHORT and parted and parted[-1] in lexicon.floors:
            parted.append(_FLOOR)
        else:
            parted.append(token)
    if (
        len(parted) > 1
        and parted[0] == _FLAT_LETTER
        and _designates(parted[1])
        and not lexicon.unit_kinds.keys() & set(parted)
    ):
        parted[0] = "FLAT"
    return parted


def _says_nothing(token: str, before: str, following: str, lexicon: Lexicon) -> bool:
    """Return whether a word is needed only to speak: the FLOOR of FIRST FLOOR, the HAND of LEFT HAND."""
    if token in _SKIPPED or token in FLOOR_WORDS:
        return True
    return (token in _BEFORE_A_FLOOR and following in lexicon.floors) or (token == _HAND and before in _SIDES)
