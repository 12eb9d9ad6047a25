from collections.abc import Sequence

from service.evaluation.queries import EvaluationQuery
from service.matching.answer import Answer
from service.matching.pipeline import MatchPipeline

BATCH = 2_000


def answers_to(
    pipeline: MatchPipeline, queries: Sequence[EvaluationQuery], *, thorough: bool = True, top: int = 5
) -> list[Answer]:
    """Match queries in batches, in order; by the full search unless `thorough` is false."""
    texts = [query.address for query in queries]
    return [
        answer
        for start in range(0, len(texts), BATCH)
        for answer in pipeline.match(texts[start : start + BATCH], top=top, thorough=thorough)
    ]
