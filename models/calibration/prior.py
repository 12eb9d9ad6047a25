"""The prior of absence: the share of a file's addresses whose premises the reference does not hold."""

import math

import numpy as np
from numpy.typing import NDArray

DEFAULT_PRIOR = 0.3
"""Where nothing is known of a file: between tidy files, of which a twentieth is absent, and messy records, of which
half is.
"""
LEAST_PRIOR, MOST_PRIOR = 0.01, 0.95
"""No file is so good or so bad that absence, or presence, may be left out of account."""
WEIGHT_OF_ASSUMED = 50
"""Addresses that the assumed prior counts for, so that a short file does not decide by a few addresses."""
_ROUNDS = 500
_SETTLED = 1e-6


def log_odds(probability: float) -> float:
    """Return the log-odds of a probability in (0, 1).

    >>> log_odds(0.5)
    0.0
    """
    return math.log(probability / (1 - probability))


def at_prior(absent: NDArray[np.float64], assumed: float, prior: float) -> NDArray[np.float64]:
    """Return what probabilities of absence that were given at the prior `assumed` are at another one; all in [0, 1],
    the priors in (0, 1).

    >>> at_prior(np.array([0.0, 0.3, 1.0]), 0.3, 0.5).tolist()
    [0.0, 0.5, 1.0]
    """
    odds = absent * (prior / assumed)
    shifted: NDArray[np.float64] = odds / (odds + (1 - absent) * ((1 - prior) / (1 - assumed)))
    return shifted


def estimated_prior(absent: NDArray[np.float64], assumed: float) -> float:
    """Estimate the prior of absence of a file from the probabilities of absence, shape (addresses,), given under
    another.

    Expectation maximisation over the calibrated odds (Saerens, Latinne & Decaestecker, Neural Computation 14, 2002):
    the prior at which the mean probability of absence is the prior itself. The result lies in [LEAST_PRIOR,
    MOST_PRIOR].
    """
    prior = assumed
    for _ in range(_ROUNDS):
        shifted = at_prior(absent, assumed, prior)
        found = (float(shifted.sum()) + WEIGHT_OF_ASSUMED * assumed) / (len(absent) + WEIGHT_OF_ASSUMED)
        settled = abs(found - prior) < _SETTLED
        prior = found
        if settled:
            break
    return min(max(prior, LEAST_PRIOR), MOST_PRIOR)
