"""Makes the facts that a bundle keeps: how it answers on streets that no part of it learned from."""

from collections.abc import Sequence
from functools import partial

from address_match.models.synthesis.premises import Premises
from address_match.service.facts.fact import Fact
from address_match.service.facts.facts_of_answers import facts_of_call
from address_match.service.facts.projected_sums import ProjectedSums
from address_match.service.fault_isolation import match_each
from address_match.service.matching.answer_listener import AnsweredBatch, listening_to_answers
from address_match.service.matching.pipeline import MatchPipeline
from address_match.service.training.held_out_metrics import BATCH, held_out_queries


def reference_facts(
    premises: Sequence[Premises],
    pipeline: MatchPipeline,
    *,
    held_out: frozenset[str],
    queries: int,
    seed: int,
) -> list[Fact]:
    """Match queries as the service matches them, in all channels, and return the fact of each answer.

    The pipeline's reference holds the premises except for the `held_out` ones, which the absent queries ask for.
    """
    asked = held_out_queries(premises, held_out=held_out, queries=queries, seed=seed)
    match = partial(pipeline.match, top=1, thorough=True)
    facts: list[Fact] = []
    sums = ProjectedSums()
    for start in range(0, len(asked), BATCH):
        texts = [query.address for query in asked[start : start + BATCH]]
        answered: list[AnsweredBatch] = []
        with listening_to_answers(answered.append):
            match_each(match, texts)
        facts += sums.noted("", answered, facts_of_call(answered, asked=len(texts), seconds=0.0))
    return facts
