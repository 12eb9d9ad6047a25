"""Words of digits that are no plain number: a number and a fraction, a day and a month that a spreadsheet made of two
numbers.
"""

import re
from typing import NamedTuple

_GLYPHS = {
    "1/2": "½",
    "1/3": "⅓",
    "2/3": "⅔",
    "1/4": "¼",
    "3/4": "¾",
    "1/8": "⅛",
    "3/8": "⅜",
    "5/8": "⅝",
    "7/8": "⅞",
}
FRACTIONS = {glyph: fraction for fraction, glyph in _GLYPHS.items()}
"""Each glyph, and the fraction that it shows."""
BIS, TER = "BIS", "TER"
"""Tell the second and the third house of a number, as letters do."""
_MIXED = re.compile(rf"([0-9]{{1,4}})-({'|'.join(_GLYPHS)}|{BIS}|{TER})")
_MONTHS = {
    month: number
    for number, month in enumerate(
        ("JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC"), 1
    )
}
_MONTH = "|".join(_MONTHS)
_DAY_MONTH = re.compile(rf"([0-9]{{1,2}})-({_MONTH})(?:-(?:[0-9]{{2}}|[0-9]{{4}}))?")
_MONTH_DAY = re.compile(rf"({_MONTH})-([0-9]{{1,2}})")
_DATE = re.compile(r"([0-9]{1,2})[/-]([0-9]{1,2})[/-](?:19|20)[0-9]{2}")
_DATE_BY_YEAR = re.compile(r"(?:19|20)[0-9]{2}-([0-9]{1,2})-([0-9]{1,2})")


class DayAndMonth(NamedTuple):
    """The two numbers of which a spreadsheet made a date, as they are written."""

    first: int
    second: int

    @property
    def low(self) -> int:
        """The smaller one."""
        return min(self)

    @property
    def high(self) -> int:
        """The greater one."""
        return max(self)


def mixed_number(token: str) -> tuple[int, str] | None:
    """Return the number and the fraction, as its glyph, of a token that is both; BIS and TER count as one.

    >>> mixed_number("12-1/2"), mixed_number("15-BIS"), mixed_number("12-14")
    ((12, '½'), (15, 'BIS'), None)
    """
    match = _MIXED.fullmatch(token)
    return (int(match[1]), _GLYPHS.get(match[2], match[2])) if match else None


def day_and_month(token: str) -> DayAndMonth | None:
    """Return the numbers of a token that a spreadsheet made a date of.

    >>> day_and_month("01-MAR"), day_and_month("2/3/2024"), day_and_month("12-14")
    (DayAndMonth(first=1, second=3), DayAndMonth(first=2, second=3), None)
    """
    if "-" not in token and "/" not in token:
        return None
    if match := _DAY_MONTH.fullmatch(token):
        return DayAndMonth(int(match[1]), _MONTHS[match[2]])
    if match := _MONTH_DAY.fullmatch(token):
        return DayAndMonth(_MONTHS[match[1]], int(match[2]))
    if match := _DATE.fullmatch(token) or _DATE_BY_YEAR.fullmatch(token):
        return DayAndMonth(int(match[1]), int(match[2]))
    return None


def plain_form(token: str) -> str:
    """Return the commoner token whose place in an address a mixed one takes: a number with a letter, a range; else the
    same.

    >>> plain_form("12-1/2"), plain_form("01-MAR"), plain_form("ELM")
    ('12A', '1-3', 'ELM')
    """
    if "-" not in token and "/" not in token:
        return token
    if mixed := mixed_number(token):
        return f"{mixed[0]}A"
    date = day_and_month(token)
    return f"{date.low}-{date.high}" if date else token
