"""Which numbers are distinct, and where each stands among them: every question in the way that costs least."""

from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

_FEW_ROWS = 512
"""Codes up to which a range is spread out whatever its size."""
_FEW_NUMBERS = 2_048
"""Numbers up to which sorting them is done before Arrow has begun."""
_SPARSE = 64
"""Size of the range of codes, in codes, up to which one row is looked up for each and nothing is sorted."""


def distinct(numbers: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return the distinct ones of some numbers, shape (distinct,), ascending: what `np.unique` does, in a fifth of its
    time where equal numbers stand together.
    """
    # Texts of one premises and those of one street stand together, so that most numbers are those of the row before.
    ascending = np.sort(numbers[is_first_of_run(numbers)])
    found: NDArray[np.int64] = ascending[is_first_of_run(ascending)]
    return found


def is_first_of_run(numbers: NDArray[Any]) -> NDArray[np.bool_]:
    """Return for each number whether it is another than the one before.

    >>> is_first_of_run(np.array([7, 7, 2, 7])).tolist()
    [True, False, True, True]
    """
    return np.append(True, numbers[1:] != numbers[:-1])[: len(numbers)]


def places_among_distinct(numbers: NDArray[np.int64]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return the distinct ones of some numbers, ascending, and the place of each number among them: what `np.unique`
    does, sooner where equal ones stand together.

    >>> places_among_distinct(np.array([7, 7, 2, 7]))
    (array([2, 7]), array([1, 1, 0, 1]))
    """
    first = np.flatnonzero(is_first_of_run(numbers))
    found, places = np.unique(numbers[first], return_inverse=True)
    return found, np.repeat(places, np.diff(first, append=len(numbers)))


def times_of_each(ascending: NDArray[np.int64]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return the distinct ones of ascending numbers, and how often each stands there.

    >>> times_of_each(np.array([2, 2, 7]))
    (array([2, 7]), array([2, 1]))
    """
    first = np.flatnonzero(is_first_of_run(ascending))
    return ascending[first], np.diff(first, append=len(ascending))


def distinct_codes(codes: NDArray[np.int64], bound: int) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return the distinct values among codes in [0, bound), in any order, and for each code its position in them."""
    if bound > _SPARSE * len(codes) + _FEW_ROWS:
        return coded_numbers(codes)
    # Of equal codes one row stands for all, whichever is written last: what was never written is never read.
    rows = np.arange(len(codes))
    last_row = np.empty(bound, dtype=np.int64)
    last_row[codes] = rows
    distinct = codes[last_row[codes] == rows]
    last_row[distinct] = rows[: len(distinct)]
    return distinct, last_row[codes]


def coded_numbers(numbers: NDArray[np.int64]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return the distinct ones among any numbers, in any order, and for each number its position in them."""
    if len(numbers) <= _FEW_NUMBERS:
        distinct, codes = np.unique(numbers, return_inverse=True)
        return distinct, codes
    # Arrow's tables of hashes find equal numbers several times sooner than sorting does.
    coded = pa.array(numbers).dictionary_encode()
    return coded.dictionary.to_numpy(), coded.indices.to_numpy().astype(np.int64)


def are_among(wanted: NDArray[np.int64], held: NDArray[np.int64], bound: int) -> NDArray[np.bool_]:
    """Return for each code in [0, bound) whether it is one of those that are held."""
    if bound > _SPARSE * len(wanted) + _FEW_ROWS:
        found: NDArray[np.bool_] = pc.is_in(pa.array(wanted), value_set=pa.array(held)).to_numpy(False)
        return found
    marked = np.zeros(bound, dtype=bool)
    marked[held] = True
    return marked[wanted]
