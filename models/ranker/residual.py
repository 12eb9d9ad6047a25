"""Learns the features that come last: each contributes what it explains of the errors of all others, and no more.

The likeness of whole texts sums up what the fields say one by one. Learned together with them it takes most of their
weight: a number inside of a range, or a street that contradicts, then counts for little beside a text that looks alike.
Learned last, it counts where the fields are silent, or were misread.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from address_match.models.ranker.additive_ranker import AdditiveRanker, Interaction
from address_match.models.ranker.interactions import coarse_bins, newton_gain

STEPS = 20
"""Newton steps; after ten of them nothing moves that could be seen."""
RIDGE = 2.0
"""Weight, in pairs, of the assumption that a bin contributes nothing."""
PARTNERS = 6
"""Other features with which a feature that comes last interacts."""


def fit_last_features(
    ranker: AdditiveRanker, last: Sequence[int], codes: NDArray[np.int64], matches: NDArray[np.bool_]
) -> AdditiveRanker:
    """Return the model with the contributions of the features at the positions `last`, which are 0 in the one given.

    They are fitted in turn. `codes` are the bins of the training pairs, shape (pairs, features), `matches` (pairs,).
    """
    for j in last:
        feature = _LastFeature(j, codes, matches)
        ranker = feature.alone(ranker)
        for partner in feature.partners(ranker)[:PARTNERS]:
            ranker = feature.beside(ranker, partner)
    return ranker


@dataclass(frozen=True, slots=True)
class _LastFeature:
    """One feature that comes last, and the binned training pairs."""

    position: int
    codes: NDArray[np.int64]
    matches: NDArray[np.bool_]

    def alone(self, ranker: AdditiveRanker) -> AdditiveRanker:
        """Return the model with what the feature contributes by itself, centred on the training pairs."""
        own = self.codes[:, self.position]
        bins = len(ranker.edges[self.position]) + 1
        values = self._ordered(
            _log_odds_by_cell(ranker.log_odds_of(self.codes), own, self.matches, bins),
            np.bincount(own, minlength=bins),
            ranker,
        )
        centre = float(values[own].mean())
        shapes = tuple(values - centre if k == self.position else v for k, v in enumerate(ranker.values))
        return replace(ranker, values=shapes, intercept=ranker.intercept + centre)

    def partners(self, ranker: AdditiveRanker) -> list[int]:
        """Return the other features by what an interaction with them would explain, the most first."""
        probability = 1 / (1 + np.exp(-ranker.log_odds_of(self.codes)))
        error, curvature = self.matches - probability, probability * (1 - probability)
        gains = []
        for k in range(len(ranker.specs)):
            if k != self.position:
                cell, _ = self._cells(ranker, k)
                gains.append((-newton_gain(cell, error, curvature, RIDGE), k))
        return [k for _, k in sorted(gains)]

    def beside(self, ranker: AdditiveRanker, partner: int) -> AdditiveRanker:
        """Return the model with what the feature contributes beyond that by the value of a partner."""
        cell, bins = self._cells(ranker, partner)
        count = int(bins.max()) + 1
        values = _log_odds_by_cell(ranker.log_odds_of(self.codes), cell, self.matches, count)
        times = np.bincount(cell, minlength=count)
        table = values[bins]
        for column in range(table.shape[1]):
            # Each column in the order that `monotone` demands, so that their sums are in it, too.
            table[:, column] = self._ordered(table[:, column], times[bins[:, column]], ranker)
        return replace(
            ranker, interactions=(*ranker.interactions, Interaction(self.position, partner, table))
        )

    def _cells(self, ranker: AdditiveRanker, partner: int) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """Return the cell of each training pair in a coarse table of both features, and that of each pair of their
        bins.
        """
        own, other = (
            coarse_bins(self.codes[:, k], ranker.specs[k], len(ranker.values[k]), self.matches)
            for k in (self.position, partner)
        )
        cells = own[:, None] * (int(other.max()) + 1) + other[None, :]
        return cells[self.codes[:, self.position], self.codes[:, partner]], cells

    def _ordered(
        self, values: NDArray[np.float64], times: NDArray[np.int64], ranker: AdditiveRanker
    ) -> NDArray[np.float64]:
        """Return the log-odds of the feature's bins in the order that its `monotone` demands."""
        from sklearn.isotonic import IsotonicRegression

        sign = ranker.specs[self.position].monotone
        if not sign:
            return values
        ordered: NDArray[np.float64] = IsotonicRegression(increasing=sign > 0).fit_transform(
            np.arange(len(values)), values, sample_weight=times + 1e-3
        )
        return ordered


def _log_odds_by_cell(
    others: NDArray[np.float64], cell: NDArray[np.int64], matches: NDArray[np.bool_], count: int
) -> NDArray[np.float64]:
    """Return the log-odds that each cell adds to those of the other features, shape (count,), by Newton steps."""
    values = np.zeros(count)
    for _ in range(STEPS):
        probability = 1 / (1 + np.exp(-(others + values[cell])))
        error = np.bincount(cell, matches - probability, count) - RIDGE / 4 * values
        curvature = np.bincount(cell, probability * (1 - probability), count) + RIDGE / 4
        values = values + np.clip(error / curvature, -1, 1)
    return values
