import time
from collections.abc import Callable, Sequence

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from address_match.service.http.entrance.door import known_as
from address_match.service.http.watching.answered_request import METHODS, NO_ROUTE, AnsweredRequest
from address_match.service.http.watching.traces import Traces


class Watched:
    """Tells those who want to know of every request that the application answers, once it is answered."""

    def __init__(
        self, app: ASGIApp, tell: Sequence[Callable[[AnsweredRequest], None]], traces: Traces
    ) -> None:
        self._app = app
        self._tell = tell
        self._traces = traces

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

        with self._traces.request(scope) as describe:
            try:
                await self._app(scope, receive, noting)
            finally:
                answered = _answered(scope, status, time.perf_counter() - begun)
                for tell in self._tell:
                    tell(answered)
                describe(answered)


def _answered(scope: Scope, status: int, seconds: float) -> AnsweredRequest:
    """Describe a request by what the router and the door have noted in its scope."""
    route = getattr(scope.get("route"), "path", NO_ROUTE)
    method = scope["method"] if scope["method"] in METHODS else "other"
    return AnsweredRequest(route, method, status, seconds, known_as(scope))
