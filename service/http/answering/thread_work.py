"""What a thread does with the pipeline for one request alone: an explanation, or a part of a request in bulk."""

from collections.abc import Sequence
from datetime import date
from functools import partial

from address_match.service.facts.sink import FactSink
from address_match.service.fault_isolation import match_each
from address_match.service.http.answering.batching import matcher_within
from address_match.service.http.deployments.deployment import ServedPipeline
from address_match.service.lookup.premises_filter import PremisesFilter
from address_match.service.matching.answer import Answer
from address_match.service.matching.explanation.explanation import Explanation


def explain_one(
    text: str,
    limit: int,
    facts: FactSink,
    channel: str,
    within: PremisesFilter,
    as_at: date | None,
    pipeline: ServedPipeline,
) -> list[Explanation]:
    """Answer one address and show what the answer rests on; its facts are kept under a channel."""
    with facts.recording(channel, 1):
        return matcher_within(pipeline, within, as_at).explain_each([text], top=limit)


def match_chunk(
    limit: int,
    facts: FactSink,
    channel: str,
    within: PremisesFilter,
    as_at: date | None,
    texts: Sequence[str],
    pipeline: ServedPipeline,
) -> list[Answer]:
    """Answer some addresses of a request in bulk, each for itself; their facts are kept under a channel."""
    matcher = matcher_within(pipeline, within, as_at)
    with facts.recording(channel, len(texts)):
        return match_each(partial(matcher.match, top=limit, thorough=True), texts)
