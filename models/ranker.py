"""An additive model of log-odds: each feature, cut into bins, adds what its bin is worth."""

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from safetensors.numpy import load_file, save_file

from models.errors import BundleError

LEAST_SEEN = 50
"""Pairs by which a category must be known to be worth more or less than the average pair."""
MAX_BINS = 60
"""Bins of a continuous feature; more describe noise."""


@dataclass(frozen=True, slots=True)
class FeatureSpec:
    """What a learner must know of a column of a feature matrix."""

    name: str
    categories: int = 0
    """Number of categories, coded 0 to categories - 1; 0 for a continuous feature."""
    monotone: int = 0
    """1 where more can only speak for a match, -1 where it can only speak against; 0 where either may be."""
    unsaid: int = 0
    """Number of negative whole values, -1 to -unsaid, that say why there is no value; they have no order."""
    inner: int = 0
    """Of a category that joins two facts, code = outer * inner + the inner fact; 0 for any other."""


@dataclass(frozen=True, slots=True)
class AdditiveRanker:
    """Bin edges and log-odds a bin; the sum over features and the intercept is the log-odds of a match."""

    specs: tuple[FeatureSpec, ...]
    edges: tuple[NDArray[np.float32], ...]
    """Of each continuous feature, ascending; empty for a categorical one. Bin i holds edges[i-1] < x <= edges[i]."""
    values: tuple[NDArray[np.float64], ...]
    """Of each feature, log-odds a bin."""
    intercept: float

    def bins(self, features: NDArray[np.float32]) -> NDArray[np.int64]:
        """Return the bin of every value, shape (rows, features)."""
        codes = np.empty(features.shape, dtype=np.int64)
        for j, edges in enumerate(self.edges):
            column = features[:, j]
            if self.specs[j].categories:
                codes[:, j] = column
            else:
                codes[:, j] = np.searchsorted(edges, column, side="left")
        return codes

    def contributions(self, features: NDArray[np.float32]) -> NDArray[np.float64]:
        """Return what each feature adds to the log-odds, shape (rows, features)."""
        codes = self.bins(features)
        return np.stack([v[codes[:, j]] for j, v in enumerate(self.values)], axis=1)

    def log_odds(self, features: NDArray[np.float32]) -> NDArray[np.float64]:
        """Return the log-odds of a match, shape (rows,)."""
        total = np.full(len(features), self.intercept)
        for j, (edges, values) in enumerate(zip(self.edges, self.values, strict=True)):
            column = features[:, j]
            code = column.astype(np.int64) if self.specs[j].categories else np.searchsorted(edges, column)
            total += values[code]
        return total

    def save(self, directory: Path) -> None:
        """Write `ranker.safetensors` and `ranker.json` into a directory."""
        directory.mkdir(parents=True, exist_ok=True)
        tensors: dict[str, NDArray[np.floating]] = {f"edges.{i:02d}": e for i, e in enumerate(self.edges)}
        tensors |= {f"values.{i:02d}": v for i, v in enumerate(self.values)}
        save_file(tensors, directory / "ranker.safetensors")
        description = {"intercept": self.intercept, "features": [asdict(s) for s in self.specs]}
        (directory / "ranker.json").write_text(json.dumps(description, indent=1) + "\n", encoding="utf-8")

    @classmethod
    def load(cls, directory: Path) -> "AdditiveRanker":
        """Read what `save` wrote; raise BundleError when it is not whole."""
        try:
            description = json.loads((directory / "ranker.json").read_text(encoding="utf-8"))
            tensors = load_file(directory / "ranker.safetensors")
            specs = tuple(FeatureSpec(**s) for s in description["features"])
            edges = tuple(tensors[f"edges.{i:02d}"] for i in range(len(specs)))
            values = tuple(tensors[f"values.{i:02d}"] for i in range(len(specs)))
            return cls(specs, edges, values, float(description["intercept"]))
        except (OSError, KeyError, TypeError, ValueError) as error:
            raise BundleError(f"the ranker in {directory} cannot be read: {error}") from error


