"""What the probabilities of a window say without labels: which share is absent, and which share of the matched is
right.

Probabilities are given under a prior of absence that is assumed. Where fewer or more are absent, all of them are too
low or too high; so the share of absent addresses is estimated first, and probabilities are taken at that share.
"""

from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from address_match.models.calibration import at_prior, estimated_prior
from address_match.models.calibration.prior import DEFAULT_PRIOR
from address_match.service.evaluation.intervals import NORMAL_95, EstimatedShare
from address_match.service.matching.answer import Reason, Status

COLUMNS = ("status", "reason", "probability", "absent_probability", "absence_prior")
"""Of the facts that this needs."""
CALIBRATION = 1.75
"""How many times more or fewer than the probabilities say may be wrong, beyond chance, within the interval that is
reported.
"""
DEMAND_CALIBRATION = 1.5
"""The same where a demand for a decision is judged."""
_SUREST = 0.99975
"""Facts keep probabilities to .001: what is kept as 1 was .9995 or more."""
_TAIL = 0.025
"""Of the windows, those in which more are wrong than the interval allows; as many on the other side."""
_LIKELY = 1.92
"""Half of the 95 % quantile of chi-squared with one degree of freedom: how much the log-likelihood may fall."""
_SHARES = np.linspace(0.005, 0.995, 199)
_MOST = 1 - 1e-9

Numbers = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class ExpectedPrecision(EstimatedShare):
    """The share of the matched that is expected to be right, with the interval that holds the truth in 95 of 100
    windows.
    """

    demand_low: float
    """Lower end by which a demand for a decision is judged: above `low`, so that a wide interval alone demands nothing."""


def absent_share(window: pa.Table) -> EstimatedShare | None:
    """Estimate which share of the addresses the reference does not hold, with the interval of its likelihood; None
    where none was read.
    """
    absent, assumed = _read(window)
    if not len(absent):
        return None
    value = estimated_prior(absent, assumed)
    if_absent, if_present = absent / assumed, (1 - absent) / (1 - assumed)
    evidence = np.array([np.log(share * if_absent + (1 - share) * if_present).sum() for share in _SHARES])
    likely = _SHARES[evidence >= evidence.max() - _LIKELY]
    return EstimatedShare(value, min(value, float(likely[0])), max(value, float(likely[-1])))


def expected_precision(window: pa.Table) -> ExpectedPrecision | None:
    """Return the share of the matched that is expected to be right, at the share of absent addresses that the window
    has.

    The interval holds chance, and an error of the calibration up to `CALIBRATION`. None where nothing is matched.
    """
    found = matched_right(window)
    if found is None:
        return None
    _, right = found
    fewest, most = _wrong_between(float((1 - right).sum()))
    mean, count = float(right.mean()), len(right)
    demand_low = float(demand_lows(right)[-1])
    low = min(max(0.0, 1 - most / count), demand_low)
    return ExpectedPrecision(mean, low, 1 - fewest / count, demand_low)


def matched_right(window: pa.Table) -> tuple[Numbers, Numbers] | None:
    """Return the probabilities of the matched as they were given, and at the share of absent addresses that the window
    has.

    Shapes (matched,) both; None where nothing is matched.
    """
    matched = window.filter(_is(window, "status", Status.MATCHED.value))
    absent, assumed = _read(window)
    if not len(matched) or not len(absent):
        return None
    given = _numbers(matched, "probability")
    held_absent = np.minimum(_numbers(matched, "absent_probability"), _MOST)
    shifted = at_prior(held_absent, assumed, estimated_prior(absent, assumed))
    return given, np.clip(given * (1 - shifted) / (1 - held_absent), 0.0, _SUREST)


def demand_lows(right: Numbers) -> Numbers:
    """Return the bound by which a demand is judged of the first 1, 2, … answers that are right so probably, shape as
    given.
    """
    count = np.arange(1, len(right) + 1)
    error = NORMAL_95 * np.sqrt(np.cumsum(right * (1 - right))) / count
    found: Numbers = np.maximum(0.0, 1 - DEMAND_CALIBRATION * np.cumsum(1 - right) / count - error)
    return found


def _wrong_between(expected: float) -> tuple[float, float]:
    """Return the fewest and the most answers that may be wrong where so many are expected to be.

    They are quantiles of Poisson's distribution: of one or two that are expected, the normal one allows too few.
    """
    from scipy.stats import poisson

    fewest, most = poisson.ppf([_TAIL, 1 - _TAIL], [expected / CALIBRATION, expected * CALIBRATION])
    return float(fewest), float(most)


def _read(window: pa.Table) -> tuple[Numbers, float]:
    """Return the probabilities of absence of the addresses that could be read, and the prior that most of them were
    given at.
    """
    unread = pc.or_(_is(window, "reason", Reason.BLANK.value), _is(window, "reason", Reason.ERROR.value))
    read = window.filter(pc.invert(unread))
    priors = pc.mode(read.column("absence_prior")).to_pylist() if "absence_prior" in read.column_names else []
    assumed = priors[0]["mode"] if priors else DEFAULT_PRIOR
    return np.clip(_numbers(read, "absent_probability"), 0.0, _MOST), float(assumed)


def _numbers(facts: pa.Table, column: str) -> Numbers:
    found: Numbers = facts.column(column).to_numpy().astype(np.float64)
    return found


def _is(facts: pa.Table, column: str, value: str) -> pa.ChunkedArray:
    return pc.equal(facts.column(column).cast(pa.string()), value)
