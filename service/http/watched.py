import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from address_match.service.http.door import key_of

METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})
"""Whoever asks may invent others, which are neither told apart nor repeated."""
NO_ROUTE = "none"
"""Of a request that was sent away before its route was looked for, or that has none."""


@dataclass(frozen=True, slots=True)
class AnsweredRequest:
    """A request that was answered, as far as it may be told: nothing of it can hold an address."""

    route: str
    """Its pattern, `/v1/addresses/{uprn:path}`; `NO_ROUTE` where there is none."""
    method: str
    """One of `METHODS`, or `other`."""
    status: int
    seconds: float
    """From the end of its headers to the end of its answer."""
    key: str
    """The id of the key; empty where none was asked for, or shown."""


class Watched:
    """Tells those who want to know of every request that the application answers, once it is answered."""

    def __init__(self, app: ASGIApp, tell: Sequence[Callable[[AnsweredRequest], None]]) -> None:
        self._app = app
        self._tell = tell

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        status = 500  # where the application fails, the outermost handler answers with it
        begun = time.perf_counter()

        async def noting(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
            await send(message)

        try:
            await self._app(scope, receive, noting)
        finally:
            answered = _answered(scope, status, time.perf_counter() - begun)
            for tell in self._tell:
                tell(answered)


def _answered(scope: Scope, status: int, seconds: float) -> AnsweredRequest:
    """Describe a request by what the router and the door have noted in its scope."""
    key = key_of(scope)
    route = getattr(scope.get("route"), "path", NO_ROUTE)
    method = scope["method"] if scope["method"] in METHODS else "other"
    return AnsweredRequest(route, method, status, seconds, "" if key is None else key.id)
