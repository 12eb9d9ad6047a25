"""The answers of a file that a person has to decide, in the order in which a verdict is worth most."""

from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import TypeVar

import numpy as np

from address_match.service.lifecycle.labels.answered_file import AnsweredFile, read_answered
from address_match.service.lifecycle.labels.draw_answers import threshold_of
from address_match.service.lifecycle.labels.draw_sample import answer_id, file_sha256
from address_match.service.lifecycle.labels.sample import Sample, SampledAnswers
from address_match.service.matching.answer import Status

ONE_BLIND_OF = 5
"""Every fifth row is shown without its answer, the share that `label draw` has; so they lie at all distances from the
threshold.
"""
_T = TypeVar("_T")
_SEED = 0
"""Nothing is drawn by chance: every answer that waits is there, and stands for itself alone."""


def review_queue(answers: Path, columns: Sequence[str] | None = None) -> Sample:
    """Line up the answers of a file that are for review, and those not matched that have a candidate.

    Those come first whose probability is nearest to the threshold, in the order of the file where they are equally
    near. The address is made of `columns`, else of those named like one. Raises as `read_answered` does.
    """
    source = file_sha256(answers)
    answered = read_answered(answers, columns)
    places = _places(answered)
    rows = _of(answered.rows, places)
    statuses = _of(answered.statuses, places)
    queued = {
        "id": [answer_id(source, _SEED, row) for row in rows],
        "row": rows,
        "address": _of(answered.addresses, places),
        "status": statuses,
        "uprn": _of(answered.uprns, places),
        "matched_address": _of(answered.matched_addresses, places),
        "probability": answered.probabilities[places].tolist(),
        "inclusion": [1.0] * len(places),
        "stratum": statuses,
        "blind": [at % ONE_BLIND_OF == ONE_BLIND_OF - 1 for at in range(len(places))],
        "second": [False] * len(places),
    }
    return Sample(SampledAnswers(queued), dict(Counter(statuses)), source, _SEED)


def _of(column: Sequence[_T], places: Sequence[int]) -> list[_T]:
    return [column[place] for place in places]


def _places(answered: AnsweredFile) -> list[int]:
    """Return which answers wait for a person, in the order of the queue."""
    waits = (np.array(answered.statuses) != Status.MATCHED.value) & (answered.probabilities > 0)
    distance = np.abs(answered.probabilities - threshold_of(answered))
    order = np.argsort(distance, kind="stable")
    places: list[int] = order[waits[order]].tolist()
    return places
