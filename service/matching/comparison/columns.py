"""Both sides of a comparison as columns, so that features are computed over all pairs at once."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from operator import contains

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray
from rapidfuzz import fuzz
from rapidfuzz.process import cpdist

from indexer.record import READING_SCHEMA
from indexer.retrieval import Candidates, TermStatistics
from parser.reading import READING_FIELDS, Reading

Scorer = Callable[..., float]


@dataclass(frozen=True, slots=True)
class OtherReadings:
    """What unsure queries may say instead."""

    query: NDArray[np.int64]
    """Shape (readings,): row of the query, ascending; the likelier reading of a query first."""
    readings: pa.Table
    """Columns of `indexer.record.READING_SCHEMA`, one row a reading."""

    def of_rows(self, rows: NDArray[np.int64]) -> "OtherReadings":
        """Return those of some queries, which are numbered by their places in `rows`."""
        if not len(self.query):
            return self
        kept = [np.flatnonzero(self.query == row) for row in rows.tolist()]
        query = np.repeat(np.arange(len(kept)), [len(part) for part in kept])
        return OtherReadings(query, self.readings.take(np.concatenate([np.empty(0, np.int64), *kept])))


NO_OTHER_READINGS = OtherReadings(np.empty(0, dtype=np.int64), READING_SCHEMA.empty_table())


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
    others: OtherReadings = NO_OTHER_READINGS


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

    def number_of_query(self, field: str) -> "Coded":
        """Return an integer field of every query as strings."""
        return self._coded(f"q.{field}", lambda: Coded.of_numbers(self.queries.readings.column(field)))

    def number_of_text(self, field: str) -> "Coded":
        """Return an integer column of every candidate text as strings."""
        return self._coded(f"t.{field}", lambda: Coded.of_numbers(self.candidates.texts.column(field)))

    def whole_query(self) -> "Coded":
        """Return the words of every query in one text."""
        return self._coded(
            "q.whole", lambda: Coded.of_rows([" ".join(words) for words in self.queries.terms])
        )

    def whole_text(self) -> "Coded":
        """Return the address of every candidate text, upper case."""
        return self._coded(
            "t.whole",
            lambda: Coded.uncoded(map(str.upper, self.candidates.texts.column("address").to_pylist())),
        )

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

    def likeness(
        self, left: "Coded", right: "Coded", scorer: Scorer, cutoff: float = 0
    ) -> NDArray[np.float32]:
        """Compare a query's string with a text's by a rapidfuzz scorer, as `DistinctPairs.similarity` does."""
        if not any(left.values):
            return np.full(len(self), LEFT_EMPTY, dtype=np.float32)
        return self.distinct(left, right).similarity(scorer, cutoff)

    def held_in(self, left: "Coded", right: "Coded") -> NDArray[np.bool_]:
        """Say for each pair whether the query's string stands in the text's as it is; an empty one does not."""
        if not any(left.values):
            return np.zeros(len(self), dtype=bool)
        return self.distinct(left, right).held()

    def part_likeness(self, left: "Coded", right: "Coded", cutoff: float) -> NDArray[np.float32]:
        """Return how well a query's string is found in a part of a text's, as `DistinctPairs.part_similarity` does."""
        if not any(left.values):
            return np.full(len(self), LEFT_EMPTY, dtype=np.float32)
        return self.distinct(left, right).part_similarity(cutoff)

    def distinct(self, left: "Coded", right: "Coded") -> "DistinctPairs":
        """Reduce pairs of a query's string and a text's string to the distinct ones among them."""
        known = (id(left.codes), id(right.codes))
        if known not in self._distinct:
            lefts, rights, inverse = self._reduced(left, right)
            # The arrays are kept with the result, so that no other array can come to have their identity.
            self._distinct[known] = _Reduced(lefts, rights, inverse, (left.codes, right.codes))
        found = self._distinct[known]
        return DistinctPairs(left.values, right.values, found.lefts, found.rights, found.inverse)

    def _reduced(
        self, left: "Coded", right: "Coded"
    ) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int64]]:
        count = len(right.values)
        if len(left.values) == 1:
            # Of one query every string of the texts is compared: there is nothing to look for.
            return np.zeros(count, dtype=np.int64), np.arange(count), right.codes[self.text]
        if count == len(right.codes):
            # No two texts share a string, so that hardly any two pairs are equal.
            return left.codes[self.query], right.codes[self.text], np.arange(len(self))
        keys = left.codes[self.query] * count + right.codes[self.text]
        codes, inverse = distinct_codes(keys, len(left.values) * count)
        lefts, rights = np.divmod(codes, max(1, count))
        return lefts, rights, inverse

    @cached_property
    def _distinct(self) -> dict[tuple[int, int], "_Reduced"]:
        """What `distinct` found by the codes of both columns; columns that map one another share their codes."""
        return {}


@dataclass(frozen=True, slots=True)
class _Reduced:
    lefts: NDArray[np.int64]
    rights: NDArray[np.int64]
    inverse: NDArray[np.int64]
    of: tuple[NDArray[np.int64], NDArray[np.int64]]


@dataclass(frozen=True, slots=True)
class Coded:
    """A column of strings as codes into its values, so that work on a string is done once and not once a row."""

    codes: NDArray[np.int64]
    """Shape (rows,)."""
    values: list[str]

    @classmethod
    def of(cls, column: pa.ChunkedArray | pa.Array) -> "Coded":
        """Code a column of an Arrow table."""
        if len(column) <= _FEW_ROWS:
            return cls.of_rows(column.to_pylist())
        whole = column.combine_chunks() if isinstance(column, pa.ChunkedArray) else column
        coded = whole.dictionary_encode()
        return cls(coded.indices.to_numpy().astype(np.int64), coded.dictionary.to_pylist())

    @classmethod
    def of_numbers(cls, column: pa.ChunkedArray) -> "Coded":
        """Code a column of integers, written in digits."""
        distinct, codes = np.unique(column.to_numpy(), return_inverse=True)
        return cls(codes.astype(np.int64), [str(number) for number in distinct.tolist()])

    @classmethod
    def uncoded(cls, strings: Iterable[str]) -> "Coded":
        """Take strings as they are, of which hardly any two are equal."""
        values = list(strings)
        return cls(np.arange(len(values)), values)

    @classmethod
    def of_rows(cls, strings: Sequence[str]) -> "Coded":
        """Code a plain list of strings."""
        numbers: dict[str, int] = {}
        codes = [numbers.setdefault(string, len(numbers)) for string in strings]
        return cls(np.array(codes, dtype=np.int64), list(numbers))

    def map(self, change: Callable[[str], str]) -> "Coded":
        """Apply a function to each value."""
        return Coded(self.codes, list(map(change, self.values)))

    def joined(self, *others: "Coded") -> "Coded":
        """Write the columns of the same rows behind each other, `JOINT` between them."""
        codes, values = self.codes, self.values
        for other in others:
            width = max(1, len(other.values))
            if width == 1 and other.values:
                values = [f"{value}{JOINT}{other.values[0]}" for value in values]
                continue
            distinct, codes = distinct_codes(codes * width + other.codes, len(values) * width)
            values = [
                f"{values[key // width]}{JOINT}{other.values[key % width]}" for key in distinct.tolist()
            ]
        return Coded(codes, values)

    def numbers(self, change: Callable[[str], int]) -> NDArray[np.int64]:
        """Apply a function that gives a number to each value; return its results per row."""
        found: NDArray[np.int64] = np.array(list(map(change, self.values)), dtype=np.int64)[self.codes]
        return found

    def rows(self) -> list[str]:
        """Return the strings, a row each."""
        return [self.values[code] for code in self.codes.tolist()]


@dataclass(frozen=True, slots=True)
class DistinctPairs:
    """The distinct pairs of strings behind many pairs, so that a comparison is paid once for each."""

    left: list[str]
    right: list[str]
    lefts: NDArray[np.int64]
    """Shape (distinct,): position in `left`."""
    rights: NDArray[np.int64]
    """Shape (distinct,): position in `right`."""
    inverse: NDArray[np.int64]
    """Shape (pairs,): position in `lefts` and `rights`."""

    def similarity(self, scorer: Scorer, cutoff: float = 0) -> NDArray[np.float32]:
        """Compare with a rapidfuzz scorer of 0 to 100; return per pair 0 to 1, or -1 / -2 where left / right is empty.

        What scores below the `cutoff`, 0 to 100, is 0: the scorer may stop early.
        """
        scores, said = self._unsaid()
        if len(said):
            left, right = self._strings(said)
            scores[said] = _scores(left, right, scorer, cutoff)
        result: NDArray[np.float32] = scores[self.inverse]
        return result

    def part_similarity(self, cutoff: float) -> NDArray[np.float32]:
        """Compare as `similarity` does by `fuzz.partial_ratio`; a string that stands in the other as it is is found at once."""
        scores, said = self._unsaid()
        if len(said):
            left, right = self._strings(said)
            held = np.array(list(map(contains, right, left)), dtype=bool)
            scores[said] = 1
            rest = np.flatnonzero(~held)
            if len(rest):
                left, right = self._strings(said[rest])
                scores[said[rest]] = _scores(left, right, fuzz.partial_ratio, cutoff)
        result: NDArray[np.float32] = scores[self.inverse]
        return result

    def _unsaid(self) -> tuple[NDArray[np.float32], NDArray[np.int64]]:
        """Return a score for each distinct pair that lacks a string, and the positions of those that lack none."""
        left_empty, right_empty = _empty(self.left)[self.lefts], _empty(self.right)[self.rights]
        scores = np.where(left_empty, LEFT_EMPTY, RIGHT_EMPTY).astype(np.float32)
        return scores, np.flatnonzero(~(left_empty | right_empty))

    def _strings(self, chosen: NDArray[np.int64]) -> tuple[list[str], list[str]]:
        """Return the strings on both sides of some of the distinct pairs."""
        left, right = self.left, self.right
        return [left[i] for i in self.lefts[chosen].tolist()], [
            right[i] for i in self.rights[chosen].tolist()
        ]

    def held(self) -> NDArray[np.bool_]:
        """Say per pair whether the left string stands in the right one; an empty one does not."""
        said = np.flatnonzero(~_empty(self.left)[self.lefts])
        found = np.zeros(len(self.lefts), dtype=bool)
        left, right = self._strings(said)
        found[said] = list(map(contains, right, left))
        result: NDArray[np.bool_] = found[self.inverse]
        return result

    def apply(self, relation: Callable[[str, str], int]) -> NDArray[np.int64]:
        """Apply a function to each distinct pair; return its results per pair."""
        left = [self.left[i] for i in self.lefts.tolist()]
        right = [self.right[i] for i in self.rights.tolist()]
        values = np.array(list(map(relation, left, right)), dtype=np.int64)
        result: NDArray[np.int64] = values[self.inverse]
        return result


def distinct_codes(codes: NDArray[np.int64], bound: int) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return the distinct values among codes in [0, bound), ascending, and for each code its position in them."""
    if bound > _SPARSE * len(codes) + _FEW_ROWS:
        distinct, inverse = np.unique(codes, return_inverse=True)
        return distinct, inverse.astype(np.int64)
    # Where the codes fill their range, marking them is several times quicker than sorting.
    position = np.zeros(bound, dtype=np.int64)
    position[codes] = 1
    distinct = np.flatnonzero(position)
    position[distinct] = np.arange(len(distinct))
    return distinct, position[codes]


def _scores(left: list[str], right: list[str], scorer: Scorer, cutoff: float) -> NDArray[np.float32]:
    """Return what a rapidfuzz scorer gives, 0 to 100, as 0 to 1."""
    scores: NDArray[np.float32] = cpdist(left, right, scorer=scorer, score_cutoff=cutoff, dtype=np.float32)
    return scores / np.float32(100)


def _empty(values: list[str]) -> NDArray[np.bool_]:
    return np.array([not value for value in values], dtype=bool)


_FEW_ROWS = 512
"""Rows up to which Python codes a column sooner than Arrow."""
_SPARSE = 16
"""Size of the range of codes, in codes, up to which they are marked and not sorted."""
JOINT = "\x1f"
"""Between the strings of joined columns; no reading holds it."""
LEFT_EMPTY = np.float32(-1)
"""Similarity where the query does not say the field."""
RIGHT_EMPTY = np.float32(-2)
"""Similarity where the query says the field and the candidate does not."""
