"""A model of log-odds that explains itself: each feature, cut into bins, adds what its bin is worth, and so do some pairs of them."""

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from functools import cached_property
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from safetensors.numpy import load_file, save_file

from address_match.models.errors import BundleError

ROWS_AT_ONCE = 2_048
"""Rows whose worth in every table is held at once: what all tables give for them stays in the processor's cache."""


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
    last: bool = False
    """Return whether it sums up what the others say one by one: it is learned last, from what they leave unexplained."""


@dataclass(frozen=True, slots=True)
class Interaction:
    """What two features are worth together, beyond what each is worth by itself."""

    first: int
    second: int
    """Positions of the two features."""
    values: NDArray[np.float64]
    """Log-odds, shape (bins of the first, bins of the second)."""


@dataclass(frozen=True, slots=True)
class _Joined:
    """All tables of a ranker behind each other, so that what a row is worth is picked out of one."""

    worth: NDArray[np.float64]
    """Log-odds of every bin of every feature, then of every interaction."""
    starts: NDArray[np.int64]
    """Shape (features + interactions, 1): where the table of each begins."""
    first: NDArray[np.int64]
    """Shape (interactions,), as the next: positions of the two features."""
    second: NDArray[np.int64]
    widths: NDArray[np.int64]
    """Shape (interactions, 1): bins of the second feature."""


