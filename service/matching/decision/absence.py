"""Which share of the addresses that were asked for the reference seems not to hold."""

from collections.abc import Iterable

import numpy as np

from address_match.models.calibration import estimated_prior
from address_match.service.matching.answer import Answer, Reason

SAYS_NOTHING = frozenset({Reason.BLANK, Reason.ERROR})
"""Reasons of answers that say nothing of whether a premises is held."""


def absence_probabilities(answers: Iterable[Answer]) -> list[float]:
    """Return the probabilities of absence of those answers that say something of it."""
    return [answer.absent_probability for answer in answers if answer.reason not in SAYS_NOTHING]


def prior_from_answers(answers: Iterable[Answer], assumed: float) -> float:
    """Estimate the prior of absence, in (0, 1), from answers that were given at the prior `assumed`."""
    return estimated_prior(np.array(absence_probabilities(answers), dtype=np.float64), assumed)
