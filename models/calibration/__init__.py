"""From the log-odds of single candidates to one distribution over the candidates and absence, at any prior of absence."""

from address_match.models.calibration.listwise import ListwiseCalibration
from address_match.models.calibration.prior import DEFAULT_PRIOR, at_prior, estimated_prior

__all__ = ["DEFAULT_PRIOR", "ListwiseCalibration", "at_prior", "estimated_prior"]
