"""Which queries are compared under alternative parses, and under how many."""

from collections.abc import Sequence

import numpy as np

from address_match.parser.parsed_address import NBestPolicy, ParsedAddress
from address_match.service.matching.query.query_columns import (
    NO_ALTERNATIVES,
    AlternativeParses,
    FieldColumns,
)

MOST_ALTERNATIVE_PARSES = 2
NBEST_POLICY = NBestPolicy(below=0.6, most=MOST_ALTERNATIVE_PARSES, least_likely=0.25)
"""Which parses are so unsure that alternatives are taken into account."""


def alternative_parses(texts: Sequence[ParsedAddress]) -> AlternativeParses:
    """Lay out the alternative parses of texts that were parsed under `NBEST_POLICY`."""
    queries = [row for row, text in enumerate(texts) for _ in text.alternatives]
    if not queries:
        return NO_ALTERNATIVES
    fields = FieldColumns([alternative for text in texts for alternative in text.alternatives])
    return AlternativeParses(np.array(queries, dtype=np.int64), fields)
