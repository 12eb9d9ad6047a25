"""The threshold of a file: raised where its own sure rows say that too few of the accepted would be right."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from address_match.models.calibration import at_prior, estimated_prior
from address_match.service.batch.estimates.file_beginning import FileBeginning
from address_match.service.batch.estimates.file_evidence import (
    SeenAnswer,
    absent_probabilities,
    another_if_held,
)
from address_match.service.batch.estimates.leave_out_test import LeftOut, OpenExcluding, leave_out_test
from address_match.service.batch.workers import Processes
from address_match.service.matching.policy import DecisionPolicy

SAMPLED = 400
"""Rows that are matched for it, once more where they are matched."""
LEAST_MATCHED = 30
"""Different matched texts below which nothing is concluded, and none that would accept fewer of them."""
_RAISED = np.arange(0.8, 0.9996, 0.0005)
"""Thresholds that a file may ask for, ascending; no probability is nearer to 1 than .9999."""


@dataclass(frozen=True, slots=True)
class EstimatedThreshold:
    """The least probability of a match that keeps a promised precision on the file."""

    threshold: float = 0.0
    """At least this, and what the calibration asks for; 0 where that alone keeps the promise."""
    rows: int = 0
    """Different matched texts that say so; 0 where it was given."""
    expected_before: float = 0.0
    """Share of them that is expected to be right at what the calibration asks for."""
    expected: float = 0.0
    """That share at the threshold."""

    def as_text(self) -> str:
        """Give it as a line for a person."""
        if self.threshold and not self.rows:
            return f"at least {self.threshold:.4f}, as given"
        if self.rows < LEAST_MATCHED:
            return "by the calibration alone, too few rows are sure"
        before = f"{self.expected_before:.1%} expected right of {self.rows:,} matched rows"
        if not self.threshold:
            return f"by the calibration, {before}"
        return (
            f"raised to {self.threshold:.4f}, {self.expected:.1%} expected right; by the calibration {before}"
        )


def estimate_threshold(
    beginning: FileBeginning, open_matcher: OpenExcluding, policy: DecisionPolicy, *, jobs: Processes = 1
) -> EstimatedThreshold:
    """Estimate it from a sample of the beginning of a file; the matcher that is opened must be under the policy."""
    if beginning.rows < LEAST_MATCHED:
        return EstimatedThreshold()
    answers = beginning.answers(open_matcher, SAMPLED, jobs=jobs)
    left_out = leave_out_test([answer for answer in answers if answer.is_matched], open_matcher)
    return threshold_of_answers(answers, left_out, policy)


def threshold_of_answers(
    answers: Sequence[SeenAnswer], left_out: LeftOut, policy: DecisionPolicy
) -> EstimatedThreshold:
    """Return the lowest threshold at which the promised share of the accepted is expected to be right, given answers
    under the policy.

    Where none is, that of the largest share. What is expected wrong is what `estimate_file_precision` expects: of
    absent addresses as many as the test and the probabilities say, both believed equally, and of present ones what the
    probabilities say.
    """
    sample = list({answer.text: answer for answer in answers}.values())
    matched = [answer for answer in sample if answer.is_matched]
    if min(len(matched), left_out.tested) < LEAST_MATCHED:
        return EstimatedThreshold(rows=min(len(matched), left_out.tested))
    thresholds = np.concatenate([[0.0], _RAISED])
    accepted, right = _expected_right(sample, left_out, policy.absence_prior, thresholds)
    share = np.where(accepted >= LEAST_MATCHED, right / np.maximum(accepted, 1), 0.0)
    kept = np.flatnonzero(share >= policy.precision)
    chosen = int(kept[0]) if len(kept) else int(share.argmax())
    return EstimatedThreshold(
        round(float(thresholds[chosen]), 4), len(matched), float(share[0]), float(share[chosen])
    )


def _expected_right(
    sample: Sequence[SeenAnswer], left_out: LeftOut, assumed: float, thresholds: NDArray[np.float64]
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return, at each threshold, how many of a sample are accepted and how many of those are expected to be right."""
    matched = [answer for answer in sample if answer.is_matched]
    prior = estimated_prior(absent_probabilities(sample), assumed)
    shifted = at_prior(absent_probabilities(matched), assumed, prior)
    other = (1 - shifted) * another_if_held(matched)
    accepts = np.array([answer.probability for answer in matched])[None, :] >= thresholds[:, None]
    refound = np.array(left_out.probabilities)[None, :] >= thresholds[:, None]
    by_test = len(sample) * prior * refound.sum(axis=1) / left_out.tested
    wrong = (by_test + accepts @ shifted) / 2 + accepts @ other
    accepted = accepts.sum(axis=1).astype(np.float64)
    return accepted, accepted - wrong
