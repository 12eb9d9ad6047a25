"""Numbers that ascend, among which others are looked for."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

_FIRST_BITS = np.uint64(48)
"""By so many bits a hash is shifted so that its first 16 are left."""


def places_among(
    values: NDArray[Any], ascending: NDArray[Any]
) -> tuple[NDArray[np.int64], NDArray[np.bool_]]:
    """Return where each value stands among others, which ascend, and whether it does; the place of one that does not
    means nothing.

    >>> places, found = places_among(np.array([3, 4]), np.array([1, 3]))
    >>> places.tolist(), found.tolist()
    ([1, 1], [True, False])
    """
    if not len(ascending):
        return np.zeros(values.shape, dtype=np.int64), np.zeros(values.shape, dtype=np.bool_)
    places = np.minimum(ascending.searchsorted(values), len(ascending) - 1)
    return places, ascending[places] == values


class HashesAmong:
    """Finds hashes among others; of most that are none of them the first 16 bits tell it."""

    def __init__(self, ascending: NDArray[np.uint64]) -> None:
        """Take the hashes among which is looked, distinct and ascending."""
        self._ascending = ascending
        self._begun = np.zeros(1 << 16, dtype=np.bool_)
        self._begun[ascending >> _FIRST_BITS] = True

    def find(self, hashes: NDArray[np.uint64]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """Return which of some hashes, shape (hashes,), are among them, ascending, and where each of these stands.

        >>> among = HashesAmong(np.array([3, 5 << 60], dtype=np.uint64))
        >>> [found.tolist() for found in among.find(np.array([5 << 60, 4, 3], dtype=np.uint64))]
        [[0, 2], [1, 0]]
        """
        rows = np.flatnonzero(self._begun[hashes >> _FIRST_BITS])
        places, found = places_among(hashes[rows], self._ascending)
        return rows[found], places[found]
