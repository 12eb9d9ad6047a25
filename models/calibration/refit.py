"""A calibration set right by some hundred labelled queries, with two numbers that it does not take far from where it
was.
"""

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from address_match.models.calibration.competition import compete
from address_match.models.calibration.fit import thresholds_for
from address_match.models.calibration.listwise import ListwiseCalibration
from address_match.models.calibration.prior import LEAST_PRIOR, MOST_PRIOR, log_odds

SLOPE_SPREAD, SHIFT_SPREAD = 0.7, 2.0
"""Standard deviations of what is believed beforehand of the logarithm of the slope, and of the shift: both about 0."""
NEAREST = 1e-6
"""No log-odds are taken of a probability nearer to 0 or 1 than this."""
_FARTHEST = 3.0
"""Of the logarithm of the slope."""


@dataclass(frozen=True, slots=True)
class Recalibration:
    """What a probability of the best candidate is worth: 1 / (1 + exp(-(slope · log-odds + shift))).

    The scaling of Platt (Advances in Large Margin Classifiers, 1999) on the log-odds of what was calibrated before.
    """

    slope: float
    """Below 1 where the calibration was too sure."""
    shift: float
    """Below 0 where its probabilities were too high."""

    def of(self, probability: NDArray[np.float64]) -> NDArray[np.float64]:
        """Return the corrected probabilities, in (0, 1) and in the same shape."""
        worth: NDArray[np.float64] = 1 / (1 + np.exp(-(self.slope * _log_odds_of(probability) + self.shift)))
        return worth


@dataclass(frozen=True, slots=True)
class WeighedRankings:
    """Ranked premises of queries whose truth is known, each with a weight."""

    log_odds: NDArray[np.float64]
    """Shape (premises,)."""
    query: NDArray[np.int64]
    """Shape (premises,): ascending."""
    right: NDArray[np.bool_]
    """Shape (premises,)."""
    query_features: NDArray[np.float64]
    """Shape (queries, query features), in the order of the calibration."""
    abstained: NDArray[np.bool_]
    """Shape (queries,): whether a rule keeps the best candidate from being matched."""
    absent: NDArray[np.bool_]
    """Shape (queries,): whether the reference does not hold the premises that is meant."""
    weight: NDArray[np.float64]
    """Shape (queries,): above 0."""

    def __len__(self) -> int:
        return len(self.weight)

    def at(self, rows: NDArray[np.int64]) -> "WeighedRankings":
        """Take the queries at these positions, ascending."""
        place = np.full(len(self), -1)
        place[rows] = np.arange(len(rows))
        kept = place[self.query] >= 0
        return WeighedRankings(
            self.log_odds[kept],
            place[self.query[kept]],
            self.right[kept],
            self.query_features[rows],
            self.abstained[rows],
            self.absent[rows],
            self.weight[rows],
        )


def best_of(
    calibration: ListwiseCalibration, found: WeighedRankings
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return the probability of each query's best candidate, at the assumed prior, and whether it is right, shape
    (queries,).

    Of candidates that share a probability the share that is right counts.
    """
    raw = compete(
        calibration.slope * found.log_odds, calibration.absent_scores(found.query_features), found.query
    )
    return calibration.worth(raw.best), raw.share_right(found.right)


def fit_recalibration(calibration: ListwiseCalibration, found: WeighedRankings) -> Recalibration:
    """Fit the line under which what was right was likeliest, by weighted likelihood and what is believed beforehand.

    Without queries, and where they say the same as the calibration, it stays close to slope 1 and shift 0. The weights
    count by their proportions alone. What is learned is worth at the assumed prior for addresses of which as many are
    absent as among the queries.
    """
    from scipy.optimize import minimize

    probability, right = best_of(calibration, found)
    logits, weight = _log_odds_of(probability), found.weight / max(float(found.weight.mean()), 1e-300)

    def loss(parameters: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
        slope, shift = float(np.exp(parameters[0])), parameters[1]
        line = slope * logits + shift
        value = (weight * (np.logaddexp(0, line) - right * line)).sum()
        value += (parameters[0] / SLOPE_SPREAD) ** 2 / 2 + (shift / SHIFT_SPREAD) ** 2 / 2
        surplus = weight * (1 / (1 + np.exp(-line)) - right)
        by_slope = (surplus * logits).sum() * slope + parameters[0] / SLOPE_SPREAD**2
        return float(value), np.array([by_slope, surplus.sum() + shift / SHIFT_SPREAD**2])

    bounds = [(-_FARTHEST, _FARTHEST), (None, None)]
    fitted = minimize(loss, np.zeros(2), jac=True, method="L-BFGS-B", bounds=bounds).x
    return Recalibration(float(np.exp(fitted[0])), float(fitted[1]))


def recalibrated(calibration: ListwiseCalibration, by: Recalibration) -> ListwiseCalibration:
    """Return the calibration whose curves, at every prior, give what its probabilities are worth; the thresholds stay
    as they are.
    """
    return replace(
        calibration,
        corrections=tuple(
            replace(one, worth=tuple(by.of(np.array(one.worth)).tolist())) for one in calibration.corrections
        ),
    )


def with_thresholds(
    calibration: ListwiseCalibration, found: WeighedRankings, by: Recalibration
) -> ListwiseCalibration:
    """Return the calibration with thresholds that reach their precisions on such queries, at every prior.

    What is expected of an answer is what its probability is worth `by` a recalibration, not what became of a few: a
    threshold for .999 cannot be counted among some hundred. Queries that a rule keeps from being accepted are left out
    of account.
    """
    share_absent = _share_absent(found)
    corrections = []
    for one in calibration.corrections:
        probability, _ = best_of(calibration.with_prior(one.prior), found)
        # What the assumed prior was to the queries' share of absent ones, this prior is to another share.
        drawn_at = _shifted(one.prior, log_odds(share_absent) - log_odds(calibration.prior))
        weight = found.weight * np.where(
            found.absent, drawn_at / share_absent, (1 - drawn_at) / (1 - share_absent)
        )
        thresholds = thresholds_for(
            calibration.precisions, probability, by.of(probability), weight * ~found.abstained
        )
        corrections.append(replace(one, thresholds=thresholds))
    return replace(calibration, corrections=tuple(corrections))


def _share_absent(found: WeighedRankings) -> float:
    share = float((found.weight * found.absent).sum() / found.weight.sum())
    return min(max(share, LEAST_PRIOR), MOST_PRIOR)


def _shifted(prior: float, by: float) -> float:
    return float(1 / (1 + np.exp(-(log_odds(prior) + by))))


def _log_odds_of(probability: NDArray[np.float64]) -> NDArray[np.float64]:
    kept = np.clip(probability, NEAREST, 1 - NEAREST)
    logits: NDArray[np.float64] = np.log(kept / (1 - kept))
    return logits
