"""Numbers that ascend, among which others are looked for."""

from typing import Any

import numpy as np
from numpy.typing import NDArray


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
    places = np.minimum(np.searchsorted(ascending, values), len(ascending) - 1)
    return places, ascending[places] == values
