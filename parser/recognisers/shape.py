"""The class of a token by its shape: a number, a range, half a postcode, a word that the lexicon knows."""

import re

from address_match.parser.lexicon.flag import Flag
from address_match.parser.recognisers.postcode import (
    incode_repairs,
    is_incode,
    is_outcode,
    is_postcode,
    outcode_repairs,
    postcode_readings,
)
from address_match.parser.word_class import WordClass

_FLOOR_FLAT = re.compile(
    r"(?:[0-9]{1,2}F|PF|BF|GF|TF|LGF)[0-9]{1,2}|[0-9]F[LR]|(?:[0-9]{1,2}|G|B|T|LG)F/[LRFB]"
)
_NUMBER_LETTER = re.compile(r"[0-9]{1,4}[A-Z]")
_RANGE = re.compile(r"[0-9]{1,4}[A-Z]?-[0-9]{1,4}[A-Z]?|[0-9]{1,4}[A-Z]-[A-Z]|[A-Z]-[A-Z]")
_FRACTION = re.compile(r"[0-9]{1,4}[A-Z]?/[0-9]{1,4}[A-Z]?|[0-9]{1,4}/[A-Z]|[A-Z]/[0-9]{1,4}|F/[0-9]+")
_LETTER_NUMBER = re.compile(r"[A-Z]{1,2}-?[0-9]{1,4}[A-Z]?")
LONGEST_SHORT_WORD = 3

_BY_FLAG: tuple[tuple[int, WordClass], ...] = tuple(
    (flags.value, found)
    for flags, found in (
        (Flag.UNIT_WORD, WordClass.UNIT_WORD),
        (Flag.SIDE_WORD, WordClass.SIDE_WORD),
        (Flag.POSITION_WORD, WordClass.POSITION_WORD),
        (Flag.ORDINAL, WordClass.ORDINAL),
        (Flag.FLOOR_WORD, WordClass.FLOOR_WORD),
        (Flag.STREET_PREFIX, WordClass.STREET_PREFIX),
        (Flag.STREET_TYPE | Flag.BUILDING_TYPE, WordClass.STREET_OR_BUILDING),
        (Flag.STREET_TYPE | Flag.TOWN, WordClass.STREET_OR_TOWN),
        (Flag.STREET_TYPE, WordClass.STREET_TYPE),
        (Flag.TITLE, WordClass.TITLE),
        (Flag.COUNTY, WordClass.COUNTY),
        (Flag.STREET_TYPE_SHORT, WordClass.STREET_TYPE_SHORT),
        (Flag.BUILDING_TYPE, WordClass.BUILDING_TYPE),
        (Flag.TOWN, WordClass.TOWN),
        (Flag.ORGANISATION_WORD, WordClass.ORGANISATION_WORD),
        (Flag.DEPARTMENT_WORD, WordClass.DEPARTMENT_WORD),
        (Flag.PLACE_PREFIX, WordClass.PLACE_PREFIX),
        (Flag.JOINER, WordClass.JOINER),
        (Flag.NEAR_KEY_WORD, WordClass.NEAR_KEY_WORD),
        (Flag.NEAR_TOWN, WordClass.NEAR_TOWN),
    )
)
"""Flags that a word must have, as plain numbers, which are compared much faster; the first that it has win."""
_BY_WORD = {
    "THE": WordClass.THE,
    "OF": WordClass.OF,
    "AND": WordClass.AND,
    "&": WordClass.AND,
    "ST": WordClass.SAINT_OR_STREET,
    "FLOOR": WordClass.FLOOR,
    "FLR": WordClass.FLOOR,
    "STOREY": WordClass.FLOOR,
    "LEVEL": WordClass.FLOOR,
    "BOX": WordClass.PO_BOX,
    "PO": WordClass.PO_BOX,
    "POBOX": WordClass.PO_BOX,
}
_FLOOR_CODES = frozenset(
    {
        *("GFF", "GF", "G/F", "FFF", "SFF", "TFF", "LGF", "LGFF", "BST", "BSMT", "1FF", "2FF", "F/F"),
        *(f"{floor}F{side}" for floor in "BGFST" for side in "LR"),
    }
)


def word_class(text: str, flags: Flag) -> WordClass:
    """Return the class of a folded token; patterns of digits come first, then the words of the lexicon.

    >>> word_class("12A", Flag(0)).name, word_class("ROAD", Flag.STREET_TYPE).name
    ('NUMBER_LETTER', 'STREET_TYPE')
    """
    if text in _FLOOR_CODES:
        return WordClass.FLOOR_CODE
    known = _BY_WORD.get(text)
    if known is not None:
        return known
    if not text.isalpha():
        found = _class_of_digits(text, flags)
        if found is not None:
            return found
    held = int(flags)
    for wanted, found in _BY_FLAG:
        if held & wanted == wanted:
            return found
    return _class_of_letters(text)


def _class_of_digits(text: str, flags: Flag) -> WordClass | None:
    if flags & (Flag.ORDINAL | Flag.FLOOR_WORD):
        return WordClass.ORDINAL_OR_INCODE if is_incode(text) else None
    if text.isdigit():
        return WordClass.NUMBER if len(text) <= 4 else WordClass.LONG_NUMBER
    if is_postcode(text):
        return WordClass.POSTCODE
    if is_incode(text):
        return WordClass.INCODE
    if _NUMBER_LETTER.fullmatch(text):
        return WordClass.NUMBER_LETTER
    if _FLOOR_FLAT.fullmatch(text):
        return WordClass.FLOOR_FLAT
    if is_outcode(text):
        return WordClass.OUTCODE
    if _RANGE.fullmatch(text):
        return WordClass.RANGE
    if _FRACTION.fullmatch(text):
        return WordClass.FRACTION
    if _LETTER_NUMBER.fullmatch(text):
        return WordClass.LETTER_NUMBER
    if incode_repairs(text) or outcode_repairs(text) or postcode_readings(text):
        return WordClass.NEARLY_POSTCODE
    if any(c.isdigit() for c in text):
        return WordClass.MIXED
    return None


def _class_of_letters(text: str) -> WordClass:
    if "-" in text:
        return WordClass.HYPHENATED
    if len(text) == 1:
        return WordClass.LETTER
    return WordClass.SHORT_WORD if len(text) <= LONGEST_SHORT_WORD else WordClass.WORD
