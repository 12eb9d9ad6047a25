"""The numerals of addresses: a number in figures and in words, and its ordinal in both."""

from typing import NamedTuple


class Numeral(NamedTuple):
    """One number as addresses write it."""

    figures: str
    word: str
    short_ordinal: str
    ordinal: str


NUMERALS = (
    Numeral("1", "ONE", "1ST", "FIRST"),
    Numeral("2", "TWO", "2ND", "SECOND"),
    Numeral("3", "THREE", "3RD", "THIRD"),
    Numeral("4", "FOUR", "4TH", "FOURTH"),
    Numeral("5", "FIVE", "5TH", "FIFTH"),
    Numeral("6", "SIX", "6TH", "SIXTH"),
    Numeral("7", "SEVEN", "7TH", "SEVENTH"),
    Numeral("8", "EIGHT", "8TH", "EIGHTH"),
    Numeral("9", "NINE", "9TH", "NINTH"),
    Numeral("10", "TEN", "10TH", "TENTH"),
    Numeral("11", "ELEVEN", "11TH", "ELEVENTH"),
    Numeral("12", "TWELVE", "12TH", "TWELFTH"),
)
"""Ascending from 1. Models and indexes learned from parts of this table, and whoever uses it says which."""
FIGURES: dict[str, str] = {numeral.word: numeral.figures for numeral in NUMERALS}
"""The figures of each number in words."""
_TEENS = ("THIRTEEN", "FOURTEEN", "FIFTEEN", "SIXTEEN", "SEVENTEEN", "EIGHTEEN", "NINETEEN")
_TENS = ("TWENTY", "THIRTY", "FORTY", "FIFTY", "SIXTY", "SEVENTY", "EIGHTY", "NINETY")
_UNITS = tuple(numeral.word for numeral in NUMERALS[:9])
HOUSE_NUMBERS: dict[str, int] = {
    **{word: int(figures) for word, figures in FIGURES.items()},
    **{word: number for number, word in enumerate(_TEENS, 13)},
    **{word: 10 * number for number, word in enumerate(_TENS, 2)},
    **{
        f"{ten}-{unit}": 10 * tens + units
        for tens, ten in enumerate(_TENS, 2)
        for units, unit in enumerate(_UNITS, 1)
    },
}
"""The numbers of houses that people write in words, up to 99, as numbers."""
HIGHER_ORDINALS: dict[str, str] = {
    **{_TEENS[place] + "TH": f"{number}TH" for place, number in enumerate(range(13, 20))},
    **{f"{ten.removesuffix('Y')}IETH": f"{10 * tens}TH" for tens, ten in enumerate(_TENS, 2)},
}
"""The ordinals in words that `NUMERALS` does not hold, in figures: THIRTEENTH, THIRTIETH."""
