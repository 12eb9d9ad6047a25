"""What is assumed of a file, estimated from its beginning before any of its rows is answered."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from address_match.service.batch.estimates import estimate_places, estimate_prior
from address_match.service.batch.estimates.estimate_places import EstimatedPlaces, places_of_answers
from address_match.service.batch.estimates.estimate_prior import prior_of_answers
from address_match.service.batch.estimates.estimate_threshold import estimate_threshold
from address_match.service.batch.estimates.file_beginning import FileBeginning
from address_match.service.batch.estimates.leave_out_test import OpenExcluding
from address_match.service.batch.row_batch import RowBatch
from address_match.service.batch.summary import Summary
from address_match.service.batch.workers import Processes
from address_match.service.matching.policy import DecisionPolicy

OpenerOf = Callable[[DecisionPolicy], OpenExcluding]
"""Returns what opens a matcher under a policy."""


@dataclass(frozen=True, slots=True)
class Estimated:
    """Which parts of a policy are estimated from the file."""

    prior: bool = False
    places: bool = False
    threshold: bool = False


def policy_of_file(
    batches: Iterator[RowBatch],
    opener_of: OpenerOf,
    policy: DecisionPolicy,
    estimated: Estimated,
    summary: Summary,
    *,
    jobs: Processes = 1,
) -> tuple[DecisionPolicy, Iterator[RowBatch]]:
    """Return the policy with what was estimated, which the summary notes, and all the batches anew.

    Prior and places are estimated from one sample, answered under the policy given, the threshold from one that is
    answered under theirs. Places are known only of a file that was looked at to its end, since files are sorted by
    place; of one that has too few rows for an estimate nothing is answered to see that.
    """
    if estimated == Estimated():
        return policy, batches
    beginning = FileBeginning.of(batches)
    places = estimated.places and beginning.is_whole
    if places and beginning.rows < estimate_places.LEAST_MATCHED:
        summary.places, places = EstimatedPlaces(), False
    if places or estimated.prior:
        most = estimate_prior.SAMPLED if estimated.prior else estimate_places.SAMPLED
        answers = beginning.answers(opener_of(policy), most, jobs=jobs)
        if estimated.prior:
            prior = prior_of_answers(answers, policy.absence_prior)
            policy = replace(policy, absence_prior=prior.prior)
            summary.absence_prior, summary.prior_estimated_from = prior.prior, prior.rows
        if places:
            summary.places = places_of_answers(answers)
            policy = replace(policy, places=summary.places.names)
    if estimated.threshold:
        summary.threshold = estimate_threshold(beginning, opener_of(policy), policy, jobs=jobs)
        policy = replace(policy, threshold=summary.threshold.threshold)
    return policy, beginning.every()
