"""What several workers say of themselves, put together for whoever probes the service."""

import asyncio
from collections.abc import Iterable
from typing import cast

from prometheus_client import CollectorRegistry, generate_latest
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily
from prometheus_client.metrics_core import Metric

from address_match.indexer.errors import EngineUnavailableError
from address_match.service.http.errors import NotReadyError
from address_match.service.http.processes.worker import Asked
from address_match.service.http.processes.workers import Phase, Workers
from address_match.service.http.readiness import Readiness
from address_match.service.http.watching.metrics import PREFIX

NOT_READY = {
    Phase.OPENING: "the index and the models are verified and opened",
    Phase.ENDING: "the service ends, and finishes what it was asked",
}


class WorkersReadiness:
    """Says that a service is ready as long as one of its workers is."""

    def __init__(self, workers: Workers) -> None:
        self._workers = workers

    async def readiness(self) -> Readiness:
        """Return what the workers answer with, and how many of them.

        Raises NotReadyError while the service opens or ends, EngineUnavailableError where no worker can answer.
        """
        if (why := NOT_READY.get(self._workers.phase)) is not None:
            raise NotReadyError(why)
        replies = await asyncio.to_thread(self._workers.replies, Asked.READINESS)
        ready: list[Readiness] = list(replies.values())
        if not ready:
            raise EngineUnavailableError("no worker can answer")
        said = {"workers": f"{len(ready)} of {self._workers.count}"}
        troubles = {name: check for one in ready for name, check in one.checks.items()}
        return ready[0].model_copy(update={"checks": troubles | said})

    def lives(self) -> bool:
        """Return whether a worker goes on."""
        return self._workers.live()


class WorkersMetrics:
    """The metrics of all workers, each with its number as a label."""

    def __init__(self, workers: Workers) -> None:
        self._workers = workers

    def text(self) -> bytes:
        """Return all metrics as Prometheus reads them."""
        return generate_latest(cast("CollectorRegistry", self))

    def collect(self) -> Iterable[Metric]:
        """Give the metrics of all workers, and of the workers."""
        replies: dict[int, list[Metric]] = self._workers.replies(Asked.METRICS)
        families: dict[str, Metric] = {}
        for number, metrics in replies.items():
            for metric in metrics:
                family = families.setdefault(
                    metric.name, Metric(metric.name, metric.documentation, metric.type)
                )
                family.samples += [
                    sample._replace(labels={**sample.labels, "worker": str(number)})
                    for sample in metric.samples
                ]
        yield from families.values()
        yield GaugeMetricFamily(f"{PREFIX}_workers", "Workers that reply", value=len(replies))
        yield CounterMetricFamily(
            f"{PREFIX}_worker_restarts",
            "Workers that followed one that had died",
            value=self._workers.restarts(),
        )
