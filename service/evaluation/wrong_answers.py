"""The answers of an evaluation that are wrong, with their addresses."""

from collections.abc import Sequence
from dataclasses import dataclass

from address_match.service.evaluation.evaluation_query import EvaluationQuery
from address_match.service.evaluation.outcome import best_uprn
from address_match.service.matching.answer import Answer, Status


@dataclass(frozen=True, slots=True)
class WrongAnswer:
    """An address that was answered wrongly; only a page that may hold addresses has them."""

    address: str
    status: str
    probability: float
    found: str
    """The best candidate's address; empty where there is none."""
    true: str
    """UPRNs that are right; empty where the reference holds none."""


def wrong_answers(queries: Sequence[EvaluationQuery], answers: Sequence[Answer]) -> list[WrongAnswer]:
    """List the present addresses whose best candidate is another, and the absent ones that were matched, the surest first.

    Queries and answers have the same order and length.
    """
    wrong = [
        WrongAnswer(
            query.address,
            answer.status.value,
            answer.probability,
            answer.candidates[0].address if answer.candidates else "",
            ", ".join(sorted(query.accepted)),
        )
        for query, answer in zip(queries, answers, strict=True)
        if (best_uprn(answer) not in query.accepted if query.present else answer.status is Status.MATCHED)
    ]
    return sorted(wrong, key=lambda one: -one.probability)
