"""Queries that name neither town nor postcode, so that the reference alone can tell in which town their premises stands."""

import numpy as np
from numpy.typing import NDArray

from address_match.service.matching.features.columns.pairs import Pairs, once_per_batch
from address_match.service.matching.features.feature import Compute


def of_the_unplaced(compute: Compute, otherwise: float = 0) -> Compute:
    """Compute a feature for pairs of such queries; rules ask for it of no others, whose value is `otherwise`."""

    def computed(pairs: Pairs) -> NDArray[np.float32] | NDArray[np.int64]:
        unplaced = _are_unplaced(pairs)
        if not unplaced.any():
            return np.full(len(pairs), otherwise, dtype=np.float32)
        return np.where(unplaced[pairs.query], compute(pairs), otherwise)

    return computed


@once_per_batch
def _are_unplaced(pairs: Pairs) -> NDArray[np.bool_]:
    """Return which queries name neither, shape (queries,)."""
    named = pairs.of_query("town").said_by_row() | pairs.of_query("reading_postcode").said_by_row()
    return ~named
