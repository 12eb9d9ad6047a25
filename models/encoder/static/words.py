"""What one word of an address contributes to the vector of its text, wherever it stands."""

import re
from enum import IntEnum
from typing import NamedTuple

from address_match.models.encoder.static.hashing import (
    POSTCODES,
    SOUNDS,
    WORDS,
    paired_hash,
    row_of,
    word_hash,
    word_power,
)
from address_match.parser.lexicon.numerals import NUMERALS


class WordKind(IntEnum):
    """What a word is, by its letters alone."""

    WORD = 0
    NUMBER = 1
    """Digits, with or without one letter behind them."""
    LETTER = 2
    CODE = 3
    """Another mixture of digits and letters: 2F1, B12."""
    UNIT = 4
    """FLAT and its like, which announce a designator."""
    OUTCODE = 5
    INCODE = 6
    POSTCODE = 7


class Word(NamedTuple):
    """A word and its features as a whole, as rows of the table and their weights; `word_rows` adds those of its grams.

    A tuple, as are the parser's tokens: most texts bring a new word, and to make a frozen dataclass takes a fifth of
    the time to read it.
    """

    text: str
    kind: WordKind
    hash: int
    power: int
    rows: tuple[int, ...]
    weights: tuple[float, ...]
    has_grams: bool
    """Whether the runs of characters in it are features as well."""
    number: int = 0
    """Hash of the digits of a number."""
    suffix: int = 0
    """Hash of the letter behind a number; 0 when there is none."""
    sound: int = 0
    """Hash of the word without its vowels."""
    beginning: int = 0
    """Hash of the first two letters."""


UNIT_WORDS: dict[str, str] = {
    **dict.fromkeys(("FLAT", "FLT", "FLATS"), "FLAT"),
    **dict.fromkeys(("APARTMENT", "APT", "APPT", "APMT"), "APARTMENT"),
    **dict.fromkeys(("UNIT", "UNITS", "UNT"), "UNIT"),
    **dict.fromkeys(("ROOM", "RM"), "ROOM"),
    **{word: word for word in ("STUDIO", "MAISONETTE", "SUITE", "PENTHOUSE", "PLOT", "BLOCK", "OFFICE")},
}

ABBREVIATIONS: dict[str, str] = {
    **dict.fromkeys(("RD",), "ROAD"),
    **dict.fromkeys(("AVE", "AV", "AVEN"), "AVENUE"),
    **dict.fromkeys(("CRES", "CRESC", "CR"), "CRESCENT"),
    **dict.fromkeys(("GDNS", "GDN", "GARDEN"), "GARDENS"),
    **dict.fromkeys(("DRV", "DR"), "DRIVE"),
    **dict.fromkeys(("LN", "LA"), "LANE"),
    **dict.fromkeys(("CL", "CLO"), "CLOSE"),
    **dict.fromkeys(("CT", "CRT"), "COURT"),
    **dict.fromkeys(("PL", "PLC"), "PLACE"),
    **dict.fromkeys(("SQ", "SQR"), "SQUARE"),
    **dict.fromkeys(("TER", "TERR", "TCE"), "TERRACE"),
    **dict.fromkeys(("PK",), "PARK"),
    **dict.fromkeys(("GR", "GRV", "GRO"), "GROVE"),
    **dict.fromkeys(("STR",), "STREET"),
    **dict.fromkeys(("HSE", "HO"), "HOUSE"),
    **dict.fromkeys(("BLDG", "BLDGS", "BUILDING"), "BUILDINGS"),
    **dict.fromkeys(("COTT", "COTTS", "COTTAGES"), "COTTAGE"),
    **dict.fromkeys(("FM",), "FARM"),
    **dict.fromkeys(("IND",), "INDUSTRIAL"),
    **dict.fromkeys(("EST",), "ESTATE"),
    **dict.fromkeys(("BUS",), "BUSINESS"),
    **dict.fromkeys(("CTR", "CEN"), "CENTRE"),
    **dict.fromkeys(("GRD", "GND", "GRND"), "GROUND"),
    **dict.fromkeys(("FLR",), "FLOOR"),
    **dict.fromkeys(("BST", "BSMT"), "BASEMENT"),
    **dict.fromkeys(("UPR",), "UPPER"),
    **dict.fromkeys(("LWR",), "LOWER"),
    **dict.fromkeys(("GT", "GRT"), "GREAT"),
    **dict.fromkeys(("LT",), "LITTLE"),
    **dict.fromkeys(("NTH",), "NORTH"),
    **dict.fromkeys(("STH",), "SOUTH"),
    **dict.fromkeys(("&",), "AND"),
    **{numeral.short_ordinal: numeral.ordinal for numeral in NUMERALS[:5]},
}
"""Written short, meant long; ST is left alone, being both Street and Saint."""

