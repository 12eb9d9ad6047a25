"""Spans of OpenTelemetry, where it is installed and set up: of each request, of the work that is done for it, and of each stage.

They hold patterns of routes, statuses and times. No address, URL, key or message of an error comes into one.
"""

import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext
from functools import partial
from typing import TYPE_CHECKING, Any, Protocol

from starlette.types import Scope

from address_match.service.http.watching.answered_request import AnsweredRequest
from address_match.service.matching.stage_times import Stage

if TYPE_CHECKING:
    from fastapi.telemetry import TelemetryConfig
    from opentelemetry.trace import Span, TracerProvider

_SCOPE = "address_match"
_CARRIED = frozenset({b"traceparent", b"tracestate"})
"""Headers that say of which trace a request is (W3C Trace Context)."""
_NANOSECONDS = 1_000_000_000

NO_TELEMETRY: "TelemetryConfig" = {
    "tracing": False,
    "metrics": False,
    "logs": False,
    "operation_spans": False,
    "auto_configure": False,
}
"""For FastAPI, whose own spans hold the query of a URL, and whose logs the messages of errors: both may hold an address."""

Place = Any
"""Where in a trace something belongs; None where nothing is traced."""


class Traces(Protocol):
    """Notes what is done, and within what; safe to share between threads."""

    def request(self, scope: Scope) -> AbstractContextManager[Callable[[AnsweredRequest], None]]:
        """Trace a request for as long as the context lasts; what it gives is told of the answer before the end."""
        ...

    def here(self) -> Place:
        """Return the place of what runs now."""
        ...

    def work(self, name: str, places: Sequence[Place]) -> AbstractContextManager[None]:
        """Trace work of the running thread that is done for the requests at some places together."""
        ...

    def stage(self, stage: Stage, seconds: float) -> None:
        """Note a stage that ended just now, within the work of the running thread."""
        ...


class NoTraces:
    """Notes nothing."""

    def request(self, scope: Scope) -> AbstractContextManager[Callable[[AnsweredRequest], None]]:  # noqa: ARG002 - the port's
        """Trace nothing."""
        return nullcontext(_untold)

    def here(self) -> Place:
        """Return no place."""
        return None

    def work(self, name: str, places: Sequence[Place]) -> AbstractContextManager[None]:  # noqa: ARG002 - the port's
        """Trace nothing."""
        return nullcontext()

    def stage(self, stage: Stage, seconds: float) -> None:
        """Note nothing."""


NO_TRACES = NoTraces()


class OpenTelemetryTraces:
    """Notes spans by the tracer of a provider, or of the one that is set for the whole process."""

    def __init__(self, provider: "TracerProvider | None" = None) -> None:
        """Raises ImportError where the API is not installed."""
        from opentelemetry import context, propagate, trace

        self._context, self._propagate, self._trace = context, propagate, trace
        self._tracer = trace.get_tracer(_SCOPE, tracer_provider=provider)

    @contextmanager
    def request(self, scope: Scope) -> Iterator[Callable[[AnsweredRequest], None]]:
        """Trace a request as part of the trace that its headers name."""
        carried = {
            name.decode(): value.decode("latin-1") for name, value in scope["headers"] if name in _CARRIED
        }
        kind = self._trace.SpanKind.SERVER
        with self._span("request", context=self._propagate.extract(carried), kind=kind) as span:
            yield partial(_describe, span)

    def here(self) -> Place:
        """Return the context of what runs now."""
        return self._context.get_current()

    @contextmanager
    def work(self, name: str, places: Sequence[Place]) -> Iterator[None]:
        """Trace work as part of the first request, linked to the others."""
        others = (self._trace.get_current_span(place).get_span_context() for place in places[1:])
        links = [self._trace.Link(other) for other in others if other.is_valid]
        said = {"address_match.requests": len(places)}
        with self._span(name, context=places[0], links=links, attributes=said):
            yield

    def stage(self, stage: Stage, seconds: float) -> None:
        """Note a stage within the current span."""
        ended = time.time_ns()
        span = self._tracer.start_span(stage, start_time=ended - int(seconds * _NANOSECONDS))
        span.end(ended)

    def _span(self, name: str, **said: Any) -> "AbstractContextManager[Span]":
        # The message of an error may quote an address.
        span: AbstractContextManager[Span] = self._tracer.start_as_current_span(
            name, record_exception=False, set_status_on_exception=False, **said
        )
        return span


def open_traces() -> Traces:
    """Return what notes spans by the provider of this process; nothing where OpenTelemetry is not installed, or set up by nobody."""
    try:
        from opentelemetry.trace import ProxyTracerProvider, get_tracer_provider
    except ImportError:
        return NoTraces()
    is_set_up = not isinstance(get_tracer_provider(), ProxyTracerProvider)
    return OpenTelemetryTraces() if is_set_up else NoTraces()


def _untold(_answered: AnsweredRequest) -> None:
    """Take an answer that nobody asks for."""


def _describe(span: "Span", answered: AnsweredRequest) -> None:
    span.update_name(f"{answered.method} {answered.route}")
    span.set_attribute("http.route", answered.route)
    span.set_attribute("http.request.method", answered.method)
    span.set_attribute("http.response.status_code", answered.status)
