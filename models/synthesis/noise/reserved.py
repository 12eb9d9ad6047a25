"""Noise that training never sees: it parts memory from skill.

Digits of numbers never become other digits, so that the premises stays the one that is meant.
"""

import re
from collections.abc import Mapping
from enum import Enum, auto
from random import Random

from address_match.models.synthesis.noise.pieces import (
    NAMES,
    Pieces,
    find,
    insert,
    put,
    retext_each,
    usual_separator,
)
from address_match.models.synthesis.shares import Shares
from address_match.parser.labelled_text import Piece
from address_match.parser.labels import LABELS, Label

_LONG_WORD = re.compile(r"[^\W\d_]{4,}")
_VOWELS_WITHIN = re.compile(r"(?<=[^\W\d_])[AEIOU]", re.IGNORECASE)
_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"

_SCANNED: tuple[tuple[str, str], ...] = (
    *(
        ("RN", "M"),
        ("M", "RN"),
        ("O", "0"),
        ("I", "1"),
        ("L", "1"),
        ("S", "5"),
        ("B", "8"),
        ("Z", "2"),
        ("G", "6"),
    ),
    *(
        ("E", "F"),
        ("CL", "D"),
        ("VV", "W"),
        ("W", "VV"),
        ("H", "N"),
        ("U", "V"),
        ("C", "O"),
        ("Q", "O"),
        ("I", "L"),
    ),
)
_SCANNED_NUMBERS: Mapping[str, str] = {"1": "I", "0": "O", "5": "S", "8": "B"}

_SOUNDS: tuple[tuple[str, str], ...] = (
    *(
        ("PH", "F"),
        ("OUGH", "UFF"),
        ("IGH", "I"),
        ("EIGH", "AY"),
        ("CK", "K"),
        ("QU", "KW"),
        ("X", "KS"),
        ("WH", "W"),
    ),
    *(
        ("TION", "SHUN"),
        ("CE", "SE"),
        ("CI", "SI"),
        ("C", "K"),
        ("GE", "JE"),
        ("KN", "N"),
        ("WR", "R"),
        ("OA", "O"),
    ),
    *(
        ("AI", "AY"),
        ("EA", "EE"),
        ("OW", "OU"),
        ("AU", "OR"),
        ("TH", "F"),
        ("URY", "ERRY"),
        ("ESTER", "ISTER"),
    ),
)

_BEFORE = (
    "PLEASE DELIVER TO",
    "THE ADDRESS IS",
    "HI, I LIVE AT",
    "ADDRESS:",
    "SEND TO:",
    "MY NEW ADDRESS IS",
    "VISIT US AT",
)
_BEHIND = (
    "THANKS",
    "LEAVE WITH NEIGHBOUR IF OUT",
    "OPPOSITE THE CHURCH",
    "RING THE BELL",
    "TEL 01632 960123",
    "ASAP PLEASE",
    "- BLUE DOOR",
    "(MOVED IN MARCH)",
    "NOT KNOWN HERE BEFORE 2019",
)


_CONFUSIONS = 6
"""Confusions that a scanner may make in a field."""
_CONFUSED_SHARE, _CONFUSED_NUMBER_SHARE = 0.6, 0.4
"""Confusions that it makes where they apply, and texts whose number it confuses as well."""
_WHOLE_AGAIN_SHARE = 0.4
"""Texts that are pasted twice as a whole."""
_BEFORE_BELOW, _BEHIND_FROM = 0.7, 0.4
"""Chances below which people write something before an address, and above which behind it."""
_EDITED_SHARE = 0.1
"""Letters that are edited."""


class _Edit(Enum):
    DROP = auto()
    REPLACE = auto()
    ADD = auto()
    """Another letter behind it."""


_EDITS = Shares({_Edit.DROP: 0.33, _Edit.REPLACE: 0.34, _Edit.ADD: 0.33})


def vowels_dropped(pieces: Pieces, _rng: Random) -> Pieces:
    """Leave the vowels within long words out.

    >>> text(vowels_dropped(address(number="12", street="ACLAND ROAD", town="BARNSLEY"), Random(0)))
    '12 ACLND RD BRNSLY'
    """
    return retext_each(
        pieces, NAMES, lambda words: _LONG_WORD.sub(lambda word: _VOWELS_WITHIN.sub("", word[0]), words)
    )


def scanner_confusions(pieces: Pieces, rng: Random) -> Pieces:
    """Take letters and digits for those that look like them; of a number only its first digit.

    >>> text(scanner_confusions(address(number="12", street="BARNFIELD ROAD", town="SOLIHULL"), Random(6)))
    '12 BAMFIELD ROAD SO1IHULL'
    """

    def read(words: str) -> str:
        for seen, taken in rng.sample(_SCANNED, _CONFUSIONS):
            at = words.upper().find(seen)
            if at >= 0 and rng.random() < _CONFUSED_SHARE:
                words = words[:at] + taken + words[at + len(seen) :]
        return words

    result = retext_each(pieces, NAMES - {Label.BUILDING} if _has_digit(pieces) else NAMES, read)
    if rng.random() < _CONFUSED_NUMBER_SHARE:
        numbered = {Label.NUMBER}
        return retext_each(
            result, numbered, lambda words: _SCANNED_NUMBERS.get(words[0], words[0]) + words[1:]
        )
    return result


def _has_digit(pieces: Pieces) -> bool:
    """Return whether the building's words hold a number, which must stay."""
    index = find(pieces, Label.BUILDING)
    return index >= 0 and any(c.isdigit() for c in pieces[index].text)


