"""The threshold above which the largest of some values lie; to find it costs less than to sort them all."""

from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

Number = TypeVar("Number", np.float32, np.float64)
_TOGETHER = 64
"""Values of which the largest is found at once."""
_LEAST = 2_048
"""Values from which on it costs less to leave most of them out first."""


def kth_largest(values: NDArray[Number], k: int) -> Number:
    """Return the least of the k largest values; of all of them, at least one, where they are fewer."""
    if len(values) >= max(_LEAST, 4 * k * _TOGETHER):
        # The k groups with the largest values hold k values that are no less than the least of these: nothing below is among the k largest.
        whole = len(values) - len(values) % _TOGETHER
        values = values[values >= _kth(values[:whole].reshape(-1, _TOGETHER).max(axis=1), k)]
    return _kth(values, k)


def _kth(values: NDArray[Number], k: int) -> Number:
    place = max(len(values) - k, 0)
    threshold: Number = np.partition(values, place)[place]
    return threshold
