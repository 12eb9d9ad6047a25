"""How near the vectors of query and candidate are."""

from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from address_match.service.matching.features.columns.pairs import Pairs
from address_match.service.matching.features.feature import Feature, Field

_SCALE = np.float32(127)
"""What a coordinate of 1 is in the candidates' vectors of eight bits."""


def cosine(pairs: Pairs) -> NDArray[np.float32]:
    """Return the cosine of query and candidate vectors, in [-1, 1]."""
    products = np.empty(len(pairs), dtype=np.float32)
    starts = pairs.query.searchsorted(np.arange(len(pairs.queries.vectors) + 1)).tolist()
    for query, (start, end) in enumerate(pairwise(starts)):
        if start < end:
            nearby = pairs.candidates.vectors[pairs.text[start:end]].astype(np.float32)
            products[start:end] = nearby @ pairs.queries.vectors[query]
    products /= _SCALE
    return products.clip(-1, 1, out=products)


COSINE = Feature(name="cosine", field=Field.WORDS, compute=cosine, monotone=1, last=True)
