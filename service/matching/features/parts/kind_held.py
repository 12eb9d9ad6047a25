"""Whether parts of the asked kind are held where a candidate has the asked number in another: beside SUITE 4, UNIT 5 is
no SUITE 5.
"""

import numpy as np
from numpy.typing import NDArray

from address_match.service.matching.features.columns.pairs import Pairs
from address_match.service.matching.features.feature import Feature, Field

_KIND = "unit_kind"


def kind_held(pairs: Pairs) -> NDArray[np.int64]:
    """Return 1 where the candidate calls its part differently from the query, and one in its building and street has the
    asked word.

    By itself UNIT 5 may be what is asked for as SUITE 5.
    """
    held = np.zeros(len(pairs), dtype=np.int64)
    asked, found = pairs.of_query(_KIND), pairs.of_text(_KIND)
    rows = (asked.said_at(pairs.query) & found.said_at(pairs.text)).nonzero()[0]
    if not len(rows):
        return held
    places = pairs.of_text("building").joined(pairs.of_text("street")).codes[pairs.text[rows]].tolist()
    queries = pairs.query[rows].tolist()
    words = [
        (frozenset(q.split()), frozenset(c.split()))
        for q, c in zip(asked.at(pairs.query[rows]), found.at(pairs.text[rows]), strict=True)
    ]
    known = {
        (query, place, word)
        for query, place, (_, c) in zip(queries, places, words, strict=True)
        for word in c
    }
    held[rows] = [
        any((query, place, word) in known for word in q - c)
        for query, place, (q, c) in zip(queries, places, words, strict=True)
    ]
    return held


KIND_HELD = Feature(name="kind_held", field=Field.FLAT, compute=kind_held, ranked=False)
