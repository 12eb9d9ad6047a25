"""The candidates of a query and absence share one mass."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

EQUAL_WITHIN = 1e-9
"""Relative difference up to which two shares are equal: far above what the company of a query changes in the rounding
of its sums.
"""


@dataclass(frozen=True, slots=True)
class Competition:
    """The shares of all candidates and of absence, before they are corrected; they sum to one for each query."""

    query: NDArray[np.int64]
    """Shape (candidates,)."""
    candidates: NDArray[np.float64]
    """Shape (candidates,)."""
    absent: NDArray[np.float64]
    """Shape (queries,)."""
    best: NDArray[np.float64]
    """Shape (queries,): of the best candidate; 0 where there is none."""

    @property
    def is_best(self) -> NDArray[np.bool_]:
        """Whether a candidate is the best of its query, or equals it; shape (candidates,)."""
        result: NDArray[np.bool_] = self.candidates >= self.best[self.query] * (1 - EQUAL_WITHIN)
        return result

    @property
    def sharing(self) -> NDArray[np.int64]:
        """How many candidates of a query equal its best, at least 1; shape (queries,)."""
        counts = np.bincount(self.query, self.is_best, minlength=len(self.absent))
        return np.maximum(counts, 1).astype(np.int64)

    def share_right(self, right: NDArray[np.bool_]) -> NDArray[np.float64]:
        """Return the share of the best candidates that are right, shape (queries,); `right` has the shape
        (candidates,).
        """
        result: NDArray[np.float64] = (
            np.bincount(self.query, right & self.is_best, minlength=len(self.absent)) / self.sharing
        )
        return result


def compete(
    scores: NDArray[np.float64], absent_scores: NDArray[np.float64], query: NDArray[np.int64]
) -> Competition:
    """Share the mass of each query out in proportion to exp(score).

    `scores` and `query`, the position of each candidate's query, have the shape (candidates,), `absent_scores`
    (queries,).
    """
    peak = absent_scores.copy()
    np.maximum.at(peak, query, scores)
    weights, absent = np.exp(scores - peak[query]), np.exp(absent_scores - peak)
    total = np.bincount(query, weights, minlength=len(absent)) + absent
    candidates = weights / total[query]
    best = np.zeros(len(absent))
    np.maximum.at(best, query, candidates)
    return Competition(query, candidates, absent / total, best)
