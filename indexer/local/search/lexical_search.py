"""Which texts share the rare words of queries."""

from collections.abc import Sequence
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from address_match.indexer.lexical.query_terms import QueryTerms, TermWeighting, length_factor
from address_match.indexer.local.stored.postings import Postings
from address_match.indexer.local.stored.texts import TextStore

_ORDERED = 60
_QUERIES_AT_ONCE = 64
"""Queries whose proposed texts are read and ordered together."""

Rows = NDArray[np.int64]


class LexicalSearch:
    """Finds the texts that share the rarest words with a query, for many queries at once."""

    def __init__(self, texts: TextStore, term_weighting: TermWeighting, postings: Postings) -> None:
        self._texts = texts
        self._term_weighting = term_weighting
        self._postings = postings
        lengths = texts.lengths.astype(np.float32)
        self._length_factor = length_factor(lengths, float(lengths.mean()) if len(lengths) else 1.0)

    def search(self, terms: Sequence[QueryTerms], limit: int) -> list[Rows]:
        """Return for each query the rows of its best texts, at most `limit`, best first, ties by row."""
        best: list[Rows] = []
        for start in range(0, len(terms), _QUERIES_AT_ONCE):
            best.extend(self._best(terms[start : start + _QUERIES_AT_ONCE], limit))
        return best

    def _best(self, terms: Sequence[QueryTerms], limit: int) -> list[Rows]:
        factors = [
            self._term_weighting.factors(words, self._term_weighting.essential(words)) for words in terms
        ]
        proposed = self._postings.best(factors, max(_ORDERED, 4 * limit))
        bounds = np.cumsum([0, *(len(rows) for rows in proposed)])
        rows = np.concatenate(proposed)
        shared = self._term_weighting.shared_with_each(terms, *self._texts.terms_of(rows), bounds)
        scores = -shared * self._length_factor[rows]
        return [
            rows[start:end][np.lexsort((rows[start:end], scores[start:end]))[:limit]]
            for start, end in pairwise(bounds.tolist())
        ]
