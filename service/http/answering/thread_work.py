"""What a thread does with the pipeline for one request alone: an explanation, or a part of a request in bulk."""

from collections.abc import Sequence
from functools import partial

from address_match.service.facts.sink import FactSink
from address_match.service.fault_isolation import match_each
from address_match.service.http.answering.question import Question
from address_match.service.http.deployments.deployment import ServedPipeline
from address_match.service.matching.answer import Answer
from address_match.service.matching.explanation.explanation import Explanation


def explain_one(
    question: Question, facts: FactSink, channel: str, text: str, pipeline: ServedPipeline
) -> list[Explanation]:
    """Answer one address and show what the answer rests on; its facts are kept under a channel."""
    with facts.recording(channel, 1):
        return question.matcher(pipeline).explain_each([text], top=question.limit)


def match_chunk(
    question: Question, facts: FactSink, channel: str, texts: Sequence[str], pipeline: ServedPipeline
) -> list[Answer]:
    """Answer some addresses of a request in bulk, each for itself; their facts are kept under a channel."""
    match = partial(question.matcher(pipeline).match, top=question.limit, thorough=True)
    with facts.recording(channel, len(texts)):
        return match_each(match, texts)
