"""Every request to the cluster goes through here: bounded retries, a circuit breaker, errors in our own terms."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

from circuitbreaker import CircuitBreaker, CircuitBreakerError
from elastic_transport import TransportError
from elasticsearch import ApiError, Elasticsearch, UnsupportedProductError
from tenacity import Retrying, retry_if_exception, stop_after_delay, wait_exponential, wait_random

from address_match.indexer.elastic.connection.translated_errors import (
    PassingError,
    is_passing,
    is_sign_of_death,
    translated,
)
from address_match.indexer.errors import EngineUnavailableError

Answered = TypeVar("Answered")
Taken = TypeVar("Taken")

_FAILURES_THAT_OPEN = 5
_SECONDS_OPEN = 5.0
"""While the circuit is open nobody waits for a cluster that was found dead a moment ago."""
_FIRST_WAIT = 0.1
_LONGEST_WAIT = 5.0


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
"""Who finds one node deaf has the time to ask another, and gets an error within five seconds if that is no better."""
AT_A_SCREEN = Patience(request_seconds=30.0, seconds=10.0, waits_out_failures=False)
"""For listing, checking and dropping indices: waits for slow operations, and reports a wrong URL soon."""
BULK = Patience(request_seconds=60.0, seconds=300.0, waits_out_failures=True)


class RetryingClient:
    """Sends requests to one cluster; safe to share between threads. Whoever makes it closes it."""

    def __init__(self, client: Elasticsearch, place: str, patience: Patience) -> None:
        self._client = client
        self._place = place
        self.patience = patience
        self._breaker = CircuitBreaker(_FAILURES_THAT_OPEN, _SECONDS_OPEN, _opens_the_circuit)

    def ask(self, request: Callable[[Elasticsearch], Answered]) -> Answered:
        """Do a request, again while it fails for a passing reason; raises errors of `address_match.indexer.errors` for
        all that the cluster or the way to it is at fault of.
        """
        return self.ask_for(request, _whole)

    def ask_for(
        self, request: Callable[[Elasticsearch], Answered], take: Callable[[Answered], Taken]
    ) -> Taken:
        """Do a request as `ask` does, and return what is taken from its answer.

        A node that is ending, or what stands between, may send half of an answer with the status of a whole one: where
        that lacks what `take` reads, it is asked for again. So `take` reads an answer and does nothing else.
        """
        attempts = Retrying(
            stop=stop_after_delay(self.patience.seconds),
            wait=wait_exponential(multiplier=_FIRST_WAIT, max=_LONGEST_WAIT) + wait_random(0, _FIRST_WAIT),
            retry=retry_if_exception(self._may_pass),
            reraise=True,
        )
        try:
            taken: Taken = attempts(self._once, request, take)
        except CircuitBreakerError as error:
            raise EngineUnavailableError(
                f"The cluster at {self._place} does not answer: it failed {_FAILURES_THAT_OPEN} times just now and is asked again "
                f"in {_SECONDS_OPEN:g} s. Start it, or mend the URL"
            ) from error
        except (TransportError, ApiError, PassingError, UnsupportedProductError) as error:
            raise translated(error, self._place) from error
        return taken

    def close(self) -> None:
        """Let go of the connections."""
        self._client.close()

    def _once(self, request: Callable[[Elasticsearch], Answered], take: Callable[[Answered], Taken]) -> Taken:
        if self._breaker.opened:
            raise CircuitBreakerError(self._breaker)
        with self._breaker:
            answer = request(self._client)
            try:
                return take(answer)
            except (LookupError, TypeError, ValueError, AttributeError) as error:
                raise PassingError(
                    f"an answer that cannot be read ({type(error).__name__}: {error})"
                ) from error

    def _may_pass(self, error: BaseException) -> bool:
        if isinstance(error, CircuitBreakerError):
            return self.patience.waits_out_failures
        return is_passing(error)


def _whole(answer: Answered) -> Answered:
    return answer


def _opens_the_circuit(_kind: type[BaseException], error: BaseException) -> bool:
    return is_sign_of_death(error)
