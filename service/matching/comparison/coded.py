"""Columns of strings as codes into their values, and the distinct pairs of two of them."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from operator import contains

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray
from rapidfuzz import fuzz
from rapidfuzz.process import cpdist

Scorer = Callable[..., float]


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
