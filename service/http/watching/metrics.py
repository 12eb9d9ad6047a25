"""What a service counts and times, in the terms of Prometheus; no label holds anything that was asked."""

from collections.abc import Callable, Iterable

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, ProcessCollector, generate_latest
from prometheus_client.core import InfoMetricFamily
from prometheus_client.metrics_core import Metric
from prometheus_client.registry import Collector

from address_match.service.http.deployments.deployment import ActiveDeployment
from address_match.service.http.readiness import ServedModels
from address_match.service.http.watching.answered_request import NO_ROUTE, AnsweredRequest
from address_match.service.lifecycle.feedback.feedback import FeedbackVerdict
from address_match.service.matching.answer import Answer, Status
from address_match.service.matching.stage_times import Stage

PREFIX = "address_match"
_REQUEST_SECONDS = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30)
_STAGE_SECONDS = (0.0001, 0.00025, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 1)
_BATCH_SIZES = (1, 2, 4, 8, 16, 32, 64, 128, 256, 1_000)


class ServiceMetrics:
    """The metrics of one service; safe to share between threads."""

    def __init__(self) -> None:
        self._registry = CollectorRegistry()
        ProcessCollector(registry=self._registry)
        self._requests = Counter(
            f"{PREFIX}_requests",
            "Requests that were answered or refused, by route, method and status",
            ["route", "method", "status"],
            registry=self._registry,
        )
        self._counters: dict[tuple[str, str, int], Counter] = {}
        """Of requests, by route, method and status: to look one up by its labels takes longer than to count."""
        self._timers: dict[str, Histogram] = {}
        """Of requests, by route."""
        self._seconds = self._histogram(
            "request_seconds",
            "From the end of the headers to the end of the answer",
            "route",
            _REQUEST_SECONDS,
        )
        self._stages = self._histogram(
            "stage_seconds", "Time that a stage takes for one batch", "stage", _STAGE_SECONDS
        )
        self._answers = Counter(
            f"{PREFIX}_answers", "Answers by status and reason", ["status", "reason"], registry=self._registry
        )
        self._probability = Counter(
            f"{PREFIX}_matched_probability",
            "Sum of the probabilities of matched answers; over their number, it is the expected precision",
            registry=self._registry,
        )
        self._feedback = Counter(
            f"{PREFIX}_feedback", "What clients say of answers", ["verdict"], registry=self._registry
        )
        self._batches = Histogram(
            f"{PREFIX}_batch_addresses",
            "Addresses that are matched together",
            buckets=_BATCH_SIZES,
            registry=self._registry,
        )

    def count_request(self, answered: AnsweredRequest) -> None:
        """Count a request and the time that it took."""
        self._counter(answered.route, answered.method, answered.status).inc()
        if (timer := self._timers.get(answered.route)) is None:
            timer = self._timers[answered.route] = self._seconds.labels(answered.route)
        timer.observe(answered.seconds)

    def count_unread(self, status: int) -> None:
        """Count a request that was refused before it was read."""
        self._counter(NO_ROUTE, "unread", status).inc()

    def count_answer(self, answer: Answer) -> None:
        """Count an answer."""
        self._answers.labels(answer.status.value, answer.reason.value).inc()
        if answer.status is Status.MATCHED:
            self._probability.inc(answer.probability)

    def count_feedback(self, verdict: FeedbackVerdict) -> None:
        """Count what a client says of an answer."""
        self._feedback.labels(verdict.value).inc()

    def count_batch(self, addresses: int) -> None:
        """Count a batch of single addresses."""
        self._batches.observe(addresses)

    def time_stage(self, stage: Stage, seconds: float) -> None:
        """Note how long a stage took for a batch."""
        self._stages.labels(stage).observe(seconds)

    def show(self, name: str, meaning: str, now: Callable[[], float]) -> None:
        """Show a number that is looked up, from any thread, when somebody asks."""
        Gauge(f"{PREFIX}_{name}", meaning, registry=self._registry).set_function(now)

    def show_deployment(self, active: ActiveDeployment) -> None:
        """Show what answers: its bundle, its index and the reference of that."""
        self._registry.register(_DeploymentInfo(active))

    def families(self) -> list[Metric]:
        """Return all metrics as values that travel to another process."""
        return list(self._registry.collect())

    def text(self) -> bytes:
        """Return all metrics as Prometheus reads them."""
        return generate_latest(self._registry)

    def _counter(self, route: str, method: str, status: int) -> Counter:
        key = route, method, status
        if (counter := self._counters.get(key)) is None:
            counter = self._counters[key] = self._requests.labels(route, method, str(status))
        return counter

    def _histogram(self, name: str, meaning: str, label: str, buckets: tuple[float, ...]) -> Histogram:
        return Histogram(f"{PREFIX}_{name}", meaning, [label], buckets=buckets, registry=self._registry)


class _DeploymentInfo(Collector):
    """Says what is active when it is asked, since that changes while the service runs."""

    def __init__(self, active: ActiveDeployment) -> None:
        self._active = active

    def collect(self) -> Iterable[InfoMetricFamily]:
        """Give one metric of the value 1 whose labels name the active deployment."""
        deployment = self._active.now()
        facts = ServedModels.of(deployment.record).model_dump()
        if (reference := deployment.reference) is not None:
            facts |= {"engine": reference.engine, "index": reference.index, "reference": reference.reference}
            facts |= {"built": reference.built, "premises": str(reference.premises)}
        yield InfoMetricFamily(f"{PREFIX}_deployment", "What answers", value=facts)

    def describe(self) -> Iterable[InfoMetricFamily]:
        """Name the metric without asking for its value."""
        yield InfoMetricFamily(f"{PREFIX}_deployment", "What answers")
