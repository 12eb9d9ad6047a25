"""From the log-odds of single candidates to one distribution over the candidates and absence."""

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from models.errors import BundleError

LEAST_ACCEPTED = 0.8
"""No threshold lies lower, even where the sure answers alone would carry a target precision: a clerk who sees an accepted
answer expects it to be right by itself."""
FLOOR = 1e-4
"""No probability of the best candidate is given nearer to 0 or 1 than this: the evidence does not reach further."""


@dataclass(frozen=True, slots=True)
class ListwiseCalibration:
    """P(candidate i) is proportional to exp(slope * log-odds of i), P(absent) to exp(weights · traits of the query).

    A monotone curve then corrects the probability of the best candidate, and of those that equal it; the rest of the mass is
    shared out in proportion.
    """

    slope: float
    traits: tuple[str, ...]
    weights: tuple[float, ...]
    curve_from: tuple[float, ...]
    """Ascending uncorrected probabilities of the best candidate."""
    curve_to: tuple[float, ...]
    """What they are worth."""
    thresholds: dict[str, float]
    """Least probability of the best candidate for a target precision, by that precision: {"0.99": 0.93}."""

    def distribution(
        self, log_odds: NDArray[np.float64], query: NDArray[np.int64], traits: NDArray[np.float64]
    ) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """Return the probability of each candidate, shape (candidates,), and of absence, shape (queries,).

        `log_odds` and `query` have the shape (candidates,), one candidate a premises, ordered by query; `traits` (queries, traits).
        """
        candidates, absent, best = _softmax(self.slope * log_odds, traits @ np.array(self.weights), query)
        is_best = candidates == best[query]
        sharing = np.maximum(np.bincount(query, is_best, minlength=len(absent)), 1)
        corrected = np.interp(best, self.curve_from, self.curve_to)
        corrected = np.where(best > 0, np.clip(corrected, FLOOR, (1 - FLOOR) / sharing), 0.0)
        rest = np.maximum(1 - sharing * corrected, 0) / np.maximum(1 - sharing * best, 1e-12)
        candidates = np.where(
            is_best, corrected[query], np.minimum(candidates * rest[query], corrected[query])
        )
        given = np.bincount(query, candidates, minlength=len(absent))
        return candidates, np.clip(1.0 - given, 0.0, 1.0)

    def save(self, directory: Path) -> None:
        """Write `calibration.json` into a directory."""
        directory.mkdir(parents=True, exist_ok=True)
        text = json.dumps(asdict(self), indent=1)
        (directory / "calibration.json").write_text(text + "\n", encoding="utf-8")

    @classmethod
    def load(cls, directory: Path) -> "ListwiseCalibration":
        """Read what `save` wrote; raise BundleError when it is not whole."""
        try:
            fields = json.loads((directory / "calibration.json").read_text(encoding="utf-8"))
            return cls(
                slope=float(fields["slope"]),
                traits=tuple(fields["traits"]),
                weights=tuple(fields["weights"]),
                curve_from=tuple(fields["curve_from"]),
                curve_to=tuple(fields["curve_to"]),
                thresholds=dict(fields["thresholds"]),
            )
        except (OSError, KeyError, TypeError, ValueError) as error:
            raise BundleError(f"the calibration in {directory} cannot be read: {error}") from error


def fit_calibration(
    log_odds: NDArray[np.float64],
    query: NDArray[np.int64],
    right: NDArray[np.bool_],
    traits: NDArray[np.float64],
    names: Sequence[str],
    precisions: Sequence[float] = (0.99, 0.995),
) -> ListwiseCalibration:
    """Fit slope and weights by likelihood, the curve by isotonic regression, the thresholds by counting.

    `right` marks the candidates that are the premises asked for; a query with none of them asks for an absent one.
    """
    from scipy.optimize import minimize
    from sklearn.isotonic import IsotonicRegression

    queries = len(traits)
    present = np.bincount(query, right, minlength=queries) > 0

    def loss(parameters: NDArray[np.float64]) -> float:
        candidates, absent, _ = _softmax(parameters[0] * log_odds, traits @ parameters[1:], query)
        held = np.bincount(query, candidates * right, minlength=queries)
        chosen = np.where(present, held, absent)
        return float(-np.log(np.maximum(chosen, 1e-12)).mean() + 1e-4 * (parameters[1:] ** 2).mean())

    start = np.concatenate([[1.0], np.zeros(traits.shape[1])])
    found = minimize(loss, start, method="L-BFGS-B", bounds=[(0.05, 5.0)] + [(-30, 30)] * traits.shape[1])
    slope, weights = float(found.x[0]), found.x[1:]
    candidates, _, best = _softmax(slope * log_odds, traits @ weights, query)
    is_best = candidates == best[query]
    sharing = np.maximum(np.bincount(query, is_best, minlength=queries), 1)
    best_right = np.bincount(query, right & is_best, minlength=queries) / sharing
    knots = np.unique(np.quantile(best, np.linspace(0, 1, 400)))
    isotonic = IsotonicRegression(out_of_bounds="clip", y_min=0.0, y_max=1.0).fit(best, best_right)
    curve = _smooth(knots, isotonic.predict(knots))
    worth = np.interp(best, knots, curve)
    thresholds = {f"{p:g}": _threshold(worth, best_right, p) for p in precisions}
    return ListwiseCalibration(
        slope,
        tuple(names),
        tuple(map(float, weights)),
        tuple(map(float, knots)),
        tuple(map(float, curve)),
        thresholds,
    )


def _softmax(
    scores: NDArray[np.float64], absent_scores: NDArray[np.float64], query: NDArray[np.int64]
) -> tuple[NDArray[np.float64], NDArray[np.float64], NDArray[np.float64]]:
    """Return probabilities of the candidates and of absence, and the best candidate's; 0 for a query without candidates."""
    peak = absent_scores.copy()
    np.maximum.at(peak, query, scores)
    weights, absent = np.exp(scores - peak[query]), np.exp(absent_scores - peak)
    total = np.bincount(query, weights, minlength=len(absent)) + absent
    candidates = weights / total[query]
    best = np.zeros(len(absent))
    np.maximum.at(best, query, candidates)
    return candidates, absent / total, best


def _smooth(knots: NDArray[np.float64], values: NDArray[np.float64]) -> NDArray[np.float64]:
    """Average an isotonic staircase over neighbouring knots, so that distinct scores keep distinct probabilities."""
    width = max(1, min(9, len(knots) // 4 * 2 + 1))
    padded = np.pad(values, width // 2, mode="edge")
    averaged: NDArray[np.float64] = np.convolve(padded, np.ones(width) / width, mode="valid")[: len(values)]
    return np.maximum.accumulate(averaged)


def _threshold(probability: NDArray[np.float64], right: NDArray[np.float64], precision: float) -> float:
    """Return the least probability, from LEAST_ACCEPTED, above which the answers reach a precision; 1 where none do."""
    order = np.argsort(-probability, kind="stable")
    achieved = np.cumsum(right[order]) / np.arange(1, len(order) + 1)
    reached = np.flatnonzero(achieved >= precision)
    return max(LEAST_ACCEPTED, float(probability[order[reached[-1]]])) if len(reached) else 1.0
