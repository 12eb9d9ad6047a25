"""Columns of comparison levels: how they are made of conditions, and where they have some of their members."""

from collections.abc import Sequence
from enum import IntEnum
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

_MOST_LEVELS = 32
"""No feature has as many."""
_NUMBERS = {
    np.dtype(kind).char: [np.array(number, dtype=kind) for number in range(_MOST_LEVELS)]
    for kind in (np.float32, np.int64)
}
"""The numbers of levels as arrays of no dimension, by the code of the type of a column."""


def first_that_holds(cases: Sequence[tuple[NDArray[np.bool_], int]], otherwise: int) -> NDArray[np.int64]:
    """Return the level beside the first condition that holds, in the shape of the conditions."""
    found = np.full(cases[0][0].shape, int(otherwise), dtype=np.int64)
    for condition, level in reversed(cases):
        found[condition] = int(level)
    return found


def is_level(column: NDArray[np.float32] | NDArray[np.int64], level: IntEnum) -> NDArray[np.bool_]:
    """Return for each value of a column of levels whether it is this one; numpy takes four times as long to compare few
    values with a number of Python, or with a member of an enum.
    """
    found: NDArray[np.bool_] = column == _NUMBERS[column.dtype.char][level]
    return found


def is_one_of(
    column: NDArray[np.float32] | NDArray[np.int64], levels: tuple[IntEnum, ...]
) -> NDArray[np.bool_]:
    """Return for each value of a column of levels whether it is one of a few of them."""
    found: NDArray[np.bool_] = _members(levels)[column.astype(np.intp)]
    return found


@lru_cache(maxsize=256)
def _members(levels: tuple[IntEnum, ...]) -> NDArray[np.bool_]:
    """Return for each number of a level whether it is one of these, shape (_MOST_LEVELS,).

    Levels of two features with the same numbers are equal, and share what is kept: it has room for those of any
    feature.
    """
    members = np.zeros(_MOST_LEVELS, dtype=bool)
    members[list(levels)] = True
    return members
