import re
from enum import IntEnum

import numpy as np
import numpy.typing as npt


class NumberPair(IntEnum):
    """How a number relates to the one that follows it."""

    NONE = 0
    """One of them is missing."""
    RANGE = 1
    """The ends of a range, on one side of the street: 42 44."""
    NEIGHBOURS = 2
    """41 42."""
    RISING = 3
    """3 14: a flat and its house, rather than a range."""
    FALLING = 4
    """14 3."""


_WIDEST_RANGE = 16
_FRACTION = re.compile(r"([0-9]{1,4})[A-Z]?/([0-9]{1,4})[A-Z]?")


def number_pairs(first: npt.NDArray[np.int64], second: npt.NDArray[np.int64]) -> npt.NDArray[np.int64]:
    """Compare numbers with those that follow them, element by element; 0 stands for none.

    >>> number_pairs(np.array([42, 3, 14]), np.array([44, 14, 3])).tolist()
    [1, 3, 4]
    """
    gap = second - first
    pair = np.where(gap > 0, int(NumberPair.RISING), int(NumberPair.FALLING))
    # A house has flats from 1 on, so that a small first number says more of a flat than of a range.
    pair[(gap > 0) & (gap % 2 == 0) & (gap <= np.minimum(_WIDEST_RANGE, first))] = NumberPair.RANGE
    pair[gap == 1] = NumberPair.NEIGHBOURS
    pair[(first <= 0) | (second <= 0)] = NumberPair.NONE
    return pair


def pair_within(text: str) -> NumberPair:
    """Compare the two numbers of a token with a slash; NONE of any other token.

    >>> pair_within("42/44").name, pair_within("14/3").name, pair_within("12").name
    ('RANGE', 'FALLING', 'NONE')
    """
    match = _FRACTION.fullmatch(text)
    if match is None:
        return NumberPair.NONE
    return NumberPair(int(number_pairs(np.array([int(match[1])]), np.array([int(match[2])]))[0]))
