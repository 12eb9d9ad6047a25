"""Ragged arrays: rows of different lengths, kept one after the other in one flat array.

The *bounds* of n rows are n + 1 places, ascending from 0: row i stands from `bounds[i]` to before `bounds[i + 1]`.
"""

from typing import Any

import numpy as np
from numpy.typing import NDArray

_ASKED_AT_ONCE = 1 << 14
"""Values whose rows are looked through together, so that these stay in the cache."""


def bounds_of(lengths: NDArray[Any]) -> NDArray[np.int64]:
    """Return the bounds of rows of these lengths, shape (rows + 1,).

    >>> bounds_of(np.array([2, 0, 3])).tolist()
    [0, 2, 2, 5]
    """
    bounds = np.zeros(len(lengths) + 1, dtype=np.int64)
    np.add.accumulate(lengths, out=bounds[1:])
    return bounds


def row_of_each(bounds: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return the row in which each value of the flat array stands.

    >>> row_of_each(np.array([0, 2, 2, 5])).tolist()
    [0, 0, 2, 2, 2]
    """
    return np.repeat(np.arange(len(bounds) - 1), np.diff(bounds))


def places_in_rows(
    bounds: NDArray[np.int64], rows: NDArray[Any]
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return where the values of chosen rows stand in the flat array, in the order asked for, and the bounds of the
    choice.

    >>> places, chosen = places_in_rows(np.array([0, 2, 2, 5]), np.array([2, 0]))
    >>> places.tolist(), chosen.tolist()
    ([2, 3, 4, 0, 1], [0, 3, 5])
    """
    return places_in_ranges(bounds[rows], bounds[rows + 1])


def places_in_ranges(
    starts: NDArray[np.int64], ends: NDArray[np.int64]
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return the places from each start to before its end, one range after the other, and the bounds of the ranges.

    >>> places, ranges = places_in_ranges(np.array([7, 1]), np.array([9, 4]))
    >>> places.tolist(), ranges.tolist()
    ([7, 8, 1, 2, 3], [0, 2, 5])
    """
    lengths = ends - starts
    bounds = bounds_of(lengths)
    return np.repeat(starts - bounds[:-1], lengths) + np.arange(bounds[-1]), bounds


def stand_in_rows(
    asked: NDArray[np.int64], rows: NDArray[np.int64], values: NDArray[np.int64], bounds: NDArray[np.int64]
) -> NDArray[np.bool_]:
    """Return for each value that is asked for whether it stands in its row of a ragged array, both being codes from 0 on.

    >>> values, bounds = np.array([7, 8, 9]), np.array([0, 2, 3])
    >>> stand_in_rows(np.array([8, 8]), np.array([0, 1]), values, bounds).tolist()
    [True, False]
    """
    lengths = np.diff(bounds)
    # Rows are short, so that to look at each of their places costs a third of what a table of hashes does.
    table = np.full((lengths.max(initial=0), len(lengths)), -1, dtype=np.int32)
    table[np.arange(len(values)) - bounds[:-1].repeat(lengths), row_of_each(bounds)] = values
    found = np.empty(len(asked), dtype=np.bool_)
    codes = asked.astype(np.int32)
    for start in range(0, len(asked), _ASKED_AT_ONCE):
        some = slice(start, start + _ASKED_AT_ONCE)
        (table.take(rows[some], axis=1) == codes[some]).any(axis=0, out=found[some])
    return found
