"""A user's labelled addresses as queries to learn from."""

from collections.abc import Sequence
from zlib import crc32

from address_match.models.synthesis.queries import NoisyQuery
from address_match.models.synthesis.splits import CALIBRATION_SPLITS, RANKER_SPLITS
from address_match.service.evaluation.evaluation_query import EvaluationQuery

LABELLED = "labelled"
"""The class of these queries."""


def labelled_queries(labels: Sequence[EvaluationQuery], splits: frozenset[int]) -> list[NoisyQuery]:
    """Return the labels that fall to the learner of these splits: half to the ranker, half to the calibration, by their
    text.
    """
    learners = (RANKER_SPLITS, CALIBRATION_SPLITS)
    return [
        labelled_query(label.address, label.accepted)
        for label in labels
        if learners[crc32(label.address.encode()) % len(learners)] == splits
    ]


def labelled_query(address: str, accepted: frozenset[str]) -> NoisyQuery:
    """State an address and the UPRNs that are right, none where the reference does not hold it, as a query."""
    return NoisyQuery(
        text=address,
        spans=(),
        uprn=min(accepted, default=""),
        absent=not accepted,
        noise_class=LABELLED,
        accept_uprns=tuple(sorted(accepted)),
    )
