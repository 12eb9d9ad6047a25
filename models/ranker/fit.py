"""Learns a ranker: boosted trees that may look at one feature, or at the two of an interaction, read off as tables."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from address_match.models.ranker.additive_ranker import AdditiveRanker, FeatureSpec, Interaction
from address_match.models.ranker.interactions import strongest_interactions
from address_match.models.ranker.residual import fit_last_features

LEAST_SEEN = 50
"""Pairs in which a category must be seen to contribute anything."""
MAX_BINS = 60
"""Bins of a continuous feature; more describe noise."""
SINGLE_ROUNDS = 300
"""Rounds of the first model, of single features, whose errors show which features interact."""
LEARNING_RATE = 0.1
"""Share of what a tree finds that is taken over."""
PURIFYING_ROUNDS = 50
"""Rounds of means over rows and columns; after them nothing moves that could be seen."""


def fit_ranker(
    features: NDArray[np.float32],
    matches: NDArray[np.bool_],
    specs: Sequence[FeatureSpec],
    *,
    seed: int,
    rounds: int = 600,
    interactions: int = 0,
) -> AdditiveRanker:
    """Fit shape functions by gradient boosting (Lou, Caruana & Gehrke 2012), and so many interactions (GA2M, 2013).

    `features` are comparison vectors, shape (pairs, features), `matches` tells the true pairs, shape (pairs,). A tree
    may look at one feature, or at both of an interaction; what the trees sum up to is read off exactly, bin by bin,
    from the decision function. The features that come `last` contribute what they explain of the errors of all others
    (`address_match.models.ranker.residual`).
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
    data = _TrainingPairs(tuple(specs), edges, first, matches, seed)
    interacting: Sequence[tuple[int, int]] = ()
    if interactions:
        single = data.fit(SINGLE_ROUNDS, ())
        interacting = strongest_interactions(single, features, first, matches, interactions)
    return fit_last_features(data.fit(rounds, interacting), last, codes, matches)


@dataclass(frozen=True, slots=True)
class _TrainingPairs:
    """The binned training pairs, and how a ranker is fitted to them."""

    specs: tuple[FeatureSpec, ...]
    edges: tuple[NDArray[np.float32], ...]
    codes: NDArray[np.int64]
    matches: NDArray[np.bool_]
    seed: int

    def fit(self, rounds: int, interacting: Sequence[tuple[int, int]]) -> AdditiveRanker:
        """Fit trees over single features and over these interactions, and read them off."""
        from sklearn.ensemble import HistGradientBoostingClassifier

        columns = _Columns(self.specs)
        learner = HistGradientBoostingClassifier(
            learning_rate=LEARNING_RATE,
            max_iter=rounds,
            max_leaf_nodes=6,
            min_samples_leaf=40,
            l2_regularization=1.0,
            max_bins=255,
            interaction_cst=columns.groups(interacting),
            categorical_features=columns.categorical,
            monotonic_cst=columns.monotone,
            early_stopping=False,
            random_state=self.seed,
        )
        learner.fit(columns.of(self.codes), self.matches)
        return self._read_off(learner, columns, interacting)

    def _read_off(
        self, learner: Any, columns: "_Columns", interacting: Sequence[tuple[int, int]]
    ) -> AdditiveRanker:
        """Take the sum of the trees apart, with all other features held at their first bin.

        Then move what an interaction says about one feature alone to that feature, and centre every table on the
        training pairs.
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
        for i, j in interacting:
            grid = np.repeat(reference[None, :], bins[i] * bins[j], axis=0)
            first, second = np.divmod(np.arange(len(grid)), bins[j])
            grid[:, i], grid[:, j] = np.minimum(first, seen[i]), np.minimum(second, seen[j])
            both = learner.decision_function(columns.of(grid)).reshape(bins[i], bins[j]) - intercept
            tables.append(both - values[i][:, None] - values[j][None, :])
        return self._purified(values, dict(zip(interacting, tables, strict=True)), intercept)

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
            around = shape - centre
            # A category that was seen rarely contributes what the average pair does.
            centred.append(np.where(times >= LEAST_SEEN, around, 0.0) if spec.categories else around)
            intercept += centre
        return AdditiveRanker(self.specs, self.edges, tuple(centred), intercept, tuple(interactions))


def _purify(
    table: NDArray[np.float64], times: NDArray[np.float64]
) -> tuple[NDArray[np.float64], NDArray[np.float64], NDArray[np.float64]]:
    """Part a table into what rows and columns contribute by themselves and the rest (Lengerich et al. 2020).

    `times` counts the training pairs of each cell. Returns the rest, and the contributions of the rows and of the
    columns.
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
    """How bins are laid before the learner: a feature with reasons for no value as two columns, the reason and the
    value.

    Categories stand first. The learner moves them there if they do not, and then applies the groups to the wrong
    columns (scikit-learn 1.9).
    """

    specs: Sequence[FeatureSpec]

    @property
    def _categorical_features(self) -> list[int]:
        """Features of the categorical columns: those of categories, and those with reasons for no value."""
        return [j for j, spec in enumerate(self.specs) if spec.categories or spec.unsaid]

    @property
    def _continuous_features(self) -> list[int]:
        """Features of the continuous columns."""
        return [j for j, spec in enumerate(self.specs) if not spec.categories]

    @property
    def categorical(self) -> list[bool]:
        """Return for each column whether it is categorical."""
        return [True] * len(self._categorical_features) + [False] * len(self._continuous_features)

    @property
    def monotone(self) -> list[int]:
        """Return 1, -1 or 0 for each column, as `FeatureSpec.monotone`."""
        return [0] * len(self._categorical_features) + [
            self.specs[j].monotone for j in self._continuous_features
        ]

    def groups(self, interacting: Sequence[tuple[int, int]]) -> list[set[int]]:
        """Return which columns a branch of a tree may look at: those of one feature, or of both of an interaction."""
        features = [*self._categorical_features, *self._continuous_features]
        own = [{at for at, k in enumerate(features) if k == j} for j in range(len(self.specs))]
        return [*own, *(own[i] | own[j] for i, j in interacting)]

    def of(self, codes: NDArray[np.int64]) -> NDArray[np.float64]:
        """Lay out bins, shape (rows, features), as columns of the learner."""
        columns = []
        for j in self._categorical_features:
            unsaid = self.specs[j].unsaid
            columns.append(np.minimum(codes[:, j], unsaid) if unsaid else codes[:, j])
        for j in self._continuous_features:
            columns.append(np.where(codes[:, j] < self.specs[j].unsaid, np.nan, codes[:, j]))
        return np.column_stack(columns).astype(np.float64)


def _edges(column: NDArray[np.float32], matches: NDArray[np.bool_], unsaid: int) -> NDArray[np.float32]:
    """Return the edges of a column's bins: at each reason for no value, then at its distinct values where these are
    few, else at quantiles.

    Half of the quantiles are those of the matches: where they lie, few other pairs do, and there it is decided.
    """
    known = (column >= 0) if unsaid else np.ones(len(column), dtype=bool)
    distinct = np.unique(column[known])
    if len(distinct) > MAX_BINS:
        steps = np.linspace(0, 1, MAX_BINS // 2)
        parts = [np.quantile(column[part], steps) for part in (known, known & matches) if part.any()]
        distinct = np.unique(np.concatenate(parts).astype(np.float32))
    reasons = np.arange(-unsaid, 0, dtype=np.float32)
    return np.concatenate([reasons, distinct[:-1]]).astype(np.float32)
