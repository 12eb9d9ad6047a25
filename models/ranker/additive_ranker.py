"""A model of log-odds that explains itself: each feature, cut into bins, contributes what its bin is worth, and so do
some interactions.
"""

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from functools import cached_property
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from safetensors import SafetensorError
from safetensors.numpy import load_file, save_file

from address_match.models.errors import BundleError

ROWS_AT_ONCE = 2_048
"""Rows whose contributions from every table are held at once: they stay in the processor's cache."""


@dataclass(frozen=True, slots=True)
class FeatureSpec:
    """What the ranker must know of a column of the comparison vectors."""

    name: str
    categories: int = 0
    """Number of categories, coded 0 to categories - 1; 0 for a continuous feature."""
    monotone: int = 0
    """1 where more can only speak for a match, -1 where it can only speak against; 0 where either may be."""
    unsaid: int = 0
    """Number of reasons why there is no value, stored as -1 to -unsaid; they have no order."""
    last: bool = False
    """Whether it sums up what the others say one by one: it is learned last, from what they leave unexplained."""


@dataclass(frozen=True, slots=True)
class Interaction:
    """What two features contribute together, beyond what each contributes by itself."""

    first: int
    second: int
    """Positions of the two features."""
    values: NDArray[np.float64]
    """Log-odds, shape (bins of the first, bins of the second)."""


@dataclass(frozen=True, slots=True)
class _StackedTables:
    """All tables of a ranker behind each other, so that all contributions of a row are picked out of one array."""

    values: NDArray[np.float64]
    """Log-odds of every bin of every feature, then of every cell of every interaction."""
    starts: NDArray[np.int64]
    """Shape (features + interactions, 1): where the table of each begins."""
    first: NDArray[np.int64]
    """Shape (interactions,), as the next: positions of the two features."""
    second: NDArray[np.int64]
    widths: NDArray[np.int64]
    """Shape (interactions, 1): bins of the second feature."""


