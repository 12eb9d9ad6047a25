"""Read the tokens that name a part of a building: the links of its chain, its floor and its side."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from address_match.parser.fields.designator import designator
from address_match.parser.fields.floors import (
    FLOOR_WORDS,
    JOINS,
    LOWER,
    ends_floor,
    floor_of,
    names_floor,
    names_several_floors,
)
from address_match.parser.lexicon.lexicon import Lexicon
from address_match.parser.lexicon.number_words import NUMBER_WORDS
from address_match.parser.lexicon.numerals import FIGURES
from address_match.parser.lexicon.position_words import position_words

_SIDES = {
    **dict.fromkeys(("LEFT", "LHS", "LH", "LT", "LFT", "CHWITH"), "L"),
    **dict.fromkeys(("RIGHT", "RHS", "RH", "RT", "RGT", "DDE"), "R"),
    **dict.fromkeys(("FRONT", "FRNT", "FNT", "FRT", "FT", "FR", "BLAEN"), "F"),
    **dict.fromkeys(("BACK", "BK", "REAR", "RR", "CEFN"), "B"),
    **dict.fromkeys(("MIDDLE", "CENTRE", "MID", "CANOL"), "M"),
}
_SIDE_LETTERS = frozenset({"L", "R"})
"""Sides in one letter, which is the letter of a flat where no floor stands before it."""
_FLOOR = "FLOOR"
UP = "UP"
"""Counts the floors of a tenement: 2 UP LEFT."""
_FLOOR_IN_SHORT = "FL"
"""A floor behind a word for one, else a flat: 1ST FL, FL 2."""
_SKIPPED = NUMBER_WORDS | {"THE", "OF", "AT", "IN", "-", "Y", "YR"}
ABOVE = frozenset({"ABOVE", "ABV", "OVER", "UWCHBEN"})
"""Words that say of a flat which floors it has, and of which shop, when they stand behind its word: FLAT OVER."""
_ABOVE = "ABOVE"
"""Designates the flat above a shop that has a number itself."""
_UPPER = frozenset({"UPPER", "UPR"})
_BEFORE_A_FLOOR = LOWER | _UPPER | {"PART", "PT"}
"""Words that leave a floor the floor that it is, except for the lower ground floor."""
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
_LONGEST_LETTERS = 2
"""Letters that may designate a unit without a word for it; more are a name."""
_GLUED = re.compile(r"([A-Z]{2,})([0-9]{1,4}[A-Z]?)")
_DWELLINGS = frozenset({"FLAT", "UNIT"})
"""Kinds that add nothing to one that was named before: STORAGE UNIT, SHOP FLAT."""
_BY_WORD = frozenset({"STUDIO", "PENTHOUSE", "MAISONETTE"})
"""Kinds of flats, which the word FLAT makes flats: STUDIO FLAT."""
_KINDS_OF_TWO_WORDS = dict.fromkeys(
    ("MOBILEHOME", "PARKHOME", "HOLIDAYHOME", "STATICCARAVAN", "STATICVAN"), "CARAVAN"
)
"""What words are written together to, which stand before a number and are no words for parts by themselves."""
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


def read_unit(tokens: Sequence[str], lexicon: Lexicon) -> Unit:
    """Read the tokens of a sub-building. A word that nobody knows, before a number, is the kind of its part.

    >>> from address_match.parser.lexicon.lexicon import shipped_lexicon
    >>> read_unit(["GROUND", "FLOOR", "FLAT"], shipped_lexicon())
    Unit(unit='', kind='FLAT', floor='G', side='', name='')
    >>> read_unit(["2F1"], shipped_lexicon())
    Unit(unit='1', kind='', floor='2', side='', name='')
    >>> read_unit(["ROOM", "3", "FLAT", "21"], shipped_lexicon())
    Unit(unit='3 21', kind='ROOM FLAT', floor='', side='', name='')
    >>> read_unit(["FLAT", "ABOVE", "POST", "OFFICE"], shipped_lexicon())
    Unit(unit='', kind='FLAT', floor='', side='', name='POST OFFICE')
    >>> read_unit(["CRYPT", "4"], shipped_lexicon())
    Unit(unit='4', kind='CRYPT', floor='', side='', name='')
    >>> read_unit(["CRYPT", "NO", "4"], shipped_lexicon())
    Unit(unit='4', kind='CRYPT', floor='', side='', name='')
    """
    reading = _UnitReading(_parted(tokens, lexicon), lexicon)
    for place in range(len(reading.tokens)):
        reading.take(place)
    return reading.unit()


class _UnitReading:
    """A part that is being read, token by token."""

    def __init__(self, tokens: Sequence[str], lexicon: Lexicon) -> None:
        self.tokens = tokens
        self._lexicon = lexicon
        self._several_floors = names_several_floors(tokens, lexicon)
        self._links = [_Link()]
        self._name: list[str] = []
        self._latest: list[str] = []
        """Words of a name behind the last word for a part."""
        self._floor = self._side = ""
        self._upstairs = False

    def take(self, place: int) -> None:
        """Read one token, by those on either side of it."""
        lexicon, link, token = self._lexicon, self._links[-1], self.tokens[place]
        before = self.tokens[place - 1] if place else ""
        behind = [word for word in self.tokens[place + 1 : place + 3] if word not in NUMBER_WORDS]
        following = behind[0] if behind else ""
        if _says_nothing(token, before, following, lexicon) or (token in JOINS and not link.pieces):
            return
        designated = designates(following)
        if names_floor(self.tokens, place, lexicon):
            self._take_floor(token, before)
        elif token in lexicon.unit_kinds and (designated or not self._upstairs):
            self._take_kind(token, designated=designated)
        elif token in _SIDES or (token in _SIDE_LETTERS and ends_floor(before, lexicon)):
            self._side = _SIDES.get(token, token)
        elif token in _DESIGNATING and (following in lexicon.unit_kinds or following in FLOOR_WORDS):
            link.pieces.append(_DESIGNATING[token])
        elif link.kind and token in FIGURES:
            link.pieces.append(FIGURES[token])
        elif token in ABOVE and (link.kind or self._floor):
            self._upstairs = True
        elif self._upstairs and token in lexicon.unit_kinds:
            self._latest += [token] if self._latest else []
        elif self._upstairs and _is_word(token) and not link.pieces:
            self._latest.append(token)
        elif _is_word(token) and (designated or link.pieces or not link.kind):
            self._take_word(token, designated=designated)
        elif link.kind == OUTER and link.pieces and token[0].isdigit():
            self._links.append(_Link(pieces=[token]))
        else:
            link.pieces.append(token)

    def unit(self) -> Unit:
        """Return the part, once all tokens are read."""
        unit, kind = _chain(self._links)
        floor = self._floor
        if kind == "PENTHOUSE":
            floor = floor or "T"
        words = self._name + self._latest
        if kind in _NAMED_KINDS and not unit:
            return Unit("".join(words), kind, floor, self._side)
        return Unit(unit, kind, floor, self._side, " ".join(words))

    def _take_floor(self, token: str, before: str) -> None:
        below = self._floor if self._several_floors else ""
        floor, self._side, flat = floor_of(token, before, self._side, self._lexicon)
        self._floor = "-".join(sorted({*below.split("-"), floor} - {""}))
        link = self._links[-1]
        link.kind = self._lexicon.floor_kinds.get(token) or link.kind
        link.pieces += flat

    def _take_kind(self, token: str, *, designated: bool) -> None:
        if self._upstairs and not self._links[-1].pieces:
            self._links[-1].pieces.append(_ABOVE)
        _begin_link(self._links, self._lexicon.unit_kinds[token], designated=designated)
        self._name += [word for word in self._latest if word not in position_words().roles]
        self._latest = []

    def _take_word(self, token: str, *, designated: bool) -> None:
        self._latest.append(token)
        if designated:
            kind = "".join(self._name + self._latest)
            _begin_link(self._links, _KINDS_OF_TWO_WORDS.get(kind, kind), designated=True)
            self._name, self._latest = [], []


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


def _is_word(token: str) -> bool:
    return token.isalpha() and len(token) > _LONGEST_LETTERS and token not in JOINS


def designates(token: str) -> bool:
    """Return whether a word may tell one part from others of its kind: a number, a letter, a number in words."""
    return len(token) == 1 or token in FIGURES or any(c.isdigit() for c in token)


def _parted(tokens: Sequence[str], lexicon: Lexicon) -> list[str]:
    """Part the word of a unit from the number that is written to it: FLAT3. An F apart before a designator is a flat: F
    8; 1ST FL is a floor, and so is 2 UP LEFT. A slip of such a word before a number is that word: GARGAE 3.
    """
    parted: list[str] = []
    for place, token in enumerate(tokens):
        glued = _GLUED.fullmatch(token)
        if glued and glued[1] in lexicon.unit_kinds:
            parted += [glued[1], glued[2]]
        elif (token == _FLOOR_IN_SHORT and parted and parted[-1] in lexicon.floors) or is_up(tokens, place):
            parted.append(_FLOOR)
        elif (
            place + 1 < len(tokens) and designates(tokens[place + 1]) and token not in position_words().roles
        ):
            parted.append(lexicon.unit_word(token) or token)
        else:
            parted.append(token)
    if (
        len(parted) > 1
        and parted[0] == _FLAT_LETTER
        and designates(parted[1])
        and not lexicon.unit_kinds.keys() & set(parted)
    ):
        parted[0] = "FLAT"
    return parted


def is_up(tokens: Sequence[str], place: int) -> bool:
    """Return whether a word counts the floors to a side of a landing, as Scots do: 2 UP LEFT."""
    return tokens[place] == UP and 0 < place < len(tokens) - 1 and tokens[place + 1] in _SIDES


def _says_nothing(token: str, before: str, following: str, lexicon: Lexicon) -> bool:
    """Return whether a word is needed only to speak: the FLOOR of FIRST FLOOR, the HAND of LEFT HAND."""
    if token in _SKIPPED or token in FLOOR_WORDS:
        return True
    return (token in _BEFORE_A_FLOOR and following in lexicon.floors) or (token == _HAND and before in _SIDES)
