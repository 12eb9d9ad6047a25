"""All measures of a set of queries, and of each of its classes."""

from collections.abc import Sequence
from dataclasses import dataclass

from address_match.service.evaluation import measures
from address_match.service.evaluation.evaluation_query import EvaluationQuery
from address_match.service.evaluation.outcome import Outcomes, judge
from address_match.service.matching.answer import Answer


@dataclass(frozen=True, slots=True)
class Scores:
    """The measures of one set of queries; None where there is nothing to divide by."""

    queries: int
    present: int
    absent: int
    matched: int
    rank_1: float | None
    precision: float | None
    recall: float | None
    f1: float | None
    absent_accepted: float | None
    recall_at_99_precision: float | None
    recall_at_995_precision: float | None
    expected_calibration_error: float | None


@dataclass(frozen=True, slots=True)
class Report:
    """The scores of all queries, and of each class that the file names, in alphabetical order."""

    overall: Scores
    by_class: dict[str, Scores]


def evaluate(queries: Sequence[EvaluationQuery], answers: Sequence[Answer]) -> Report:
    """Score answers against the truth; both have the same order and length."""
    outcomes = judge(queries, answers)
    kinds = sorted({k for k in outcomes.kind.tolist() if k})
    return Report(score(outcomes), {kind: score(outcomes.of_kind(kind)) for kind in kinds})


def score(outcomes: Outcomes) -> Scores:
    """Compute every measure of one set of outcomes."""
    present = int(outcomes.present.sum())
    return Scores(
        queries=len(outcomes),
        present=present,
        absent=len(outcomes) - present,
        matched=int(outcomes.accepted.sum()),
        rank_1=measures.rank_1(outcomes),
        precision=measures.precision(outcomes),
        recall=measures.recall(outcomes),
        f1=measures.f1(outcomes),
        absent_accepted=measures.absent_accepted(outcomes),
        recall_at_99_precision=measures.recall_at_precision(outcomes, 0.99),
        recall_at_995_precision=measures.recall_at_precision(outcomes, 0.995),
        expected_calibration_error=measures.expected_calibration_error(outcomes),
    )
