"""Answers calls once more, in a process of its own that gives way to every other."""

import logging
import os
import time
from collections.abc import Callable
from functools import partial

from address_match.service.batch.matcher import AddressMatcher
from address_match.service.error_place import place_of
from address_match.service.facts.fact import FINGERPRINT_DIGITS, Fact
from address_match.service.facts.facts_of_answers import facts_of_call
from address_match.service.fault_isolation import match_each
from address_match.service.lifecycle.shadow.given_answers import GivenAnswer, GivenAnswers
from address_match.service.matching.answer import Answer
from address_match.service.matching.answer_listener import AnsweredBatch, listening_to_answers

GIVES_WAY = 19
"""Niceness of the process: it works when no other wants to."""

_log = logging.getLogger("address_match.shadow")
_pipeline: AddressMatcher


def open_beside(open_pipeline: Callable[[], AddressMatcher]) -> None:
    """Open what answers in this process, and let others go first."""
    global _pipeline  # noqa: PLW0603 - a worker process is handed nothing but arguments
    if hasattr(os, "nice"):
        os.nice(GIVES_WAY)
    _pipeline = open_pipeline()


def answer_beside(call: GivenAnswers) -> list[Fact]:
    """Return the facts of a call's texts as they are answered here; none where that fails."""
    try:
        return facts_beside(_pipeline, call) if call.texts else []
    except Exception as error:  # noqa: BLE001 - outermost handler: whatever fails beside, the answers were given
        _log.error("unexpected %s in %s, beside the answers", type(error).__name__, place_of(error))
        return []


def facts_beside(pipeline: AddressMatcher, call: GivenAnswers) -> list[Fact]:
    """Match the texts of a call, and return a fact of each answer with what was given in its place."""
    answered: list[AnsweredBatch] = []
    begun = time.perf_counter()
    with listening_to_answers(answered.append):
        answers = match_each(partial(pipeline.match, top=1, thorough=True), call.texts)
    facts = facts_of_call(answered, asked=len(call.texts), seconds=time.perf_counter() - begun)
    # Facts come in the order in which answers were reported; which of them is whose says the answer itself.
    by_answer = {
        id(answer): fact
        for answer, fact in zip((answer for each in answered for answer in each.answers), facts, strict=False)
    }
    return [
        _beside(by_answer[id(answer)], answer, given, call.champion)
        for answer, given in zip(answers, call.answers, strict=True)
        if id(answer) in by_answer
    ]


def _beside(fact: Fact, answer: Answer, given: GivenAnswer, champion: str) -> Fact:
    return fact._replace(
        champion=champion[:FINGERPRINT_DIGITS],
        champion_status=given.status,
        same_premises=answer.uprn == given.uprn,
    )
