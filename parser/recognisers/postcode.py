"""Postcodes: whether a text is one, what a misread one may stand for, and the first that some tokens spell."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

from address_match.parser.lexicon.files import rows_of

_OUTCODE = r"(?:[A-Z]{1,2}[0-9]{1,2}|[A-Z]{1,2}[0-9][A-Z])"
_INCODE = r"[0-9][ABDEFGHJLNP-UW-Z]{2}"
_FULL = re.compile(rf"(?P<area>[A-Z]{{1,2}})(?:[0-9]{{1,2}}|[0-9][A-Z]){_INCODE}")
_OUT = re.compile(r"(?P<area>[A-Z]{1,2})(?:[0-9]{1,2}|[0-9][A-Z])")
_IN = re.compile(_INCODE)
_SHAPE = re.compile(r"[0-9][A-Z]{2}")
_TO_DIGIT = str.maketrans("OQILSBZG", "00115826")
LIKE_DIGITS = frozenset("0123456789OQILSBZG")
"""Digits and the letters that are taken for them: an incode begins with one of these."""
_TO_LETTER = str.maketrans("01586", "OISBG")
_LONGEST_POSTCODE = 8
"""Characters that are kept of what is no postcode."""


@dataclass(frozen=True, slots=True)
class PostcodeReading:
    """A postcode without its space, or an outcode alone, and whether letters or digits had to be exchanged."""

    text: str
    repaired: bool


@cache
def postcode_areas() -> frozenset[str]:
    """Return the letters with which a postcode may begin."""
    return frozenset(row[0] for row in rows_of("post_towns.tsv"))


def is_outcode(text: str) -> bool:
    """Return whether a text is an outcode of an existing area.

    >>> is_outcode("SW1A"), is_outcode("QQ1")
    (True, False)
    """
    match = _OUT.fullmatch(text)
    return match is not None and match["area"] in postcode_areas()


def is_incode(text: str) -> bool:
    """Return whether a text has the shape of the second half of a postcode."""
    return _IN.fullmatch(text) is not None


def is_postcode(text: str) -> bool:
    """Return whether a text is a whole postcode, written without a space."""
    match = _FULL.fullmatch(text)
    return match is not None and match["area"] in postcode_areas()


def postcode_area(tokens: Sequence[str]) -> str:
    """Return the letters with which the last postcode of a text begins; none where it has none.

    An outcode by itself is one at the end of a text alone: B2 may be a unit.

    >>> postcode_area(["UNIT", "B2", "LS1", "4AB"]), postcode_area(["LS14AB", "LEEDS"]), postcode_area(["UNIT", "B2", "LEEDS"])
    ('LS', 'LS', '')
    """
    for place in range(len(tokens) - 1, -1, -1):
        ended = place + 1 == len(tokens) or is_incode(tokens[place + 1])
        match = _FULL.fullmatch(tokens[place]) or (_OUT.fullmatch(tokens[place]) if ended else None)
        if match and match["area"] in postcode_areas():
            return match["area"]
    return ""


def incode_repairs(text: str) -> tuple[str, ...]:
    """Return the incodes a text may stand for when letters and digits were confused.

    >>> incode_repairs("OAA")
    ('0AA',)
    """
    if len(text) != 3:
        return ()
    repaired = text[0].translate(_TO_DIGIT) + text[1:].translate(_TO_LETTER)
    return (repaired,) if repaired != text and is_incode(repaired) else ()


def outcode_repairs(text: str) -> tuple[str, ...]:
    """Return the outcodes a text may stand for when letters and digits were confused.

    >>> outcode_repairs("SWIA"), outcode_repairs("M0")
    (('SW1A',), ())
    """
    found: dict[str, None] = {}
    for area_length in (2, 1):
        area, rest = text[:area_length].translate(_TO_LETTER), text[area_length:]
        if not 1 <= len(rest) <= 2:
            continue
        for tail in (
            rest.translate(_TO_DIGIT),
            rest[0].translate(_TO_DIGIT) + rest[1:].translate(_TO_LETTER),
        ):
            if area + tail != text and is_outcode(area + tail):
                found[area + tail] = None
    return tuple(found)


@lru_cache(maxsize=1 << 16)
def postcode_readings(text: str) -> tuple[PostcodeReading, ...]:
    """Return what a text without spaces may say as a postcode, the most literal reading first.

    >>> [r.text for r in postcode_readings("SWIA1AA")]
    ['SW1A1AA']
    """
    if is_postcode(text) or is_outcode(text):
        return (PostcodeReading(text, repaired=False),)
    found: dict[str, None] = {}
    if 5 <= len(text) <= 7:
        outward, inward = text[:-3], text[-3:]
        outwards = ((outward,) if is_outcode(outward) else ()) or outcode_repairs(outward)
        inwards = ((inward,) if is_incode(inward) else ()) or incode_repairs(inward)
        found.update(dict.fromkeys(o + i for o in outwards for i in inwards))
    if not found and len(text) <= 4:
        found.update(dict.fromkeys(outcode_repairs(text)))
    return tuple(PostcodeReading(code, repaired=True) for code in found)


def read_postcode(tokens: Sequence[str]) -> str:
    """Return the first whole postcode that neighbouring tokens spell, else an outcode, else the tokens as they are.

    One with a letter that no postcode ends in is a slip of the pen; the rest of it still tells.

    >>> read_postcode(["SW1A", "1AA"]), read_postcode(["SW", "1A", "1AA"]), read_postcode(["AB1"])
    ('SW1A1AA', 'SW1A1AA', 'AB1')
    >>> read_postcode(["SW1A", "1AC"])
    'SW1A1AC'
    """
    count = len(tokens)
    for repaired in (False, True):
        for start in range(count):
            for end in range(min(count, start + 4), start, -1):
                for reading in postcode_readings("".join(tokens[start:end]).replace("-", "")):
                    if len(reading.text) >= 5 and reading.repaired == repaired:
                        return reading.text
    whole = "".join(tokens)
    if is_outcode(whole[:-3]) and _SHAPE.fullmatch(whole[-3:]):
        return whole
    for token in tokens:
        for reading in postcode_readings(token):
            return reading.text
    return whole[:_LONGEST_POSTCODE]
