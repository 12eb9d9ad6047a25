"""Learns what a feature is worth beside all others: what it explains of their errors, and no more.

The likeness of whole texts sums up what the fields say one by one. Learned together with them it takes most of their worth: a
number inside of a range, or a street that contradicts, then counts for little beside a text that looks alike. Learned last, it
speaks where the fields are silent, or were misread.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from address_match.models.ranker.additive_ranker import AdditiveRanker, Interaction
from address_match.models.ranker.interactions import coarse_bins

STEPS = 20
"""Newton steps; after ten of them nothing moves that could be seen."""
RIDGE = 2.0
"""Weight, in pairs, of the assumption that a bin is worth nothing."""
PARTNERS = 6
"""Other features with which a feature that comes last may count for more or less."""


def with_the_last(
    ranker: AdditiveRanker, last: Sequence[int], codes: NDArray[np.int64], matches: NDArray[np.bool_]
) -> AdditiveRanker:
    """Add the worth of the features at the positions `last`, in turn, to a model in which they are worth nothing.

    `codes` are the bins of the training pairs, shape (pairs, features), `matches` (pairs,).
    """
    for j in last:
        learning = _Residual(j, codes, matches)
        ranker = learning.alone(ranker)
        for partner in learning.partners(ranker)[:PARTNERS]:
            ranker = learning.beside(ranker, partner)
    return ranker


@dataclass(frozen=True, slots=True)
class _Residual:
    """One feature that comes last, and the binned training pairs."""

    feature: int
    codes: NDArray[np.int64]
    matches: NDArray[np.bool_]

    def alone(self, ranker: AdditiveRanker) -> AdditiveRanker:
        """Add what the feature is worth by itself, centred on the training pairs."""
        own = self.codes[:, self.feature]
        bins = len(ranker.edges[self.feature]) + 1
        worth = self._ordered(
            _worth(ranker.log_odds_of(self.codes), own, self.matches, bins),
            np.bincount(own, minlength=bins),
            ranker,
        )
        centre = float(worth[own].mean())
        values = tuple(worth - centre if k == self.feature else v for k, v in enumerate(ranker.values))
        return replace(ranker, values=values, intercept=ranker.intercept + centre)

    def partners(self, ranker: AdditiveRanker) -> list[int]:
        """Order the other features by what a table of both would explain, the most first."""
        probability = 1 / (1 + np.exp(-ranker.log_odds_of(self.codes)))
        error, curvature = self.matches - probability, probability * (1 - probability)
        gains = []
        for k in range(len(ranker.specs)):
            if k != self.feature:
                cell, _ = self._cells(ranker, k)
                gradient, hessian = np.bincount(cell, error), np.bincount(cell, curvature)
                gains.append((-float((gradient**2 / (hessian + RIDGE)).sum()), k))
        return [k for _, k in sorted(gains)]

    def beside(self, ranker: AdditiveRanker, partner: int) -> AdditiveRanker:
        """Add what the feature is worth beyond that where the partner has this value or that."""
        cell, bins = self._cells(ranker, partner)
        count = int(bins.max()) + 1
        worth = _worth(ranker.log_odds_of(self.codes), cell, self.matches, count)
        times = np.bincount(cell, minlength=count)
        table = worth[bins]
        for column in range(table.shape[1]):
            # In the order that is demanded by itself, so that no sum of tables falls out of it.
            table[:, column] = self._ordered(table[:, column], times[bins[:, column]], ranker)
        return replace(ranker, interactions=(*ranker.interactions, Interaction(self.feature, partner, table)))

    def _cells(self, ranker: AdditiveRanker, partner: int) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """Return the cell of each training pair in a coarse table of both features, and that of each pair of their bins."""
        own, other = (
            coarse_bins(self.codes[:, k], ranker.specs[k], len(ranker.values[k]), self.matches)
            for k in (self.feature, partner)
        )
        cells = own[:, None] * (int(other.max()) + 1) + other[None, :]
        return cells[self.codes[:, self.feature], self.codes[:, partner]], cells

    def _ordered(
        self, worth: NDArray[np.float64], times: NDArray[np.int64], ranker: AdditiveRanker
    ) -> NDArray[np.float64]:
        """Bring the worth of the feature's bins into the order that its `monotone` demands."""
        from sklearn.isotonic import IsotonicRegression

        sign = ranker.specs[self.feature].monotone
        if not sign:
            return worth
        ordered: NDArray[np.float64] = IsotonicRegression(increasing=sign > 0).fit_transform(
            np.arange(len(worth)), worth, sample_weight=times + 1e-3
        )
        return ordered


def _worth(
    others: NDArray[np.float64], cell: NDArray[np.int64], matches: NDArray[np.bool_], count: int
) -> NDArray[np.float64]:
    """Return the log-odds that each cell adds to those of the other features, by Newton steps."""
    worth = np.zeros(count)
    for _ in range(STEPS):
        probability = 1 / (1 + np.exp(-(others + worth[cell])))
        error = np.bincount(cell, matches - probability, count) - RIDGE / 4 * worth
        curvature = np.bincount(cell, probability * (1 - probability), count) + RIDGE / 4
        worth = worth + np.clip(error / curvature, -1, 1)
    return worth
