"""Postcodes as they are typed, whole or in part."""

import re

from address_match.parser.tokens import fold

_START = re.compile(r"([A-Z]{1,2}[0-9][0-9A-Z]?)( ?)([0-9][A-Z]{0,2})?")
_WHOLE = re.compile(r"([A-Z]{1,2}[0-9][0-9A-Z]?) ?([0-9][A-Z]{2})")


def postcode_start(text: str) -> str:
    """Return how postcodes start that a text writes or begins to write, one space between its halves; empty where it is
    none.

    A text needs its first digit: letters alone begin too many. Without a space it starts all that begin so.

    >>> postcode_start("ab12cd"), postcode_start("AB1 "), postcode_start("ab12"), postcode_start("ab")
    ('AB1 2CD', 'AB1 ', 'AB12', '')
    """
    written = text if _WHOLE.fullmatch(text) else re.sub(r"\s+", " ", fold(text)).lstrip()
    if whole := _WHOLE.fullmatch(written.rstrip()):
        return " ".join(whole.groups())
    return written if _START.fullmatch(written) else ""


def is_whole(start: str) -> bool:
    """Return whether that is a whole postcode.

    >>> is_whole("AB1 2CD"), is_whole("AB1 2C")
    (True, False)
    """
    return _WHOLE.fullmatch(start) is not None


def spaced(postcode: str) -> str:
    """Write a whole postcode with a space between its halves; any other text is left as it is.

    >>> spaced("AB12CD")
    'AB1 2CD'
    """
    whole = _WHOLE.fullmatch(postcode)
    return " ".join(whole.groups()) if whole else postcode