def phonetic_respelling(pieces: Pieces, rng: Random) -> Pieces:
    """Spell names as they are heard.

    >>> text(phonetic_respelling(address(number="12", street="PHOENIX ROAD", town="CHESTER"), Random(0)))
    '12 FOENIKS ROD CHISTER'
    """
    skipped = rng.randrange(len(_SOUNDS))

    def respell(word: str) -> str:
        upper = word.upper()
        for number, (written, heard) in enumerate(_SOUNDS):
            # CH and SC are sounds of their own: only a lone C is heard as K.
            if number == skipped or (written == "C" and "CH" in upper):
                continue
            upper = upper.replace(written, heard, 1)
        return upper if word.isupper() else upper.lower()

    return retext_each(pieces, NAMES, lambda words: _LONG_WORD.sub(lambda word: respell(word[0]), words))


def truncated(pieces: Pieces, rng: Random) -> Pieces:
    """Cut the text off after 20 to 35 characters, where number and street begin early enough to stay.

    >>> text(truncated(address(number="12", street="ACLAND ROAD", town="BARNSLEY", postcode="S70 4AB"), Random(2)))
    '12 ACLAND ROAD BARNSL'
    """
    room = rng.randint(20, 35)
    kept: list[Piece] = []
    length = 0
    for index, piece in enumerate(pieces):
        length += len(piece.separator) if kept else 0
        words = piece.text[: max(0, room - length)].rstrip()
        cut = len(words) < len(piece.text)
        if cut and _names_the_premises(pieces[index:], words):
            return pieces
        if words:
            kept.append(Piece(words, piece.label, piece.separator))
        if cut:
            return tuple(kept)
        length += len(piece.text)
    return pieces


def _names_the_premises(lost: Pieces, kept_words: str) -> bool:
    """Return whether a cut before the end of the first of these pieces would take away which premises is meant."""
    deciding = {Label.SUB_BUILDING, Label.BUILDING, Label.NUMBER}
    if lost[0].label in deciding or any(piece.label in deciding for piece in lost[1:]):
        return True
    in_street = lost[0].label is Label.STREET and len(kept_words) < 5
    return in_street or any(piece.label is Label.STREET for piece in lost[1:])


def fields_pasted_twice(pieces: Pieces, rng: Random) -> Pieces:
    """Write the whole address, or the fields from some on, a second time.

    >>> text(fields_pasted_twice(address(number="12", street="MILL ROAD", town="LEEDS"), Random(0)))
    '12 MILL ROAD LEEDS MILL ROAD LEEDS'
    """
    if not pieces:
        return pieces
    start = 0 if rng.random() < _WHOLE_AGAIN_SHARE else rng.randrange(len(pieces))
    again = pieces[start:]
    return (*pieces, Piece(again[0].text, again[0].label, usual_separator(pieces)), *again[1:])


def words_shuffled(pieces: Pieces, rng: Random) -> Pieces:
    """Write the words in any order; what holds a digit stays one word, and numbers stay in their order.

    >>> text(words_shuffled(address(flat="FLAT 3", number="14", street="MILL ROAD", town="LEEDS"), Random(0)))
    'MILL FLAT 3 14 LEEDS ROAD'
    """
    words: list[Piece] = []
    for piece in pieces:
        whole = piece.label is Label.SUB_BUILDING or any(c.isdigit() for c in piece.text)
        words += [Piece(w, piece.label) for w in ((piece.text,) if whole else piece.text.split(" "))]
    fixed = [
        word for word in words if any(c.isdigit() for c in word.text) or word.label is Label.SUB_BUILDING
    ]
    rng.shuffle(words)
    numbered = iter(fixed)
    return tuple(next(numbered) if word in fixed else word for word in words)


def chatter(pieces: Pieces, rng: Random) -> Pieces:
    """Write what people add around an address.

    >>> text(chatter(address(number="12", street="MILL ROAD", town="LEEDS"), Random(1)))
    'VISIT US AT 12 MILL ROAD LEEDS'
    """
    if not pieces:
        return pieces
    chance = rng.random()
    if chance < _BEFORE_BELOW:
        pieces = insert(pieces, 0, Piece(rng.choice(_BEFORE), Label.OTHER))
        pieces = put(pieces, 1, Piece(pieces[1].text, pieces[1].label, " "))
    if chance > _BEHIND_FROM:
        pieces = (*pieces, Piece(rng.choice(_BEHIND), Label.OTHER, rng.choice((" ", ", ", "\n"))))
    return pieces


def random_edits(pieces: Pieces, rng: Random) -> Pieces:
    """Drop, add or replace one character in ten, but no digit and no letter of a designator.

    >>> text(random_edits(address(number="12", street="ACLAND ROAD", town="BARNSLEY"), Random(5)))
    '12 ACLAND HOAD BARNLEY'
    """

    def edit(words: str) -> str:
        return " ".join(
            word
            if len(word) == 1 or any(c.isdigit() for c in word)
            else "".join(_edited(c, rng) if c.isalpha() and rng.random() < _EDITED_SHARE else c for c in word)
            for word in words.split(" ")
        )

    return retext_each(pieces, frozenset(LABELS), edit)


def _edited(character: str, rng: Random) -> str:
    edit = _EDITS.draw(rng)
    if edit is _Edit.DROP:
        return ""
    letter = rng.choice(_LETTERS)
    return letter if edit is _Edit.REPLACE else character + letter
