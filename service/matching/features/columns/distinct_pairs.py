"""The distinct pairs of strings behind many pairs, so that a comparison is paid once for each."""

from collections.abc import Callable
from dataclasses import dataclass
from operator import contains

import numpy as np
from numpy.typing import NDArray
from rapidfuzz import fuzz
from rapidfuzz.process import cdist, cpdist

from address_match.indexer.texts.coded_strings import Coded
from address_match.indexer.texts.distinct_numbers import distinct_codes

Scorer = Callable[..., float]
LEFT_EMPTY = np.float32(-1)
"""Similarity where the query does not say the field."""
RIGHT_EMPTY = np.float32(-2)
"""Similarity where the query says the field and the candidate does not."""
_EMPTY_SCORES = (100 * float(LEFT_EMPTY), 100 * float(RIGHT_EMPTY))
"""These among scores of 0 to 100, by whether the query says the field."""
_FEW_PAIRS = 64
"""Pairs up to which each is compared sooner by itself than all are laid out for a kernel."""


@dataclass(slots=True, eq=False)
class DistinctPairs:
    """Pairs of a value of the left column and one of the right, and which of them stands behind each of many pairs. They
    do not change, as columns (`Coded`) do not.
    """

    left: Coded
    right: Coded
    lefts: NDArray[np.int64]
    """Shape (distinct,): position in the values of `left`."""
    rights: NDArray[np.int64]
    """Shape (distinct,): position in the values of `right`."""
    inverse: NDArray[np.int64]
    """Shape (pairs,), or any other that pairs were laid out in: position in `lefts` and `rights`."""

    @classmethod
    def of(
        cls, left: Coded, right: Coded, lefts: NDArray[np.int64], rights: NDArray[np.int64]
    ) -> "DistinctPairs":
        """Reduce pairs, given by the codes of both sides in shapes that fit each other."""
        count = len(right.values)
        keys = lefts * count + rights
        codes, inverse = distinct_codes(keys.ravel(), len(left.values) * count)
        return cls(left, right, codes // max(1, count), codes % max(1, count), inverse.reshape(keys.shape))

    def similarity(self, scorer: Scorer, cutoff: float = 0) -> NDArray[np.float32]:
        """Compare with a rapidfuzz scorer of 0 to 100; return per pair 0 to 1, or -1 / -2 where left / right is empty.

        What scores below the `cutoff`, 0 to 100, is 0: the scorer may stop early.
        """
        if len(self.lefts) <= _FEW_PAIRS:
            return self._each_by_itself(scorer, cutoff)[self.inverse]
        scores, said = self._unsaid()
        if len(said):
            scores[said] = self._scores(said, scorer, cutoff)
        return scores[self.inverse]

    def part_similarity(self, cutoff: float) -> NDArray[np.float32]:
        """Compare as `similarity` does by `fuzz.partial_ratio`; a string that stands in the other as it is is found at
        once.
        """
        if len(self.lefts) <= _FEW_PAIRS:
            return self._each_by_itself(_part_ratio, cutoff)[self.inverse]
        scores, said = self._unsaid()
        if len(said):
            scores[said] = 1
            rest = said[~self._contained(said)]
            if len(rest):
                scores[rest] = self._scores(rest, fuzz.partial_ratio, cutoff)
        return scores[self.inverse]

    def held(self) -> NDArray[np.bool_]:
        """Return per pair whether the left string stands in the right one; an empty one does not."""
        found = self.left.said[self.lefts]
        said = found.nonzero()[0]
        found[said] = self._contained(said)
        return found[self.inverse]

    def apply(self, relation: Callable[[str, str], int]) -> NDArray[np.int64]:
        """Apply a function to each distinct pair; return its results per pair."""
        left = map(self.left.values.__getitem__, self.lefts.tolist())
        right = map(self.right.values.__getitem__, self.rights.tolist())
        found: NDArray[np.int64] = np.array(list(map(relation, left, right)), dtype=np.int64)[self.inverse]
        return found

    def holds(
        self, relation: Callable[[str, str], bool], lefts: NDArray[np.bool_], rights: NDArray[np.bool_]
    ) -> NDArray[np.bool_]:
        """Return per pair whether a relation holds between two values that are each one of some, the others having
        none.

        `lefts` and `rights` say which: shape (values,) of either column.
        """
        found = lefts[self.lefts] & rights[self.rights]
        asked = found.nonzero()[0]
        if not len(asked):
            return found[self.inverse]
        found[asked] = np.fromiter(map(relation, *self._strings(asked)), dtype=bool, count=len(asked))
        return found[self.inverse]

    def _each_by_itself(self, scorer: Scorer, cutoff: float) -> NDArray[np.float32]:
        """Return what `similarity` does, for each distinct pair."""
        left = map(self.left.values.__getitem__, self.lefts.tolist())
        right = map(self.right.values.__getitem__, self.rights.tolist())
        found = [
            scorer(q, c, score_cutoff=cutoff) if q and c else _EMPTY_SCORES[bool(q)]
            for q, c in zip(left, right, strict=True)
        ]
        return np.array(found, dtype=np.float32) / np.float32(100)

    def _unsaid(self) -> tuple[NDArray[np.float32], NDArray[np.int64]]:
        """Return a score for each distinct pair that lacks a string, and the positions of those that lack none."""
        left_said, right_said = self.left.said[self.lefts], self.right.said[self.rights]
        scores: NDArray[np.float32] = np.where(left_said, RIGHT_EMPTY, LEFT_EMPTY)
        return scores, (left_said & right_said).nonzero()[0]

    def _strings(self, chosen: NDArray[np.int64]) -> tuple[list[str], list[str]]:
        """Return the strings on both sides of some of the distinct pairs."""
        left, right = self.left.strings, self.right.strings
        return left[self.lefts[chosen]].tolist(), right[self.rights[chosen]].tolist()

    def _contained(self, chosen: NDArray[np.int64]) -> NDArray[np.bool_]:
        """Return for some of the distinct pairs whether the left string stands in the right one."""
        left, right = self._strings(chosen)
        return np.fromiter(map(contains, right, left), dtype=bool, count=len(left))

    def _scores(self, chosen: NDArray[np.int64], scorer: Scorer, cutoff: float) -> NDArray[np.float32]:
        """Return what a rapidfuzz scorer gives, 0 to 100, for some of the distinct pairs as 0 to 1."""
        left, right = self._strings(chosen)
        scores: NDArray[np.float32]
        if len(self.left.values) == 1:
            # What rapidfuzz prepares of one string serves for all that it is compared with.
            scores = cdist(left[:1], right, scorer=scorer, score_cutoff=cutoff, dtype=np.float32)[0]
        else:
            scores = cpdist(left, right, scorer=scorer, score_cutoff=cutoff, dtype=np.float32)
        return scores / np.float32(100)


def _part_ratio(left: str, right: str, *, score_cutoff: float) -> float:
    return 100.0 if left in right else fuzz.partial_ratio(left, right, score_cutoff=score_cutoff)
