"""Learns a ranker: boosted trees that may look at one feature, or at one of the chosen pairs, read off as tables."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from address_match.models.ranker.additive_ranker import AdditiveRanker, FeatureSpec, Interaction
from address_match.models.ranker.interactions import telling_pairs
from address_match.models.ranker.residual import with_the_last

LEAST_SEEN = 50
"""Pairs by which a category must be known to be worth more or less than the average pair."""
MAX_BINS = 60
"""Bins of a continuous feature; more describe noise."""
SINGLE_ROUNDS = 300
"""Rounds of the first model, of single features, whose errors show which pairs belong together."""
LEARNING_RATE = 0.1
"""Share of what a tree finds that is taken over."""


def fit_ranker(
    features: NDArray[np.float32],
    matches: NDArray[np.bool_],
    specs: Sequence[FeatureSpec],
    *,
    seed: int,
    rounds: int = 600,
    interactions: int = 0,
) -> AdditiveRanker:
    """Fit shape functions by gradient boosting (Lou, Caruana & Gehrke 2012), and `interactions` pairs of features (GA2M, 2013).

    `features` has the shape (pairs, features), `matches` (pairs,). A tree may look at one feature, or at both of a chosen
    pair; what the trees sum up to is read off exactly, bin by bin, from the decision function. The features that come `last`
    are worth what they explain of the errors of all others (`address_match.models.ranker.residual`).
    """
    edges = tuple(
        np.zeros(0, np.float32) if spec.categories else _edges(features[:, j], matches, spec.unsaid)
        for j, spec in enumerate(specs)
    )
    codes = AdditiveRanker(tuple(specs), edges, (), 0.0).bins(features)
    last = [j for j, spec in enumerate(specs) if spec.last]
    # A column of one value is no use to a tree.
    first = codes.copy()
    first[:, last] = 0
    learning = _Learning(tuple(specs), edges, first, matches, seed)
    pairs: Sequence[tuple[int, int]] = ()
    if interactions:
        single = learning.fitted(SINGLE_ROUNDS, ())
        pairs = telling_pairs(single, features, first, matches, interactions)
    return with_the_last(learning.fitted(rounds, pairs), last, codes, matches)


@dataclass(frozen=True, slots=True)
class _Learning:
    """The binned training pairs, and how they are learned from."""

    specs: tuple[FeatureSpec, ...]
    edges: tuple[NDArray[np.float32], ...]
    codes: NDArray[np.int64]
    matches: NDArray[np.bool_]
    seed: int

    def fitted(self, rounds: int, pairs: Sequence[tuple[int, int]]) -> AdditiveRanker:
        """Fit trees over single features and over these pairs, and read them off."""
        from sklearn.ensemble import HistGradientBoostingClassifier

        columns = _Columns(self.specs)
        learner = HistGradientBoostingClassifier(
            learning_rate=LEARNING_RATE,
            max_iter=rounds,
            max_leaf_nodes=6,
            min_samples_leaf=40,
            l2_regularization=1.0,
            max_bins=255,
            interaction_cst=columns.groups(pairs),
            categorical_features=columns.categorical,
            monotonic_cst=columns.monotone,
            early_stopping=False,
            random_state=self.seed,
        )
        learner.fit(columns.of(self.codes), self.matches)
        return self._read_off(learner, columns, pairs)

    def _read_off(
        self, learner: Any, columns: "_Columns", pairs: Sequence[tuple[int, int]]
    ) -> AdditiveRanker:
        """Take the sum of the trees apart, with all other features held at their first bin.

        Then move what a pair says about one feature alone to that feature, and centre every table on the training pairs.
        """
        seen = self.codes.max(axis=0)
        reference = np.zeros(len(self.specs), dtype=np.int64)
        bins = [spec.categories or len(edges) + 1 for spec, edges in zip(self.specs, self.edges, strict=True)]
        intercept = float(learner.decision_function(columns.of(reference[None, :]))[0])
        values = []
        for j, count in enumerate(bins):
            grid = np.repeat(reference[None, :], count, axis=0)
            grid[:, j] = np.minimum(np.arange(count), seen[j])
            values.append(learner.decision_function(columns.of(grid)) - intercept)
        tables = []
        for i, j in pairs:
            grid = np.repeat(reference[None, :], bins[i] * bins[j], axis=0)
            first, second = np.divmod(np.arange(len(grid)), bins[j])
            grid[:, i], grid[:, j] = np.minimum(first, seen[i]), np.minimum(second, seen[j])
            both = learner.decision_function(columns.of(grid)).reshape(bins[i], bins[j]) - intercept
            tables.append(both - values[i][:, None] - values[j][None, :])
        return self._purified(values, dict(zip(pairs, tables, strict=True)), intercept)

    def _purified(
        self,
        values: list[NDArray[np.float64]],
        tables: dict[tuple[int, int], NDArray[np.float64]],
        intercept: float,
    ) -> AdditiveRanker:
        interactions = []
        for (i, j), table in tables.items():
            width = table.shape[1]
            times = np.bincount(self.codes[:, i] * width + self.codes[:, j], minlength=table.size)
            seen = times.reshape(table.shape).astype(np.float64)
            alone, first, second = _purify(table, seen)
            values[i], values[j] = values[i] + first, values[j] + second
            if self.specs[i].categories and self.specs[j].categories:
                # Bins have neighbours that the trees take them with; a rare category has none to learn from.
                alone = np.where(seen >= LEAST_SEEN, alone, 0.0)
            interactions.append(Interaction(i, j, alone))
        centred = []
        for j, (shape, spec) in enumerate(zip(values, self.specs, strict=True)):
            centre = float(shape[self.codes[:, j]].mean())
            times = np.bincount(self.codes[:, j], minlength=len(shape))
            worth = shape - centre
            # A category that was seen rarely is worth what the average pair is.
            centred.append(np.where(times >= LEAST_SEEN, worth, 0.0) if spec.categories else worth)
            intercept += centre
        return AdditiveRanker(self.specs, self.edges, tuple(centred), intercept, tuple(interactions))


PURIFYING_ROUNDS = 50


def _purify(
    table: NDArray[np.float64], times: NDArray[np.float64]
) -> tuple[NDArray[np.float64], NDArray[np.float64], NDArray[np.float64]]:
    """Take out of a table what its rows and its columns are worth by themselves (Lengerich et al. 2020).

    Returns the rest, and the worth of the rows and of the columns.
    """
    rest = table.copy()
    first, second = np.zeros(len(table)), np.zeros(table.shape[1])
    by_row, by_column = np.maximum(times.sum(axis=1), 1e-9), np.maximum(times.sum(axis=0), 1e-9)
    for _ in range(PURIFYING_ROUNDS):
        row = (rest * times).sum(axis=1) / by_row
        rest -= row[:, None]
        first += row
        column = (rest * times).sum(axis=0) / by_column
        rest -= column[None, :]
        second += column
    return rest, first, second


@dataclass(frozen=True, slots=True)
class _Columns:
    """How bins are laid before the learner: a feature with unsaid values as two columns, why there is none and the value.

    Categories stand first. The learner moves them there if they do not, and then applies the groups to the wrong columns
    (scikit-learn 1.9).
    """

    specs: Sequence[FeatureSpec]

    @property
    def _kinds(self) -> list[int]:
        """Features of the categorical columns: those that are categories, and those that have reasons."""
        return [j for j, spec in enumerate(self.specs) if spec.categories or spec.unsaid]

    @property
    def _likenesses(self) -> list[int]:
        """Features of the other columns."""
        return [j for j, spec in enumerate(self.specs) if not spec.categories]

    @property
    def categorical(self) -> list[bool]:
        """Return for each column whether it is categorical."""
        return [True] * len(self._kinds) + [False] * len(self._likenesses)

    @property
    def monotone(self) -> list[int]:
        """Return the sign of each column."""
        return [0] * len(self._kinds) + [self.specs[j].monotone for j in self._likenesses]

    def groups(self, pairs: Sequence[tuple[int, int]]) -> list[set[int]]:
        """Return which columns a branch of a tree may look at: those of one feature, or of both of a pair."""
        features = [*self._kinds, *self._likenesses]
        own = [{at for at, k in enumerate(features) if k == j} for j in range(len(self.specs))]
        return [*own, *(own[i] | own[j] for i, j in pairs)]

    def of(self, codes: NDArray[np.int64]) -> NDArray[np.float64]:
        """Lay out bins, shape (rows, features), as columns of the learner."""
        columns = []
        for j in self._kinds:
            unsaid = self.specs[j].unsaid
            columns.append(np.minimum(codes[:, j], unsaid) if unsaid else codes[:, j])
        for j in self._likenesses:
            columns.append(np.where(codes[:, j] < self.specs[j].unsaid, np.nan, codes[:, j]))
        return np.column_stack(columns).astype(np.float64)


def _edges(column: NDArray[np.float32], matches: NDArray[np.bool_], unsaid: int) -> NDArray[np.float32]:
    """Cut a column at each unsaid value, and then at its distinct values where they are few, else at quantiles.

    Half of the quantiles are those of the matches: where they lie, few other pairs do, and there it is decided.
    """
    said = (column >= 0) if unsaid else np.ones(len(column), dtype=bool)
    distinct = np.unique(column[said])
    if len(distinct) > MAX_BINS:
        steps = np.linspace(0, 1, MAX_BINS // 2)
        parts = [np.quantile(column[part], steps) for part in (said, said & matches) if part.any()]
        distinct = np.unique(np.concatenate(parts).astype(np.float32))
    reasons = np.arange(-unsaid, 0, dtype=np.float32)
    return np.concatenate([reasons, distinct[:-1]]).astype(np.float32)