@dataclass(frozen=True)
class AdditiveRanker:
    """Bin edges and log-odds a bin; the sum over features, interactions and the intercept is the log-odds of a match."""

    specs: tuple[FeatureSpec, ...]
    edges: tuple[NDArray[np.float32], ...]
    """Of each continuous feature, ascending; empty for a categorical one. Bin i holds edges[i-1] < x <= edges[i]."""
    values: tuple[NDArray[np.float64], ...]
    """Of each feature, log-odds a bin."""
    intercept: float
    interactions: tuple[Interaction, ...] = ()

    def bins(self, features: NDArray[np.float32]) -> NDArray[np.int64]:
        """Return the bin of every value, shape (rows, features)."""
        # A column after the other: every step below reads or writes whole columns.
        codes = features.astype(np.int64, order="F")
        for j, edges in enumerate(self.edges):
            if not self.specs[j].categories:
                codes[:, j] = edges.searchsorted(features[:, j])
        return codes

    def contributions(self, features: NDArray[np.float32]) -> NDArray[np.float64]:
        """Return what each feature adds to the log-odds, shape (rows, features).

        What two are worth together goes half to each: their Shapley values in a model of pairs.
        """
        codes = self.bins(features)
        worth = np.stack([v[codes[:, j]] for j, v in enumerate(self.values)], axis=1)
        for pair in self.interactions:
            half = pair.values[codes[:, pair.first], codes[:, pair.second]] / 2
            worth[:, pair.first] += half
            worth[:, pair.second] += half
        return worth

    def log_odds(self, features: NDArray[np.float32]) -> NDArray[np.float64]:
        """Return the log-odds of a match, shape (rows,)."""
        return self.log_odds_of(self.bins(features))

    def log_odds_of(self, bins: NDArray[np.int64]) -> NDArray[np.float64]:
        """Return the log-odds of a match of features that `bins` has put into bins, shape (rows,)."""
        codes = bins.T
        total = np.full(len(bins), self.intercept)
        for start in range(0, len(bins), ROWS_AT_ONCE):
            part = total[start : start + ROWS_AT_ONCE]
            # Table after table, so that a row's sum does not depend on how many there are.
            for worth in self._worth(codes[:, start : start + ROWS_AT_ONCE]):
                part += worth
        return total

    def _worth(self, codes: NDArray[np.int64]) -> NDArray[np.float64]:
        """Return what each feature and each interaction adds, shape (features + interactions, rows); `codes` (features, rows)."""
        tables = self._joined
        singles = len(codes)
        places = np.empty((len(tables.starts), codes.shape[1]), dtype=np.int64)
        np.add(codes, tables.starts[:singles], out=places[:singles])
        pairs = np.multiply(codes[tables.first], tables.widths, out=places[singles:])
        pairs += codes[tables.second]
        pairs += tables.starts[singles:]
        return tables.worth[places]

    @cached_property
    def _joined(self) -> _Joined:
        pairs = self.interactions
        tables = [*self.values, *(pair.values.ravel() for pair in pairs)]
        sizes = np.array([len(table) for table in tables], dtype=np.int64)
        return _Joined(
            np.concatenate(tables),
            (np.cumsum(sizes) - sizes)[:, None],
            np.array([pair.first for pair in pairs], dtype=np.int64),
            np.array([pair.second for pair in pairs], dtype=np.int64),
            np.array([pair.values.shape[1] for pair in pairs], dtype=np.int64)[:, None],
        )

    def fitting(self, specs: Sequence[FeatureSpec]) -> "AdditiveRanker":
        """Return the same model over other columns: what it did not learn of, a feature or a category, is worth nothing.

        Raises BundleError when a feature that it learned from is not among the columns any more, or has become another one.
        """
        learned = {spec.name: j for j, spec in enumerate(self.specs)}
        place = {spec.name: j for j, spec in enumerate(specs)}
        for spec in self.specs:
            kept = specs[place[spec.name]] if spec.name in place else FeatureSpec("")
            if (
                not kept.name
                or bool(kept.categories) != bool(spec.categories)
                or kept.categories < spec.categories
            ):
                raise BundleError(
                    f"the ranker learned from the feature {spec.name} ({spec.categories} categories), which this release does "
                    "not compute. Train the bundle anew, address-match train bundle --out DIR, and name it with --bundle DIR"
                )
        edges = [self.edges[learned[s.name]] if s.name in learned else np.zeros(0, np.float32) for s in specs]
        values = [
            _widened(self.values[learned[s.name]], self.specs[learned[s.name]], s)
            if s.name in learned
            else np.zeros(max(1, s.categories))
            for s in specs
        ]
        pairs = [
            Interaction(place[self.specs[pair.first].name], place[self.specs[pair.second].name], pair.values)
            for pair in self.interactions
        ]
        pairs = [Interaction(p.first, p.second, _padded(p.values, values, p)) for p in pairs]
        return AdditiveRanker(tuple(specs), tuple(edges), tuple(values), self.intercept, tuple(pairs))

    def save(self, directory: Path) -> None:
        """Write `ranker.safetensors` and `ranker.json` into a directory."""
        directory.mkdir(parents=True, exist_ok=True)
        tensors: dict[str, NDArray[np.floating]] = {f"edges.{i:02d}": e for i, e in enumerate(self.edges)}
        tensors |= {f"values.{i:02d}": v for i, v in enumerate(self.values)}
        tensors |= {f"pairs.{i:02d}": np.ascontiguousarray(p.values) for i, p in enumerate(self.interactions)}
        save_file(tensors, directory / "ranker.safetensors")
        description = {
            "intercept": self.intercept,
            "features": [asdict(s) for s in self.specs],
            "interactions": [
                [self.specs[p.first].name, self.specs[p.second].name] for p in self.interactions
            ],
        }
        (directory / "ranker.json").write_text(json.dumps(description, indent=1) + "\n", encoding="utf-8")

    @classmethod
    def load(cls, directory: Path) -> "AdditiveRanker":
        """Read what `save` wrote; raise BundleError when it is not whole."""
        try:
            description = json.loads((directory / "ranker.json").read_text(encoding="utf-8"))
            tensors = load_file(directory / "ranker.safetensors")
            specs = tuple(FeatureSpec(**s) for s in description["features"])
            place = {spec.name: j for j, spec in enumerate(specs)}
            pairs = tuple(
                Interaction(place[first], place[second], tensors[f"pairs.{i:02d}"])
                for i, (first, second) in enumerate(description.get("interactions", ()))
            )
            edges = tuple(tensors[f"edges.{i:02d}"] for i in range(len(specs)))
            values = tuple(tensors[f"values.{i:02d}"] for i in range(len(specs)))
            return cls(specs, edges, values, float(description["intercept"]), pairs)
        except (OSError, KeyError, TypeError, ValueError) as error:
            raise BundleError(f"the ranker in {directory} cannot be read: {error}") from error


def _widened(values: NDArray[np.float64], learned: FeatureSpec, spec: FeatureSpec) -> NDArray[np.float64]:
    """Give the categories that were not learned the worth 0."""
    return np.pad(values, (0, spec.categories - learned.categories)) if spec.categories else values


def _padded(
    table: NDArray[np.float64], values: Sequence[NDArray[np.float64]], pair: Interaction
) -> NDArray[np.float64]:
    """Add rows and columns of 0 up to the numbers of bins of both features."""
    rows, columns = len(values[pair.first]), len(values[pair.second])
    return np.pad(table, ((0, rows - table.shape[0]), (0, columns - table.shape[1])))
