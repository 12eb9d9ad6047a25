"""A user's own labelled addresses as queries to learn from."""

from collections.abc import Sequence
from zlib import crc32

from models.synthesis.folds import CALIBRATION_FOLDS, RANKER_FOLDS
from models.synthesis.queries import NoisyQuery
from service.evaluation.queries import EvaluationQuery

LABELLED = "labelled"
"""The class of these queries."""


def labelled_queries(labels: Sequence[EvaluationQuery], folds: frozenset[int]) -> list[NoisyQuery]:
    """Return the labels that fall to the learner of these folds: half to the ranker, half to the calibration, by their text."""
    learners = (RANKER_FOLDS, CALIBRATION_FOLDS)
    return [
        NoisyQuery(
            text=label.address,
            spans=(),
            uprn=min(label.accepted, default=""),
            absent=not label.present,
            noise_class=LABELLED,
            accept_uprns=tuple(sorted(label.accepted)),
        )
        for label in labels
        if learners[crc32(label.address.encode()) % len(learners)] == folds
    ]
