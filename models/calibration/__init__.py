"""From the log-odds of single candidates to one distribution over the candidates and absence, at any prior of absence."""

from models.calibration.fitting import fit_calibration
from models.calibration.listwise import ListwiseCalibration
from models.calibration.prior import DEFAULT_PRIOR, estimated_prior

__all__ = ["DEFAULT_PRIOR", "ListwiseCalibration", "estimated_prior", "fit_calibration"]
