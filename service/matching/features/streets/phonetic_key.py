"""How a name sounds: a key that misspellings by ear and dropped vowels leave as it is."""

import re
from functools import lru_cache

_AS_HEARD: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(written), heard)
    for written, heard in (
        (r"X", "KS"),
        (r"\b(?:KN|GN|PN)", "N"),
        (r"\bWR", "R"),
        (r"\bWH", "W"),
        (r"\bPS", "S"),
        (r"PH", "F"),
        (r"TCH", "C"),
        (r"SCH|SH", "X"),
        (r"C[HK]|Q", "K"),
        (r"GHT", "T"),
        (r"GH\b", ""),
        (r"DG", "J"),
        (r"C(?=[EIY])|Z", "S"),
        (r"C", "K"),
        (r"G(?=[EIY])", "J"),
        (r"MB\b", "M"),
        (r"V", "F"),
    )
)
"""Rules of English spelling in the order in which they are applied, after Philips' Metaphone (1990), fewer of them; X
stands for SH.
"""
_SILENT = re.compile(r"(?<=[A-Z])[AEIOUYHW]+")
_FIRST_VOWEL = re.compile(r"\b[AEIOUY]")
_TWICE = re.compile(r"(.)\1+")


@lru_cache(maxsize=1 << 16)
def sound(name: str) -> str:
    """Return the consonants of a name as they are heard, its words run together; a first vowel is A.

    >>> sound("SADDLER") == sound("SADLER") == sound("SDLR"), sound("PHILIP") == sound("FILLIP")
    (True, True)
    """
    heard = name
    for written, as_heard in _AS_HEARD:
        heard = written.sub(as_heard, heard)
    heard = _FIRST_VOWEL.sub("A", _SILENT.sub("", heard))
    return _TWICE.sub(r"\1", heard.replace(" ", ""))
