"""Both sides of a comparison as columns, so that features are computed over all pairs at once."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray
from rapidfuzz.process import cpdist

from indexer.record import READING_SCHEMA
from indexer.retrieval import Candidates, TermStatistics
from parser.reading import READING_FIELDS, Reading

Scorer = Callable[..., float]


@dataclass(frozen=True, slots=True)
class QueryColumns:
    """What the queries of a batch say, row by row."""

    readings: pa.Table
    """Columns of `indexer.record.READING_SCHEMA`, one row a query."""
    terms: tuple[tuple[str, ...], ...]
    """Words of each query as `indexer.analysis.terms` gives them."""
    vectors: NDArray[np.float32]
    """Shape (queries, dimensions), unit rows."""
    parse_probability: NDArray[np.float64]
    """Shape (queries,): of the whole parse, in [0, 1]."""


def readings_table(readings: Sequence[Reading]) -> pa.Table:
    """Lay readings out as a table with the columns of `READING_SCHEMA`."""
    arrays = [
        pa.array([getattr(reading, name) for reading in readings], type=field.type)
        for name, field in zip(READING_FIELDS, READING_SCHEMA, strict=True)
    ]
    return pa.Table.from_arrays(arrays, schema=READING_SCHEMA)


@dataclass(frozen=True)
class Pairs:
    """All pairs of a batch: for each, a row of the queries and a row of the candidate texts."""

    queries: QueryColumns
    candidates: Candidates
    statistics: TermStatistics

    def __len__(self) -> int:
        return len(self.candidates.query)

    @cached_property
    def query(self) -> NDArray[np.int64]:
        """Shape (pairs,): row of the query."""
        return self.candidates.query.astype(np.int64)

    @cached_property
    def text(self) -> NDArray[np.int64]:
        """Shape (pairs,): row of the candidate text."""
        return self.candidates.text.astype(np.int64)

    def query_strings(self, field: str) -> list[str]:
        """Return a reading's field of every query."""
        strings: list[str] = self.queries.readings.column(field).to_pylist()
        return strings

    def text_strings(self, field: str) -> list[str]:
        """Return a column of every candidate text."""
        strings: list[str] = self.candidates.texts.column(field).to_pylist()
        return strings

    def query_numbers(self, field: str) -> NDArray[np.int64]:
        """Return an integer field of the query, per pair."""
        column: NDArray[np.int64] = self.queries.readings.column(field).to_numpy().astype(np.int64)
        return column[self.query]

    def text_numbers(self, field: str) -> NDArray[np.int64]:
        """Return an integer column of the candidate text, per pair."""
        column: NDArray[np.int64] = self.candidates.texts.column(field).to_numpy().astype(np.int64)
        return column[self.text]

    def distinct(self, left: Sequence[str], right: Sequence[str]) -> "DistinctPairs":
        """Reduce pairs of a query's string and a text's string to the distinct ones among them."""
        return DistinctPairs.of(self.query, self.text, left, right)


@dataclass(frozen=True, slots=True)
class DistinctPairs:
    """The distinct pairs of strings behind many pairs, so that a comparison is paid once for each."""

    left: list[str]
    right: list[str]
    inverse: NDArray[np.int64]
    """Shape (pairs,): position in `left` and `right`."""

    @classmethod
    def of(
        cls,
        query: NDArray[np.int64],
        text: NDArray[np.int64],
        left: Sequence[str],
        right: Sequence[str],
    ) -> "DistinctPairs":
        """Find the distinct (left[query], right[text])."""
        left_codes, left_values = _factorise(left)
        right_codes, right_values = _factorise(right)
        keys = left_codes[query] * max(1, len(right_values)) + right_codes[text]
        distinct, inverse = np.unique(keys, return_inverse=True)
        width = max(1, len(right_values))
        return cls(
            [left_values[i] for i in (distinct // width).tolist()],
            [right_values[i] for i in (distinct % width).tolist()],
            inverse.astype(np.int64),
        )

    def similarity(self, scorer: Scorer) -> NDArray[np.float32]:
        """Compare with a rapidfuzz scorer of 0 to 100; return per pair 0 to 1, or -1 / -2 where left / right is empty."""
        scores = cpdist(self.left, self.right, scorer=scorer, dtype=np.float32) / np.float32(100)
        scores = scores.astype(np.float32)
        scores[np.array([not s for s in self.right], dtype=bool)] = RIGHT_EMPTY
        scores[np.array([not s for s in self.left], dtype=bool)] = LEFT_EMPTY
        result: NDArray[np.float32] = scores[self.inverse]
        return result

    def apply(self, relation: Callable[[str, str], int]) -> NDArray[np.int64]:
        """Apply a function to each distinct pair; return its results per pair."""
        values = np.fromiter(map(relation, self.left, self.right), dtype=np.int64, count=len(self.left))
        result: NDArray[np.int64] = values[self.inverse]
        return result


LEFT_EMPTY = np.float32(-1)
"""Similarity where the query does not say the field."""
RIGHT_EMPTY = np.float32(-2)
"""Similarity where the query says the field and the candidate does not."""


def _factorise(strings: Sequence[str]) -> tuple[NDArray[np.int64], list[str]]:
    seen: dict[str, int] = {}
    codes = np.fromiter((seen.setdefault(s, len(seen)) for s in strings), dtype=np.int64, count=len(strings))
    return codes, list(seen)
