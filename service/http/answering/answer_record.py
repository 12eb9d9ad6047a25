"""What is counted and kept of the answers of a service."""

from collections.abc import Sequence

from address_match.service.facts.sink import NO_FACTS, FactSink
from address_match.service.http.deployments.canary import ChosenDeployment
from address_match.service.http.watching.metrics import ServiceMetrics
from address_match.service.lifecycle.shadow.shadow import AnswersBeside
from address_match.service.matching.answer import Answer

SINGLE, BULK = "single", "bulk"
"""Channels under which facts of answers are kept; suggestions keep none, since what is typed so far is no address."""


class AnswerRecord:
    """Counts answers, keeps their facts, and offers them to whoever answers beside."""

    def __init__(self, metrics: ServiceMetrics, facts: FactSink, shadow: AnswersBeside) -> None:
        self._metrics = metrics
        self._facts = facts
        self._shadow = shadow

    def facts_under(self, channel: str) -> FactSink:
        """Return what keeps the facts of answers under a channel; nothing where that is empty."""
        return self._facts if channel else NO_FACTS

    def add(
        self, channel: str, by: ChosenDeployment, texts: Sequence[str], answers: Sequence[Answer]
    ) -> None:
        """Count answers, and offer those of the bundle in service whose facts are kept under a channel to whoever answers beside."""
        for answer in answers:
            self._metrics.count_answer(answer)
        if channel and not by.dataset:
            self._shadow.offer(channel, by.deployment.record.bundle_fingerprint, texts, answers)
