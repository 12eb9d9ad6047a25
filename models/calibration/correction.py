"""From the shares of the competition to probabilities at one prior of absence, and the thresholds for target
precisions.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from address_match.models.calibration.prior import log_odds


@dataclass(frozen=True, slots=True)
class Correction:
    """A monotone curve, and the thresholds on what it gives, at one prior of absence."""

    prior: float
    worth: tuple[float, ...]
    """The probability for each of the calibration's `shares` of a best candidate; never falling."""
    thresholds: tuple[float, ...]
    """Least probability of the best candidate for each of the calibration's `precisions`; 1 where none reaches it."""


def correction_at(prior: float, corrections: Sequence[Correction]) -> Correction:
    """Return the correction at a prior, between those of its neighbours, evenly over the log-odds of the prior.

    `corrections` are ordered by prior; beyond the first and the last of them these hold.
    """
    priors = np.array([log_odds(c.prior) for c in corrections])
    at = float(np.clip(log_odds(prior), priors[0], priors[-1]))
    if len(priors) == 1:
        return Correction(prior, corrections[0].worth, corrections[0].thresholds)
    above = int(np.clip(np.searchsorted(priors, at), 1, len(priors) - 1))
    low, high = corrections[above - 1], corrections[above]
    part = float((at - priors[above - 1]) / (priors[above] - priors[above - 1]))
    return Correction(
        prior, _between(low.worth, high.worth, part), _between(low.thresholds, high.thresholds, part)
    )


def _between(low: Sequence[float], high: Sequence[float], part: float) -> tuple[float, ...]:
    return tuple(a * (1 - part) + b * part for a, b in zip(low, high, strict=True))
