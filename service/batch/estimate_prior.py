"""The prior of absence of a file, estimated from its beginning before any of its rows is answered."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from itertools import chain

import numpy as np

from address_match.models.calibration import estimated_prior
from address_match.service.batch.matcher import AddressMatcher, OpenMatcher
from address_match.service.batch.row_batch import RowBatch
from address_match.service.batch.workers import work_in_order
from address_match.service.fault_isolation import match_each
from address_match.service.matching.decision.absence import absence_probabilities

LOOKED_AT = 50_000
"""Rows at the beginning of a file that the estimate is made from."""
SAMPLED = 10_000
"""Rows that are matched for it, drawn evenly from those: the error of a share of 10,000 is half a hundredth."""


@dataclass(frozen=True, slots=True)
class EstimatedPrior:
    """Which share of the addresses of a file the reference seems not to hold."""

    prior: float
    rows: int
    """Addresses that the estimate was made from."""


def estimate_prior(
    batches: Iterable[RowBatch], open_matcher: OpenMatcher, assumed: float, *, jobs: int = 1
) -> tuple[EstimatedPrior, Iterator[RowBatch]]:
    """Return the estimate, and all the batches anew; those of the beginning are kept in memory for that.

    The matcher that is opened must assume the prior `assumed`.
    """
    stream = iter(batches)
    beginning: list[RowBatch] = []
    while sum(map(len, beginning)) < LOOKED_AT and (batch := next(stream, None)) is not None:
        beginning.append(batch)
    step = max(1, -(-sum(map(len, beginning)) // SAMPLED))
    sampled = (_every(batch, step) for batch in beginning)
    worked = work_in_order(sampled, partial(_open_absence_work, open_matcher), jobs)
    absent = [probability for _, found in worked for probability in found]
    prior = estimated_prior(np.array(absent, dtype=np.float64), assumed)
    return EstimatedPrior(prior, len(absent)), chain(beginning, stream)


def _every(batch: RowBatch, step: int) -> RowBatch:
    """Keep every so many of the rows that could be read; their data is not needed."""
    texts = [text for row, text in enumerate(batch.texts) if row not in batch.errors]
    return replace(batch, texts=texts[::step], errors={}, notes={})


@dataclass(frozen=True, slots=True)
class _AbsenceWork:
    matcher: AddressMatcher

    def run(self, texts: Sequence[str], errors: Mapping[int, str]) -> list[float]:  # noqa: ARG002 - of `BatchWork`
        """Return the probabilities of absence of the texts that say something."""
        return absence_probabilities(match_each(partial(self.matcher.match, top=1), texts) if texts else [])

    def close(self) -> None:
        self.matcher.close()


def _open_absence_work(open_matcher: OpenMatcher) -> _AbsenceWork:
    return _AbsenceWork(open_matcher())
