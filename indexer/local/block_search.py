"""Which texts of the postcodes that queries name are proposed, where they are more than are wanted."""

from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from address_match.indexer.lexical.query_terms import COSINE_AGAINST_RARITY, QueryTerms, TermWeighting
from address_match.indexer.local.blocks import Blocks
from address_match.indexer.local.texts import TextStore
from address_match.indexer.local.vectors import VectorStore
from address_match.indexer.retrieval import Query

_ROWS_AT_ONCE = 4_096
"""Rows whose vectors are compared together: they stay in the cache, however many stand in a postcode."""

Rows = NDArray[np.int64]


class BlockSearch:
    """Finds the texts in the postcodes of queries that share most with them, for many queries at once."""

    def __init__(
        self, blocks: Blocks, texts: TextStore, term_weighting: TermWeighting, vectors: VectorStore
    ) -> None:
        self._blocks = blocks
        self._texts = texts
        self._term_weighting = term_weighting
        self._vectors = vectors

    def search(
        self,
        queries: Sequence[Query],
        known: Sequence[NDArray[np.int64]],
        vectors: NDArray[np.float32],
        limit: int,
    ) -> dict[int, Rows]:
        """Return the rows of at most `limit` texts by the position of each query that names a postcode.

        `known` are the words of each query as `TermWeighting.known_words` gives them, `vectors` its rounded vectors, shape
        (queries, dimensions). Ties go to the lower row.
        """
        naming = [i for i, query in enumerate(queries) if query.postcodes]
        rows_of = self._blocks.rows_in_each([queries[i].postcodes for i in naming])
        found = dict(zip(naming, rows_of, strict=True))
        crowded = {i: rows for i, rows in found.items() if len(rows) > limit}
        for some in _groups(crowded):
            terms = [self._term_weighting.weighted(queries[i], known[i]) for i in some]
            best = self._best([crowded[i] for i in some], terms, vectors[some], limit)
            found.update(zip(some, best, strict=True))
        return found

    def _best(
        self,
        rows: Sequence[Rows],
        terms: Sequence[QueryTerms],
        vectors: NDArray[np.float32],
        limit: int,
    ) -> NDArray[np.int64]:
        """Return the best rows of each query, shape (queries, limit); each has more than `limit`."""
        sizes = np.array([len(part) for part in rows])
        ends = np.cumsum(sizes)
        query, row = np.repeat(np.arange(len(rows)), sizes), np.concatenate(rows)
        shared = self._term_weighting.shared_with_each(terms, *self._texts.terms_of(row), np.append(0, ends))
        scores = shared + COSINE_AGAINST_RARITY * self._vectors.cosines_with_each(vectors[query], row)
        order = np.lexsort((row, -scores, query))
        best: NDArray[np.int64] = row[order[(ends - sizes)[:, None] + np.arange(limit)]]
        return best


def _groups(rows: dict[int, Rows]) -> Iterator[list[int]]:
    """Put queries together up to `_ROWS_AT_ONCE` rows, at least one."""
    group: list[int] = []
    size = 0
    for query, some in rows.items():
        if group and size + len(some) > _ROWS_AT_ONCE:
            yield group
            group, size = [], 0
        group.append(query)
        size += len(some)
    if group:
        yield group