def fit_ranker(
    features: NDArray[np.float32],
    matches: NDArray[np.bool_],
    specs: Sequence[FeatureSpec],
    *,
    seed: int,
    rounds: int = 600,
    learning_rate: float = 0.1,
) -> AdditiveRanker:
    """Fit shape functions by gradient boosting without interactions (Lou, Caruana & Gehrke 2012).

    `features` has the shape (pairs, features), `matches` (pairs,). Since a boosted tree splits on one feature only,
    their sum is read off exactly, bin by bin, from the decision function.
    """
    from sklearn.ensemble import HistGradientBoostingClassifier

    edges = tuple(
        np.zeros(0, np.float32) if spec.categories else _edges(features[:, j], matches, spec.unsaid)
        for j, spec in enumerate(specs)
    )
    codes = AdditiveRanker(tuple(specs), edges, (), 0.0).bins(features)
    columns = _Columns(specs)
    learner = HistGradientBoostingClassifier(
        learning_rate=learning_rate,
        max_iter=rounds,
        max_leaf_nodes=6,
        min_samples_leaf=40,
        l2_regularization=1.0,
        max_bins=255,
        interaction_cst="no_interactions",
        categorical_features=columns.categorical,
        monotonic_cst=columns.monotone,
        early_stopping=False,
        random_state=seed,
    )
    learner.fit(columns.of(codes), matches)
    seen = codes.max(axis=0)
    reference = np.zeros((1, len(specs)), dtype=np.int64)
    origin = float(learner.decision_function(columns.of(reference))[0])
    values = []
    intercept = origin
    for j, spec in enumerate(specs):
        count = spec.categories or len(edges[j]) + 1
        grid = np.repeat(reference, count, axis=0)
        grid[:, j] = np.arange(count) if spec.categories else np.minimum(np.arange(count), seen[j])
        shape = learner.decision_function(columns.of(grid)) - origin
        centre = float(shape[codes[:, j]].mean())
        seen_times = np.bincount(codes[:, j], minlength=count)
        values.append(_worth_of_rare(shape - centre, seen_times, spec) if spec.categories else shape - centre)
        intercept += centre
    return AdditiveRanker(tuple(specs), edges, tuple(values), intercept)


def _worth_of_rare(
    values: NDArray[np.float64], times: NDArray[np.int64], spec: FeatureSpec
) -> NDArray[np.float64]:
    """Give a category that was seen rarely what the average pair is worth; a joined one, what its two facts are worth in others."""
    often = times >= LEAST_SEEN
    if not spec.inner:
        return np.where(often, values, 0.0)
    outer, inner = np.divmod(np.arange(len(values)), spec.inner)
    facts = np.concatenate([np.eye(len(values) // spec.inner)[outer], np.eye(spec.inner)[inner]], axis=1)
    weights = np.sqrt(times * often)
    effects = np.linalg.lstsq(facts * weights[:, None], values * weights, rcond=None)[0]
    return np.where(often, values, facts @ effects)


@dataclass(frozen=True, slots=True)
class _Columns:
    """How bins are laid before the learner: a feature with unsaid values as two columns, the value and why there is none."""

    specs: Sequence[FeatureSpec]

    @property
    def categorical(self) -> list[bool]:
        return [bool(s.categories) for s in self.specs] + [True for s in self.specs if s.unsaid]

    @property
    def monotone(self) -> list[int]:
        return [0 if s.categories else s.monotone for s in self.specs] + [0 for s in self.specs if s.unsaid]

    def of(self, codes: NDArray[np.int64]) -> NDArray[np.float64]:
        values = codes.astype(np.float64)
        reasons = []
        for j, spec in enumerate(self.specs):
            if spec.unsaid:
                reasons.append(np.minimum(codes[:, j], spec.unsaid))
                values[:, j] = np.where(codes[:, j] < spec.unsaid, np.nan, values[:, j])
        return np.column_stack([values, *reasons])


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
