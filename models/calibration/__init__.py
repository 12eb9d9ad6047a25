"""From the log-odds of single candidates to one distribution over the candidates and absence, at any prior of absence."""

from address_match.models.calibration.fit import fit_calibration
from address_match.models.calibration.listwise import ListwiseCalibration
from address_match.models.calibration.prior import DEFAULT_PRIOR, at_prior, estimated_prior
from address_match.models.calibration.refit import (
    Recalibration,
    WeighedRankings,
    fit_recalibration,
    recalibrated,
    with_thresholds,
)

__all__ = [
    "DEFAULT_PRIOR",
    "ListwiseCalibration",
    "Recalibration",
    "WeighedRankings",
    "at_prior",
    "estimated_prior",
    "fit_calibration",
    "fit_recalibration",
    "recalibrated",
    "with_thresholds",
]
