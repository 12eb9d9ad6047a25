from collections.abc import Sequence

from address_match.service.evaluation.evaluation_query import EvaluationQuery
from address_match.service.matching.answer import Answer
from address_match.service.matching.pipeline import MatchPipeline

BATCH = 2_000


def addresses(queries: Sequence[EvaluationQuery]) -> list[str]:
    """Return what queries ask for, without their truth."""
    return [query.address for query in queries]


def answers_to(
    pipeline: MatchPipeline, texts: Sequence[str], *, thorough: bool = True, top: int = 5
) -> list[Answer]:
    """Match texts in batches, in order; by the full search unless `thorough` is false."""
    return [
        answer
        for start in range(0, len(texts), BATCH)
        for answer in pipeline.match(texts[start : start + BATCH], top=top, thorough=thorough)
    ]
