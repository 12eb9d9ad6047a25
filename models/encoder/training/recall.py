import numpy as np
from numpy.typing import NDArray


def pair_recall(first: NDArray[np.float32], second: NDArray[np.float32]) -> float:
    """Return the share of the first vectors to which the second of their own pair is the nearest; ties do not count."""
    cosines = first @ second.T
    own = cosines.diagonal().copy()
    np.fill_diagonal(cosines, -2.0)
    return float((own > cosines.max(axis=1)).mean())
