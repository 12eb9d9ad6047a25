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

    def of_query(self, field: str) -> "Coded":
        """Return a reading's field of every query."""
        return self._coded(f"q.{field}", lambda: Coded.of(self.queries.readings.column(field)))

    def of_text(self, field: str) -> "Coded":
        """Return a column of every candidate text."""
        return self._coded(f"t.{field}", lambda: Coded.of(self.candidates.texts.column(field)))

    def whole_text(self) -> "Coded":
        """Return the address of every candidate text, upper case."""
        return self._coded("t.whole", lambda: self.of_text("address").map(str.upper))

    def _coded(self, name: str, make: Callable[[], "Coded"]) -> "Coded":
        if name not in self._columns:
            self._columns[name] = make()
        return self._columns[name]

    @cached_property
    def _columns(self) -> dict[str, "Coded"]:
        """Columns that several features share, read once."""
        return {}

    def query_numbers(self, field: str) -> NDArray[np.int64]:
        """Return an integer field of the query, per pair."""
        column: NDArray[np.int64] = self.queries.readings.column(field).to_numpy().astype(np.int64)
        return column[self.query]

    def text_numbers(self, field: str) -> NDArray[np.int64]:
        """Return an integer column of the candidate text, per pair."""
        column: NDArray[np.int64] = self.candidates.texts.column(field).to_numpy().astype(np.int64)
        return column[self.text]

    def distinct(self, left: "Coded", right: "Coded") -> "DistinctPairs":
        """Reduce pairs of a query's string and a text's string to the distinct ones among them."""
        keys = left.codes[self.query] * len(right.values) + right.codes[self.text]
        distinct, inverse = np.unique(keys, return_inverse=True)
        lefts, rights = np.divmod(distinct, max(1, len(right.values)))
        return DistinctPairs(
            [left.values[i] for i in lefts.tolist()],
            [right.values[i] for i in rights.tolist()],
            inverse.astype(np.int64),
        )


@dataclass(frozen=True, slots=True)
class Coded:
    """A column of strings as codes into its values, so that work on a string is done once and not once a row."""

    codes: NDArray[np.int64]
    """Shape (rows,)."""
    values: list[str]

    @classmethod
    def of(cls, column: pa.ChunkedArray | pa.Array) -> "Coded":
        """Code a column of an Arrow table."""
        whole = column.combine_chunks() if isinstance(column, pa.ChunkedArray) else column
        coded = whole.dictionary_encode()
        return cls(coded.indices.to_numpy().astype(np.int64), coded.dictionary.to_pylist())

    @classmethod
    def of_rows(cls, strings: Sequence[str]) -> "Coded":
        """Code a plain list of strings."""
        return cls.of(pa.array(strings, pa.string()))

    def map(self, change: Callable[[str], str]) -> "Coded":
        """Apply a function to each value."""
        return Coded(self.codes, [change(value) for value in self.values])

    def rows(self) -> list[str]:
        """Return the strings, a row each."""
        return [self.values[code] for code in self.codes.tolist()]


@dataclass(frozen=True, slots=True)
class DistinctPairs:
    """The distinct pairs of strings behind many pairs, so that a comparison is paid once for each."""

    left: list[str]
    right: list[str]
    inverse: NDArray[np.int64]
    """Shape (pairs,): position in `left` and `right`."""

    def similarity(self, scorer: Scorer) -> NDArray[np.float32]:
        """Compare with a rapidfuzz scorer of 0 to 100; return per pair 0 to 1, or -1 / -2 where left / right is empty."""
        scores: NDArray[np.float32] = cpdist(self.left, self.right, scorer=scorer, dtype=np.float32)
        scores = (scores / np.float32(100)).astype(np.float32)
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
