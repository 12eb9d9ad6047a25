"""Slips of the hand in names and words; numbers and postcodes stay."""

import re
from collections.abc import Callable, Mapping
from enum import Enum, auto
from random import Random

from address_match.models.synthesis.noise.pieces import NAMES, Pieces, retext
from address_match.models.synthesis.shares import Shares
from address_match.parser.labels import Label

KEYBOARD: Mapping[str, str] = {
    "A": "QSZ",
    "B": "VGN",
    "C": "XDV",
    "D": "SFE",
    "E": "WRD",
    "F": "DGR",
    "G": "FHT",
    "H": "GJY",
    "I": "UOK",
    "J": "HKU",
    "K": "JLI",
    "L": "KOP",
    "M": "NJK",
    "N": "BMH",
    "O": "IPL",
    "P": "OL",
    "Q": "WA",
    "R": "ETF",
    "S": "ADW",
    "T": "RYG",
    "U": "YIJ",
    "V": "CBF",
    "W": "QES",
    "X": "ZCS",
    "Y": "TUH",
    "Z": "XAS",
}
"""The keys beside each key."""

_LONG_WORD = re.compile(r"[^\W\d_]{4,}")
_THREE_ALIKE = re.compile(r"(.)\1\1")
_NAMED = NAMES - {Label.COUNTY}


class _Slip(Enum):
    """What a hand does to a letter."""

    DROP = auto()
    DOUBLE = auto()
    EXCHANGE = auto()
    """With the next letter; at the end of a word it misses the key."""
    MISS = auto()
    """Strike a key beside it."""
    ADD = auto()
    """Strike a key beside it as well."""


_SLIPS = Shares(
    {_Slip.DROP: 0.25, _Slip.DOUBLE: 0.15, _Slip.EXCHANGE: 0.25, _Slip.MISS: 0.2, _Slip.ADD: 0.15}
)


def _typo(word: str, rng: Random) -> str:
    """Return a word with one letter dropped, doubled, missed, added or exchanged with the next."""
    place = rng.randrange(len(word))
    slip = _SLIPS.draw(rng)
    if slip is _Slip.DROP:
        return word[:place] + word[place + 1 :]
    if slip is _Slip.DOUBLE:
        return word[:place] + word[place] + word[place:]
    if slip is _Slip.EXCHANGE and place + 1 < len(word):
        return word[:place] + word[place + 1] + word[place] + word[place + 2 :]
    beside = KEYBOARD.get(word[place].upper())
    struck = rng.choice(beside) if beside else word[place]
    struck = struck.lower() if word[place].islower() else struck
    return word[:place] + struck + word[place + (slip is not _Slip.ADD) :]


def _in_one_word(pieces: Pieces, rng: Random, change: Callable[[str], str]) -> Pieces:
    """Return the pieces with one of the long words of names changed."""
    places = [
        (index, word)
        for index, piece in enumerate(pieces)
        if piece.label in _NAMED
        for word in _LONG_WORD.finditer(piece.text)
    ]
    if not places:
        return pieces
    index, word = rng.choice(places)
    words = pieces[index].text
    return retext(pieces, index, words[: word.start()] + change(word[0]) + words[word.end() :])


def one_typo(pieces: Pieces, rng: Random) -> Pieces:
    """Make one keyboard slip in one long word of a name.

    >>> text(one_typo(address(number="12", street="ACLAND ROAD"), Random(1)))
    '12 ACLABD ROAD'
    """
    return _in_one_word(pieces, rng, lambda word: _typo(word, rng))


def several_typos(pieces: Pieces, rng: Random) -> Pieces:
    """Make two to five slips, wherever they fall; a word may get more than one.

    >>> text(several_typos(address(number="12", street="ACLAND ROAD", town="BARNSLEY"), Random(1)))
    '12 CALAND ROAF BAARNSLEY'
    """
    for _ in range(rng.randint(2, 5)):
        pieces = _in_one_word(pieces, rng, lambda word: _typo(word, rng))
    return pieces


def typo_in_every_long_word(pieces: Pieces, rng: Random) -> Pieces:
    """Make one keyboard slip in every word of five letters or more.

    >>> text(typo_in_every_long_word(address(number="12", street="ACLAND ROAD", town="BARNSLEY"), Random(1)))
    '12 ALCAND ROAD BAARNSLEY'
    """
    result = pieces
    for index, piece in enumerate(pieces):
        if piece.label in _NAMED:
            words = " ".join(
                _typo(word, rng) if len(word) > 4 and word.isalpha() else word
                for word in piece.text.split(" ")
            )
            result = retext(result, index, words)
    return result


def letters_transposed(pieces: Pieces, rng: Random) -> Pieces:
    """Exchange two neighbouring letters within one long word.

    >>> text(letters_transposed(address(number="12", street="ACLAND ROAD"), Random(4)))
    '12 ACALND ROAD'
    """

    def transpose(word: str) -> str:
        place = rng.randrange(len(word) - 1)
        return word[:place] + word[place + 1] + word[place] + word[place + 2 :]

    return _in_one_word(pieces, rng, transpose)


def misspelt(pieces: Pieces, rng: Random) -> Pieces:
    """Spell one long word of a name as it could be spelt as well: Saddler for Sadler, Greyson for Grayson.

    >>> text(misspelt(address(number="12", street="SADDLER ROAD"), Random(1)))
    '12 SADLER ROAD'
    """

    def respell(word: str) -> str:
        upper = word.upper()
        forms = [upper.replace(a, b, 1) for a, b in _SPELT_AS_WELL if a in upper[1:]]
        forms += [upper[:i] + upper[i + 1 :] for i in range(1, len(upper)) if upper[i] == upper[i - 1]]
        forms = [form for form in forms if form != upper and not _THREE_ALIKE.search(form)]
        if not forms:
            return word
        form = rng.choice(forms)
        return form if word.isupper() else form.lower() if word.islower() else form.capitalize()

    return _in_one_word(pieces, rng, respell)


_SPELT_AS_WELL: tuple[tuple[str, str], ...] = (
    *(
        ("LL", "L"),
        ("TT", "T"),
        ("SS", "S"),
        ("NN", "N"),
        ("DL", "DDL"),
        ("EY", "Y"),
        ("IE", "EI"),
        ("EI", "IE"),
    ),
    *(("AY", "EY"), ("EY", "AY"), ("OU", "O"), ("CK", "K"), ("TON", "TEN"), ("SON", "SEN"), ("HAM", "AM")),
    *(
        ("BURY", "BERRY"),
        ("LEIGH", "LEY"),
        ("LEY", "LEIGH"),
        ("AI", "EI"),
        ("EA", "EE"),
        ("EE", "EA"),
        ("Y", "I"),
    ),
)
