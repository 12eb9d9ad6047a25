"""What labels say of a calibration, each label by its weight."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from address_match.models.bundle import Metric
from address_match.models.calibration import ListwiseCalibration
from address_match.models.calibration.refit import WeighedRankings, best_of
from address_match.service.evaluation.measures import calibration_error

FOLDS = 5
Learner = Callable[[WeighedRankings], ListwiseCalibration]
"""Makes a calibration out of labelled queries."""
_LEAST = 1e-6
_DIGITS = 6


@dataclass(frozen=True, slots=True)
class LabelFigures:
    """Figures of the best candidates of labelled queries."""

    calibration_error: float
    """Expected calibration error, in [0, 1]."""
    log_loss: float
    """Mean surprise over what was right, in nats."""
    matched: float
    """Share that is matched at the usual precision, in [0, 1]."""
    precision: float | None
    """Share of the matched that is right; None where none is matched."""

    def metrics(self, data: str, sample: int) -> tuple[Metric, ...]:
        """State them for a manifest."""
        named = {
            "expected calibration error": self.calibration_error,
            "log loss": self.log_loss,
            "matched": self.matched,
            "right, of the matched": self.precision,
        }
        return tuple(
            Metric(name, round(value, _DIGITS), data, sample=sample)
            for name, value in named.items()
            if value is not None
        )


def figures_of(calibration: ListwiseCalibration, found: WeighedRankings, precision: float) -> LabelFigures:
    """Measure a calibration on labels that it did not learn from."""
    return _figures(*_judged(calibration, found, precision), found.weight)


def cross_fitted(learn: Learner, found: WeighedRankings, precision: float, seed: int) -> LabelFigures:
    """Measure what is learned from labels on others of them: each fifth by what the other four teach."""
    fold = np.random.default_rng(seed).permutation(len(found)) % FOLDS
    probability, right = np.zeros(len(found)), np.zeros(len(found))
    accepted = np.zeros(len(found), dtype=bool)
    for number in range(FOLDS):
        rows = np.flatnonzero(fold == number)
        calibration = learn(found.at(np.flatnonzero(fold != number)))
        probability[rows], right[rows], accepted[rows] = _judged(calibration, found.at(rows), precision)
    return _figures(probability, right, accepted, found.weight)


def _judged(
    calibration: ListwiseCalibration, found: WeighedRankings, precision: float
) -> tuple[NDArray[np.float64], NDArray[np.float64], NDArray[np.bool_]]:
    """Return of the best candidates their probability, whether they are right, and whether they are matched."""
    probability, right = best_of(calibration, found)
    return probability, right, (probability >= calibration.threshold(precision)) & ~found.abstained


def _figures(
    probability: NDArray[np.float64],
    right: NDArray[np.float64],
    accepted: NDArray[np.bool_],
    weight: NDArray[np.float64],
) -> LabelFigures:
    kept = np.clip(probability, _LEAST, 1 - _LEAST)
    surprise = -(right * np.log(kept) + (1 - right) * np.log(1 - kept))
    matched = float((weight * accepted).sum())
    return LabelFigures(
        calibration_error(probability, right, weight),
        float((weight * surprise).sum() / weight.sum()),
        matched / float(weight.sum()),
        float((weight * accepted * right).sum()) / matched if matched else None,
    )
