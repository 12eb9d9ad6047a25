"""A reference and the queries whose premises it holds, as numbers that searches answer with."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from address_match.indexer.reference.reference_source import open_reference
from address_match.service.batch.input.query_file import read_query_file
from address_match.service.evaluation.evaluation_query import EvaluationQuery
from benchmarks.harness.synthetic import RESERVED, Country, evaluation_queries_of, reference_of

_ROWS_AT_ONCE = 50_000
NEVER = 0
"""Rank of a right premises that was not found."""


@dataclass(frozen=True, slots=True)
class Corpus:
    """Texts to find, and texts to find them by."""

    texts: Sequence[str]
    """Of the reference, row by row."""
    uprns: Sequence[str]
    """Of the premises of each text."""
    queries: Sequence[EvaluationQuery]

    @property
    def asked(self) -> list[str]:
        """The texts of the queries."""
        return [query.address for query in self.queries]

    @property
    def reserved(self) -> NDArray[np.bool_]:
        """Shape (queries,): whether the noise of a query is of a class that no training shows."""
        return np.array([query.kind in RESERVED for query in self.queries], dtype=bool)

    def ranks(self, rows: NDArray[np.int64]) -> NDArray[np.int64]:
        """Return for each query the place of its first right premises among those of `rows`, best first.

        `rows` has shape (queries, found), -1 for none; a premises of several texts counts once. `NEVER` where it is
        missing.
        """
        return np.array(
            [self._rank(query, near) for query, near in zip(self.queries, rows.tolist(), strict=True)],
            dtype=np.int64,
        )

    def _rank(self, query: EvaluationQuery, near: Sequence[int]) -> int:
        premises = dict.fromkeys(self.uprns[row] for row in near if row >= 0)
        for place, uprn in enumerate(premises, 1):
            if uprn in query.accepted:
                return place
        return NEVER


def corpus_of(country: Country, queries: int, *, reuse: bool) -> Corpus:
    """Read the reference of a synthetic country, and queries on streets that no learner has seen, none of them absent."""
    texts, uprns = read_reference(reference_of(country, reuse=reuse))
    return Corpus(texts, uprns, read_query_file(evaluation_queries_of(country, queries, 0.0, reuse=reuse)))


def read_reference(path: Path) -> tuple[list[str], list[str]]:
    """Read the texts of a reference, as an index encodes them, and the UPRN of each."""
    texts: list[str] = []
    uprns: list[str] = []
    for batch in open_reference(path).batches(_ROWS_AT_ONCE):
        texts += batch.column("address").to_pylist()
        uprns += batch.column("uprn").to_pylist()
    return texts, uprns
