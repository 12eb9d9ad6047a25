"""The threshold above which the largest of some values lie; to find it costs less than to sort them all."""

from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

Number = TypeVar("Number", np.float32, np.float64)


def kth_largest(values: NDArray[Number], k: int) -> Number:
    """Return the least of the k largest values; of all of them, at least one, where they are fewer."""
    place = max(len(values) - k, 0)
    threshold: Number = np.partition(values, place)[place]
    return threshold
