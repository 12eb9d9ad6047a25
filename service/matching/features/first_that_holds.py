"""Relations that are read off conditions, the first that holds deciding."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray


def first_that_holds(cases: Sequence[tuple[NDArray[np.bool_], int]], otherwise: int) -> NDArray[np.int64]:
    """Return the relation beside the first condition that holds, in the shape of the conditions."""
    found = np.full(cases[0][0].shape, int(otherwise), dtype=np.int64)
    for condition, relation in reversed(cases):
        found[condition] = int(relation)
    return found