@dataclass(frozen=True)
class AdditiveRanker:
    """Bin edges, and the log-odds of each bin; features, interactions and the intercept sum to the log-odds of a match."""

    specs: tuple[FeatureSpec, ...]
    edges: tuple[NDArray[np.float32], ...]
    """Of each continuous feature, ascending; empty for a categorical one. Bin i holds edges[i-1] < x <= edges[i]."""
    values: tuple[NDArray[np.float64], ...]
    """Of each feature, the log-odds of its bins; shape (bins,)."""
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
        """Return what each feature contributes to the log-odds, shape (rows, features).

        Half of an interaction goes to each of its two features: their Shapley values in a model of pairs of features.
        """
        codes = self.bins(features)
        contributions = np.stack([v[codes[:, j]] for j, v in enumerate(self.values)], axis=1)
        for both in self.interactions:
            half = both.values[codes[:, both.first], codes[:, both.second]] / 2
            contributions[:, both.first] += half
            contributions[:, both.second] += half
        return contributions

    def log_odds(self, features: NDArray[np.float32]) -> NDArray[np.float64]:
        """Return the log-odds of a match, shape (rows,)."""
        return self.log_odds_of(self.bins(features))

    def log_odds_of(self, bins: NDArray[np.int64]) -> NDArray[np.float64]:
        """Return the log-odds of a match, shape (rows,), from the `bins` of the features, shape (rows, features)."""
        codes = bins.T
        total = np.full(len(bins), self.intercept)
        for start in range(0, len(bins), ROWS_AT_ONCE):
            part = total[start : start + ROWS_AT_ONCE]
            # Table after table, so that a row's sum does not depend on how many there are.
            for contribution in self._contributions(codes[:, start : start + ROWS_AT_ONCE]):
                part += contribution
        return total

    def _contributions(self, codes: NDArray[np.int64]) -> NDArray[np.float64]:
        """Return what each feature and each interaction contributes, shape (features + interactions, rows).

        `codes` are bins, shape (features, rows).
        """
        tables = self._stacked
        singles = len(codes)
        places = np.empty((len(tables.starts), codes.shape[1]), dtype=np.int64)
        np.add(codes, tables.starts[:singles], out=places[:singles])
        cells = np.multiply(codes[tables.first], tables.widths, out=places[singles:])
        cells += codes[tables.second]
        cells += tables.starts[singles:]
        return tables.values[places]

    @cached_property
    def _stacked(self) -> _StackedTables:
        both = self.interactions
        tables = [*self.values, *(table.values.ravel() for table in both)]
        sizes = np.array([len(table) for table in tables], dtype=np.int64)
        return _StackedTables(
            np.concatenate(tables),
            (np.cumsum(sizes) - sizes)[:, None],
            np.array([table.first for table in both], dtype=np.int64),
            np.array([table.second for table in both], dtype=np.int64),
            np.array([table.values.shape[1] for table in both], dtype=np.int64)[:, None],
        )

    def for_features(self, specs: Sequence[FeatureSpec]) -> "AdditiveRanker":
        """Return the same model over other columns: a feature or a category that it did not learn contributes nothing.

        Raises `BundleError` when a feature that it learned from is not among the columns, or has fewer or no
        categories.
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
        interactions = []
        for both in self.interactions:
            first, second = (place[self.specs[j].name] for j in (both.first, both.second))
            table = _padded(both.values, len(values[first]), len(values[second]))
            interactions.append(Interaction(first, second, table))
        return AdditiveRanker(tuple(specs), tuple(edges), tuple(values), self.intercept, tuple(interactions))

    def save(self, directory: Path) -> None:
        """Write `ranker.safetensors` and `ranker.json` into a directory."""
        directory.mkdir(parents=True, exist_ok=True)
        tensors: dict[str, NDArray[np.floating]] = {f"edges.{i:02d}": e for i, e in enumerate(self.edges)}
        tensors |= {f"values.{i:02d}": v for i, v in enumerate(self.values)}
        tensors |= {
            f"pairs.{i:02d}": np.ascontiguousarray(both.values) for i, both in enumerate(self.interactions)
        }
        save_file(tensors, directory / "ranker.safetensors")
        description = {
            "intercept": self.intercept,
            "features": [asdict(s) for s in self.specs],
            "interactions": [
                [self.specs[both.first].name, self.specs[both.second].name] for both in self.interactions
            ],
        }
        (directory / "ranker.json").write_text(json.dumps(description, indent=1) + "\n", encoding="utf-8")

    @classmethod
    def load(cls, directory: Path) -> "AdditiveRanker":
        """Read what `save` wrote; raises `BundleError` when it is not whole."""
        try:
            description = json.loads((directory / "ranker.json").read_text(encoding="utf-8"))
            tensors = load_file(directory / "ranker.safetensors")
            specs = tuple(FeatureSpec(**s) for s in description["features"])
            place = {spec.name: j for j, spec in enumerate(specs)}
            interactions = tuple(
                Interaction(place[first], place[second], tensors[f"pairs.{i:02d}"])
                for i, (first, second) in enumerate(description.get("interactions", ()))
            )
            edges = tuple(tensors[f"edges.{i:02d}"] for i in range(len(specs)))
            values = tuple(tensors[f"values.{i:02d}"] for i in range(len(specs)))
            return cls(specs, edges, values, float(description["intercept"]), interactions)
        except (OSError, KeyError, TypeError, ValueError, SafetensorError) as error:
            raise BundleError(f"the ranker in {directory} cannot be read: {error}") from error


def _widened(values: NDArray[np.float64], learned: FeatureSpec, spec: FeatureSpec) -> NDArray[np.float64]:
    """Return the log-odds of all categories of `spec`, 0 for those that were not learned."""
    return np.pad(values, (0, spec.categories - learned.categories)) if spec.categories else values


def _padded(table: NDArray[np.float64], rows: int, columns: int) -> NDArray[np.float64]:
    """Return a table with rows and columns of 0 up to the numbers of bins of both features."""
    return np.pad(table, ((0, rows - table.shape[0]), (0, columns - table.shape[1])))