_NUMBER = re.compile(r"0*(\d{1,6})([A-Z]?)")
_OUTCODE = re.compile(r"[A-Z]{1,2}\d[A-Z\d]?")
_INCODE = re.compile(r"\d[A-Z]{2}")
_POSTCODE = re.compile(r"([A-Z]{1,2}\d[A-Z\d]?)(\d[A-Z]{2})")
_JOINTS = re.compile(r"[-/&+]+")
_LOOK_ALIKE = str.maketrans({"0": "O", "Q": "O", "1": "I", "L": "I", "5": "S", "8": "B", "2": "Z"})
_SOUND_ALIKE = (("PH", "F"), ("CK", "K"), ("GH", "G"), ("C", "K"), ("Q", "K"), ("Z", "S"), ("V", "F"))
_MUTE = str.maketrans("", "", "AEIOUYHW")

_SPELT = frozenset({WordKind.WORD, WordKind.UNIT})
_DESIGNATING = frozenset({WordKind.LETTER, WordKind.CODE, WordKind.OUTCODE, WordKind.INCODE})

_WORD_WEIGHT = 1.0
_SOUND_WEIGHT = 0.5
_DIGITS_WEIGHT = 0.7
_POSTCODE_WEIGHT = 0.8
_AREA, _OUT, _SECTOR, _FULL, _IN, _SOUND, _SHAPE = range(1, 8)


def read_token(token: str) -> tuple[Word, ...]:
    """Read the words of one folded token: hyphens and slashes part them.

    >>> [(word.text, word.kind.name) for word in read_token("12A-14")]
    [('12A', 'NUMBER'), ('14', 'NUMBER')]
    """
    if token.isalnum():
        return (_read_word(token),)
    parts = [part for part in _JOINTS.split(token) if part] or [token]
    return tuple(_read_word(part) for part in parts)


def read_postcode(outcode: str, incode: str) -> Word:
    """Read a postcode by its parts; the incode is empty where only an outcode was written."""
    area = outcode.rstrip("0123456789")[:2].rstrip("0123456789")
    whole = word_hash(outcode + incode)
    sector = word_hash(outcode + incode[:1])
    parts = [(_AREA, word_hash(area)), (_OUT, word_hash(outcode))]
    if incode:
        parts += [(_SECTOR, sector), (_FULL, whole), (_IN, word_hash(incode))]
    rows = [row_of(POSTCODES, paired_hash(kind, value)) for kind, value in parts]
    return Word(
        outcode + incode,
        WordKind.POSTCODE,
        whole,
        1,
        tuple(rows),
        (_POSTCODE_WEIGHT,) * len(rows),
        has_grams=True,
        number=whole,
        suffix=sector,
    )


def split_postcode(text: str) -> tuple[str, str] | None:
    """Part a postcode that is written without a space; None for anything else."""
    match = _POSTCODE.fullmatch(text)
    return (match[1], match[2]) if match else None


def without_vowels(text: str) -> str:
    """Return the consonants of a word as they sound, none of them twice in a row.

    >>> without_vowels("SADDLER") == without_vowels("SADLER") == without_vowels("SDLR")
    True
    """
    sounded = text
    for written, sound in _SOUND_ALIKE:
        sounded = sounded.replace(written, sound)
    kept = text[:1].translate(_MUTE) and sounded[:1]
    for letter in sounded[len(kept) :].translate(_MUTE):
        if not kept.endswith(letter):
            kept += letter
    return kept or text[:1]


def _read_word(part: str) -> Word:
    text = UNIT_WORDS.get(part) or ABBREVIATIONS.get(part, part)
    # What has letters only is no postcode and no number, and most new words are such.
    parted = None if text.isalpha() else split_postcode(text)
    if parted:
        return read_postcode(*parted)
    kind = _kind_of(part, text)
    value = word_hash(text)
    rows = [row_of(WORDS, value)]
    weights = [_DIGITS_WEIGHT if kind is WordKind.NUMBER else _WORD_WEIGHT]
    sound = 0
    spelt = kind in _SPELT
    if spelt:
        sound = word_hash(without_vowels(text))
        shape = word_hash(text.replace("RN", "M").replace("VV", "W").translate(_LOOK_ALIKE))
        rows += [
            row_of(SOUNDS, paired_hash(_SOUND, sound)),
            row_of(SOUNDS, paired_hash(_SHAPE, shape)),
        ]
        weights += [_SOUND_WEIGHT, _SOUND_WEIGHT]
    number = suffix = 0
    if kind is WordKind.NUMBER and (match := _NUMBER.fullmatch(text)):
        number, suffix = word_hash(match[1]), word_hash(match[2])
    elif kind in _DESIGNATING:
        number = value
    return Word(
        text=text,
        kind=kind,
        hash=value,
        power=word_power(text),
        rows=tuple(rows),
        weights=tuple(weights),
        has_grams=spelt,
        number=number,
        suffix=suffix,
        sound=sound,
        beginning=word_hash(text[:2]),
    )


def _kind_of(part: str, text: str) -> WordKind:
    if part in UNIT_WORDS:
        return WordKind.UNIT
    if text.isalpha():
        return WordKind.LETTER if len(text) == 1 else WordKind.WORD
    if _NUMBER.fullmatch(text):
        return WordKind.NUMBER
    if _OUTCODE.fullmatch(text):
        return WordKind.OUTCODE
    if _INCODE.fullmatch(text):
        return WordKind.INCODE
    if any(character.isdigit() for character in text):
        return WordKind.CODE if len(text) <= 5 else WordKind.WORD
    return WordKind.WORD
