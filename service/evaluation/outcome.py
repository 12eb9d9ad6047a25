"""Answers judged by the truth."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from address_match.service.evaluation.evaluation_query import EvaluationQuery
from address_match.service.matching.answer import Answer, Status


@dataclass(frozen=True, slots=True)
class Outcomes:
    """How a set of queries was answered, one position per query."""

    present: NDArray[np.bool_]
    """The reference holds a right answer."""
    right: NDArray[np.bool_]
    """The best candidate is a right one, whatever the decision."""
    accepted: NDArray[np.bool_]
    """The decision is `matched`."""
    probability: NDArray[np.float64]
    """Of the best candidate; 0 where there is none."""
    kind: NDArray[np.str_]
    """Class of the query, empty where the file names none."""

    def __len__(self) -> int:
        return len(self.kind)

    def of_kind(self, kind: str) -> "Outcomes":
        """Keep the queries of one class."""
        return self.at(np.flatnonzero(self.kind == kind))

    def at(self, rows: NDArray[np.int64]) -> "Outcomes":
        """Take the queries at these positions, in this order, one as often as it is named."""
        return Outcomes(
            self.present[rows], self.right[rows], self.accepted[rows], self.probability[rows], self.kind[rows]
        )


def judge(queries: Sequence[EvaluationQuery], answers: Sequence[Answer]) -> Outcomes:
    """Compare answers with the truth; both have the same order and length."""
    pairs = list(zip(queries, answers, strict=True))
    return Outcomes(
        present=np.array([q.present for q, _ in pairs], dtype=np.bool_),
        right=np.array([best_uprn(a) in q.accepted for q, a in pairs], dtype=np.bool_),
        accepted=np.array([a.status is Status.MATCHED for _, a in pairs], dtype=np.bool_),
        probability=np.array([a.probability for _, a in pairs], dtype=np.float64),
        kind=np.array([q.kind for q, _ in pairs], dtype=np.str_),
    )


def best_uprn(answer: Answer) -> str:
    """Name the best candidate, whatever was decided about it; empty when there is none."""
    return answer.candidates[0].uprn if answer.candidates else answer.uprn
