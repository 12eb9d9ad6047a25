"""What the probabilities of a window say without labels: which share is absent, and which share of the matched is right.

Probabilities are given under a prior of absence that is assumed. Where fewer or more are absent, all of them are too low or too high; so the
share of absent addresses is estimated first, and probabilities are taken at that share.
"""

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
CALIBRATION = 1.5
"""How many times more or fewer than the probabilities say may be wrong, beyond chance: by chance alone the truth lies within the interval in
95 of 100 windows of mixed traffic, and in 83 to 91 where blocks of one kind are wrong together (benchmarks.monitoring)."""
_LIKELY = 1.92
"""Half of the 95 % quantile of chi-squared with one degree of freedom: how much the log-likelihood may fall."""
_SHARES = np.linspace(0.005, 0.995, 199)
_MOST = 1 - 1e-9

Numbers = NDArray[np.float64]


def absent_share(window: pa.Table) -> EstimatedShare | None:
    """Estimate which share of the addresses the reference does not hold, with the interval of its likelihood; None where none was read."""
    absent, assumed = _read(window)
    if not len(absent):
        return None
    value = estimated_prior(absent, assumed)
    if_absent, if_present = absent / assumed, (1 - absent) / (1 - assumed)
    evidence = np.array([np.log(share * if_absent + (1 - share) * if_present).sum() for share in _SHARES])
    likely = _SHARES[evidence >= evidence.max() - _LIKELY]
    return EstimatedShare(value, min(value, float(likely[0])), max(value, float(likely[-1])))


def expected_precision(window: pa.Table) -> EstimatedShare | None:
    """Return the share of the matched that is expected to be right, at the share of absent addresses that the window has.

    The interval holds chance, and an error of the calibration up to `CALIBRATION`. None where nothing is matched.
    """
    matched = window.filter(_is(window, "status", Status.MATCHED.value))
    absent, assumed = _read(window)
    if not len(matched) or not len(absent):
        return None
    held_absent = np.minimum(_numbers(matched, "absent_probability"), _MOST)
    shifted = at_prior(held_absent, assumed, estimated_prior(absent, assumed))
    right = np.clip(_numbers(matched, "probability") * (1 - shifted) / (1 - held_absent), 0.0, 1.0)
    mean = float(right.mean())
    error = NORMAL_95 * float(np.sqrt((right * (1 - right)).sum())) / len(right)
    fewest, most = (1 - mean) / CALIBRATION, (1 - mean) * CALIBRATION
    return EstimatedShare(mean, max(0.0, 1 - most - error), min(1.0, 1 - fewest + error))


def _read(window: pa.Table) -> tuple[Numbers, float]:
    """Return the probabilities of absence of the addresses that could be read, and the prior that most of them were given at."""
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
