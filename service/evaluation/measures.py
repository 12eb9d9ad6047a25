"""Measures of answers, as pure functions; each is None where its denominator is empty."""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from address_match.service.evaluation.outcome import Outcomes

CALIBRATION_BINS = 10


def rank_1(outcomes: Outcomes) -> float | None:
    """Share of the present queries whose best candidate is right."""
    return _share(int((outcomes.right & outcomes.present).sum()), int(outcomes.present.sum()))


def precision(outcomes: Outcomes) -> float | None:
    """Share of the matched queries whose answer is right; an absent one that was matched is wrong."""
    return _share(int((outcomes.right & outcomes.accepted).sum()), int(outcomes.accepted.sum()))


def recall(outcomes: Outcomes) -> float | None:
    """Share of the present queries that were matched, and rightly."""
    return _share(int((outcomes.right & outcomes.accepted).sum()), int(outcomes.present.sum()))


def f1(outcomes: Outcomes) -> float | None:
    """Harmonic mean of precision and recall; 0 when nothing was matched rightly."""
    if not outcomes.present.any():
        return None
    p, r = precision(outcomes) or 0.0, recall(outcomes) or 0.0
    return 2 * p * r / (p + r) if p + r else 0.0


def absent_accepted(outcomes: Outcomes) -> float | None:
    """Share of the absent queries that were matched all the same."""
    absent = ~outcomes.present
    return _share(int((absent & outcomes.accepted).sum()), int(absent.sum()))


def recall_at_precision(outcomes: Outcomes, target: float) -> float | None:
    """Highest recall among the probability thresholds at which precision is at least `target`; 0 when none is.

    A threshold accepts every query whose best candidate is at least as probable, absent ones too.
    """
    present = int(outcomes.present.sum())
    if not present:
        return None
    tried = thresholds(outcomes)
    good = tried.right >= target * tried.accepted
    return float(tried.right[good].max()) / present if good.any() else 0.0


class Thresholds(NamedTuple):
    """What each threshold of the probability would accept, the highest first; parallel arrays."""

    probability: NDArray[np.float64]
    accepted: NDArray[np.int64]
    """Queries that are at least as probable."""
    right: NDArray[np.int64]
    """How many of them are right."""


def thresholds(outcomes: Outcomes) -> Thresholds:
    """Try every threshold; queries of one probability stand or fall together, so there are as many as probabilities."""
    order = np.argsort(-outcomes.probability, kind="stable")
    probability = outcomes.probability[order]
    last = np.flatnonzero(np.append(probability[1:] != probability[:-1], len(order) > 0))
    right = np.cumsum(outcomes.right[order], dtype=np.int64)
    return Thresholds(probability[last], last + 1, right[last])


def expected_calibration_error(outcomes: Outcomes) -> float | None:
    """Mean distance between probability and share of right answers over ten bins of equal width, weighted by queries.

    Every query counts, by the probability of its best candidate; an absent one is never right.
    """
    if not len(outcomes):
        return None
    return calibration_error(outcomes.probability, outcomes.right.astype(np.float64))


def calibration_error(
    probability: NDArray[np.float64],
    right: NDArray[np.float64],
    weight: NDArray[np.float64] | float = 1.0,
) -> float:
    """Return that distance for probabilities and what came true of them, in [0, 1]; shapes (answers,), at least one.

    `weight` says for how many answers each stands.
    """
    counted = np.broadcast_to(weight, probability.shape)
    bins = calibration_bins(probability)
    claimed = np.bincount(bins, weights=counted * probability, minlength=CALIBRATION_BINS)
    came_true = np.bincount(bins, weights=counted * right, minlength=CALIBRATION_BINS)
    return float(np.abs(claimed - came_true).sum() / counted.sum())


def calibration_bins(probability: NDArray[np.float64]) -> NDArray[np.int64]:
    """Return in which of the bins of equal width each probability lies, the last one with its upper end, shape (queries,)."""
    return np.minimum((probability * CALIBRATION_BINS).astype(np.int64), CALIBRATION_BINS - 1)


def _share(part: int, whole: int) -> float | None:
    return part / whole if whole else None
