"""The prior of absence of a file, estimated from its beginning before any of its rows is answered."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from address_match.models.calibration import estimated_prior
from address_match.service.batch.estimates.file_beginning import FileBeginning
from address_match.service.batch.estimates.file_evidence import SeenAnswer
from address_match.service.batch.matcher import OpenMatcher
from address_match.service.batch.row_batch import RowBatch
from address_match.service.batch.workers import Processes

SAMPLED = 10_000
"""Rows that are matched for it: the error of a share of 10,000 is half a hundredth."""


@dataclass(frozen=True, slots=True)
class EstimatedPrior:
    """Which share of the addresses of a file the reference seems not to hold."""

    prior: float
    rows: int
    """Addresses that the estimate was made from."""


def estimate_prior(
    batches: Iterable[RowBatch], open_matcher: OpenMatcher, assumed: float, *, jobs: Processes = 1
) -> tuple[EstimatedPrior, Iterator[RowBatch]]:
    """Return the estimate, and all the batches anew; those of the beginning are kept in memory for that.

    The matcher that is opened must assume the prior `assumed`.
    """
    beginning = FileBeginning.of(batches)
    answers = beginning.answers(open_matcher, SAMPLED, jobs=jobs)
    return prior_of_answers(answers, assumed), beginning.every()


def prior_of_answers(answers: Sequence[SeenAnswer], assumed: float) -> EstimatedPrior:
    """Estimate the prior from answers that were given at the prior `assumed`."""
    absent = np.array([answer.absent_probability for answer in answers], dtype=np.float64)
    return EstimatedPrior(estimated_prior(absent, assumed), len(answers))
