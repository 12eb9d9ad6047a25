"""The letters of a house number, of which one text may name several: 12A beside 12A-C, 12A beside 12-12A."""

import re

_SEVERAL = re.compile(r"([A-Z]?)-([A-Z])")


def among(letter: str, several: str) -> bool:
    """Return whether a letter, or none, is one of several: B of A-C, none of -A.

    >>> among("B", "A-C"), among("", "-A"), among("D", "A-C"), among("A", "A")
    (True, True, False, False)
    """
    ends = _SEVERAL.fullmatch(several)
    return ends is not None and len(letter) <= 1 and ends[1] <= letter <= ends[2]


def at_an_end(letter: str, several: str) -> bool:
    """Return whether a letter, or none, is written among several: A and C of A-C, which name the whole as 42 does
    42-44.
    """
    ends = _SEVERAL.fullmatch(several)
    return ends is not None and letter in ends.groups()
