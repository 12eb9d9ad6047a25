"""Relations that are read off conditions, the first that holds deciding."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray


def first_that_holds(cases: Sequence[tuple[NDArray[np.bool_], int]], otherwise: int) -> NDArray[np.int64]:
    """Return for each row the relation beside the first condition that holds, shape (rows,)."""
    found = np.full(len(cases[0][0]), int(otherwise), dtype=np.int64)
    for condition, relation in reversed(cases):
        found[condition] = int(relation)
    return found
