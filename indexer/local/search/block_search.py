"""Which texts of the postcodes that queries name, and on request of their streets' numbers, are proposed, where they
are more than are wanted.
"""

from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from address_match.indexer.lexical.query_terms import (
    ASKED_NUMBER,
    COSINE_AGAINST_RARITY,
    QueryTerms,
    TermWeighting,
    has_number,
)
from address_match.indexer.local.stored.blocks import Blocks
from address_match.indexer.local.stored.street_numbers import StreetNumbers
from address_match.indexer.local.stored.texts import TextStore
from address_match.indexer.local.stored.vectors import VectorStore
from address_match.indexer.retrieval import Query

_ROWS_AT_ONCE = 4_096
"""Rows whose vectors are compared together: they stay in the cache, however many stand in a postcode."""

Rows = NDArray[np.int64]


class BlockSearch:
    """Finds the texts in the postcodes of queries that share most with them, for many queries at once; on request among
    those too that name the same number of a street.
    """

    def __init__(
        self,
        blocks: Blocks,
        street_numbers: StreetNumbers | None,
        texts: TextStore,
        term_weighting: TermWeighting,
        vectors: VectorStore,
    ) -> None:
        self._blocks = blocks
        self._street_numbers = street_numbers
        self._texts = texts
        self._term_weighting = term_weighting
        self._vectors = vectors

    def search(
        self,
        queries: Sequence[Query],
        known: Sequence[NDArray[np.int64]],
        vectors: NDArray[np.float32],
        limit: int,
        *,
        by_street_number: bool = False,
    ) -> dict[int, Rows]:
        """Return the rows of at most `limit` texts by the position of each query that names a postcode, or with
        `by_street_number` a number of a street.

        `known` are the words of each query as `TermWeighting.known_words` gives them, `vectors` its rounded vectors,
        shape (queries, dimensions). Ties go to the lower row.
        """
        naming = [i for i, query in enumerate(queries) if query.postcodes]
        rows_of = self._blocks.rows_in_each([queries[i].postcodes for i in naming])
        found = dict(zip(naming, rows_of, strict=True))
        if by_street_number and self._street_numbers is not None:
            found = self._with_street_numbers(queries, found, self._street_numbers)
        crowded = {i: rows for i, rows in found.items() if len(rows) > limit}
        for some in _groups(crowded):
            terms = [self._term_weighting.weighted(queries[i], known[i]) for i in some]
            numbers = [queries[i].number for i in some]
            best = self._best([crowded[i] for i in some], terms, vectors[some], numbers, limit)
            found.update(zip(some, best, strict=True))
        return found

    @staticmethod
    def _with_street_numbers(
        queries: Sequence[Query], found: dict[int, Rows], street_numbers: StreetNumbers
    ) -> dict[int, Rows]:
        """Return the rows that are found, and those of the texts that name the same number of a street as a query."""
        naming = [i for i, query in enumerate(queries) if query.street_numbers]
        more = street_numbers.rows_of_each([queries[i].street_numbers for i in naming])
        return found | {i: _together(found.get(i), rows) for i, rows in zip(naming, more, strict=True)}

    def _best(
        self,
        rows: Sequence[Rows],
        terms: Sequence[QueryTerms],
        vectors: NDArray[np.float32],
        numbers: Sequence[int],
        limit: int,
    ) -> NDArray[np.int64]:
        """Return the best rows of each query, shape (queries, limit); each has more than `limit`."""
        sizes = np.array([len(part) for part in rows])
        ends = np.cumsum(sizes)
        query, row = np.repeat(np.arange(len(rows)), sizes), np.concatenate(rows)
        shared = self._term_weighting.shared_with_each(terms, *self._texts.terms_of(row), np.append(0, ends))
        scores = shared + COSINE_AGAINST_RARITY * self._vectors.cosines_with_each(vectors[query], row)
        scores[has_number(*self._texts.numbers(row), np.array(numbers)[query])] += ASKED_NUMBER
        order = np.lexsort((row, -scores, query))
        best: NDArray[np.int64] = row[order[(ends - sizes)[:, None] + np.arange(limit)]]
        return best


def _together(rows: Rows | None, more: Rows) -> Rows:
    """Return rows and those of some more that are not among them."""
    if rows is None or not len(rows):
        return more
    # As a rule all are, which a set of a few dozen tells soonest.
    among = set(rows.tolist())
    others = [row for row in more.tolist() if row not in among]
    return np.append(rows, others) if others else rows


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
