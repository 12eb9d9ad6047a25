"""Vectors as whole numbers, as every engine keeps and compares them.

Queries are rounded as the texts are: sums of products of such numbers are exact in single precision up to 1,040
dimensions, so an answer depends neither on the order of the sums nor on the other queries of a batch.
"""

import numpy as np
from numpy.typing import NDArray

SCALE = 127.0
"""By which unit vectors are multiplied before they are rounded."""


def quantise(vectors: NDArray[np.float32]) -> NDArray[np.int8]:
    """Round unit vectors of any shape times `SCALE` to whole numbers in [-127, 127]."""
    rounded: NDArray[np.int8] = np.rint(np.clip(vectors * SCALE, -SCALE, SCALE)).astype(np.int8)
    return rounded


def cosines_of_products(products: NDArray[np.float32]) -> NDArray[np.float32]:
    """Return the cosines, about [-1, 1], of pairs of vectors from the products of their rounded numbers, in the same
    shape.
    """
    cosines: NDArray[np.float32] = products / np.float32(SCALE * SCALE)
    return cosines
