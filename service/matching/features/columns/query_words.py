"""The words of the queries of a batch, and how rare each is in the reference."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from address_match.indexer.lexical.analysis import are_words, term_id
from address_match.indexer.retrieval import TermStatistics


@dataclass(frozen=True, slots=True)
class QueryWords:
    """The words without digits of all queries of a batch, one query's behind the other's."""

    words: list[str]
    counts: NDArray[np.int64]
    """Shape (queries,): words of each query."""
    owner: NDArray[np.int64]
    """Shape (words,), as the three below: the query, ascending."""
    ids: NDArray[np.int64]
    """`address_match.indexer.lexical.analysis.term_id`."""
    known: NDArray[np.bool_]
    """Whether the reference has the word."""
    weights: NDArray[np.float64]
    """Rarity in the reference."""

    @classmethod
    def of(cls, queries: Sequence[Sequence[str]], statistics: TermStatistics) -> "QueryWords":
        """Take the words without digits out of the terms of queries."""
        flat = [term for terms in queries for term in terms]
        ids = np.fromiter(map(term_id, flat), dtype=np.int64, count=len(flat))
        lengths = np.fromiter(map(len, queries), dtype=np.int64, count=len(queries))
        words = are_words(ids).nonzero()[0]
        owner = np.arange(len(queries)).repeat(lengths)[words]
        ids = ids[words]
        frequencies = statistics.frequencies(ids)
        return cls(
            [flat[i] for i in words.tolist()],
            np.bincount(owner, minlength=len(queries)),
            owner,
            ids,
            frequencies > 0,
            rarity(frequencies, statistics.texts),
        )

    def total(self, weights: NDArray[np.float64]) -> NDArray[np.float64]:
        """Add up weights of the words, shape (words,), for each query, shape (queries,)."""
        return np.bincount(self.owner, weights, minlength=len(self.counts)).astype(np.float64)


def rarity(frequencies: NDArray[np.int64], texts: int) -> NDArray[np.float64]:
    """Return the inverse document frequency, log((N + 1) / (df + 1)), at least 0 (Spärck Jones 1972)."""
    return np.maximum(np.log((texts + 1) / (frequencies + 1)), 0.0)
