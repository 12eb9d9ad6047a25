"""Every request to the cluster goes through here: bounded retries, a circuit breaker, errors in our own terms."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar

from circuitbreaker import CircuitBreaker, CircuitBreakerError
from elastic_transport import ConnectionError as NoConnection
from elastic_transport import ConnectionTimeout, TlsError, TransportError
from elasticsearch import ApiError, UnsupportedProductError
from tenacity import Retrying, retry_if_exception, stop_after_delay, wait_exponential, wait_random

from address_match.indexer.errors import (
    EngineAccessError,
    EngineRefusedError,
    EngineUnavailableError,
    IndexerError,
    IndexUnusableError,
)

Answered = TypeVar("Answered")

_FAILURES_THAT_OPEN = 5
_SECONDS_OPEN = 5.0
"""While the circuit is open nobody waits for a cluster that was found dead a moment ago."""
_FIRST_WAIT = 0.1
_LONGEST_WAIT = 5.0
_FULL = 429
_AWAY = (502, 503, 504)
_NO_ACCESS = (401, 403)
_MISSING = 404


@dataclass(frozen=True, slots=True)
class Patience:
    """How long somebody is ready to wait for the cluster."""

    request_seconds: float
    """After which a request is given up."""
    seconds: float
    """For which a request that fails for a passing reason is tried again."""
    waits_out_failures: bool
    """Go on trying while the circuit is open, as a run over a file does and a person at a screen does not."""


ONLINE = Patience(request_seconds=2.0, seconds=3.0, waits_out_failures=False)
"""Who finds one node deaf has the time to ask another, and is told within five seconds if that is no better."""
AT_A_SCREEN = Patience(request_seconds=30.0, seconds=10.0, waits_out_failures=False)
"""Who lists, checks or drops indices waits for what takes the cluster long, and soon hears of a wrong URL."""
BULK = Patience(request_seconds=60.0, seconds=300.0, waits_out_failures=True)


class PassingError(Exception):
    """A failure within an answer that came: a queue was full or a shard away; the same request may succeed later."""


class QueueFullError(PassingError):
    """The cluster lives and has too much to do."""


class RetryingClient:
    """Asks one cluster; safe to share between threads."""

    def __init__(self, place: str, patience: Patience) -> None:
        self._place = place
        self.patience = patience
        self._breaker = CircuitBreaker(_FAILURES_THAT_OPEN, _SECONDS_OPEN, _is_sign_of_death)

    def ask(self, request: Callable[[], Answered]) -> Answered:
        """Do a request, again while it fails for a passing reason; raises errors of `address_match.indexer.errors` only."""
        attempts = Retrying(
            stop=stop_after_delay(self.patience.seconds),
            wait=wait_exponential(multiplier=_FIRST_WAIT, max=_LONGEST_WAIT) + wait_random(0, _FIRST_WAIT),
            retry=retry_if_exception(self._may_pass),
            reraise=True,
        )
        try:
            answered: Answered = attempts(self._once, request)
        except (
            TransportError,
            ApiError,
            CircuitBreakerError,
            PassingError,
            UnsupportedProductError,
        ) as error:
            raise translated(error, self._place) from error
        return answered

    def _once(self, request: Callable[[], Answered]) -> Answered:
        if self._breaker.opened:
            raise CircuitBreakerError(self._breaker)
        with self._breaker:
            return request()

    def _may_pass(self, error: BaseException) -> bool:
        if isinstance(error, CircuitBreakerError):
            return self.patience.waits_out_failures
        return _is_passing(error)


def translated(error: Exception, place: str) -> IndexerError:
    """Return in our own terms what an error of the client means for whoever asked the cluster at a place."""
    if isinstance(error, TlsError):
        return EngineAccessError(
            f"The certificate of {place} is not trusted: {error}. Name its CA certificate"
        )
    if isinstance(error, UnsupportedProductError):
        return EngineAccessError(f"What answers at {place} is no Elasticsearch; mend the URL")
    if isinstance(error, ApiError):
        return _translated_answer(error, place)
    if isinstance(error, CircuitBreakerError):
        return EngineUnavailableError(
            f"The cluster at {place} does not answer: it failed {_FAILURES_THAT_OPEN} times just now and is asked again in "
            f"{_SECONDS_OPEN:g} s. Start it, or mend the URL"
        )
    if isinstance(error, PassingError):
        return EngineUnavailableError(f"The cluster at {place} answers in part only: {error}")
    return EngineUnavailableError(
        f"The cluster at {place} does not answer: {error}. Start it, or mend the URL"
    )


def _translated_answer(error: ApiError, place: str) -> IndexerError:
    status, reason = error.status_code, reason_of(error.body)
    if may_only_be_read(reason):
        return EngineRefusedError(
            f"The cluster at {place} may only be read: {reason}. Free disk on its nodes, or lift the block"
        )
    if status in _NO_ACCESS:
        return EngineAccessError(
            f"The cluster at {place} refuses these credentials ({status}): {reason}. Set "
            "ADDRESS_MATCH_ELASTIC_API_KEY, or ADDRESS_MATCH_ELASTIC_USER and ADDRESS_MATCH_ELASTIC_PASSWORD"
        )
    if status == _MISSING:
        return IndexUnusableError(f"The cluster at {place} does not hold it: {reason}")
    if status == _FULL or status in _AWAY:
        return EngineUnavailableError(
            f"The cluster at {place} is too busy or incomplete ({status}): {reason}"
        )
    return EngineRefusedError(f"The cluster at {place} refuses the request ({status}): {reason}")


def reason_of(body: Any) -> str:
    """Return the cause that an answer of the cluster gives, never more than a line of it."""
    error = body.get("error", body) if isinstance(body, dict) else body
    if isinstance(error, dict):
        cause = (error.get("root_cause") or [error])[0]
        error = f"{cause.get('type', '')}: {cause.get('reason', '')}"
    return str(error).splitlines()[0][:300] if error else "no reason given"


def may_only_be_read(reason: str) -> bool:
    """Return whether a refusal means that nothing may be written; a cluster without a master blocks too, and finds one."""
    blocked = "cluster_block" in reason or ("index [" in reason and "blocked" in reason)
    return blocked and "SERVICE_UNAVAILABLE" not in reason


def is_full_or_away(status: int) -> bool:
    """Return whether an answer's status may be another one a moment later."""
    return status == _FULL or status in _AWAY


def _is_passing(error: BaseException) -> bool:
    if isinstance(error, ApiError):
        return is_full_or_away(error.status_code) and not may_only_be_read(reason_of(error.body))
    if isinstance(error, TlsError):
        return False
    return isinstance(error, NoConnection | ConnectionTimeout | PassingError)


def _is_sign_of_death(_kind: type[BaseException], error: BaseException) -> bool:
    """A full queue or a refused request is an answer."""
    full = isinstance(error, QueueFullError) or (isinstance(error, ApiError) and error.status_code == _FULL)
    return _is_passing(error) and not full
