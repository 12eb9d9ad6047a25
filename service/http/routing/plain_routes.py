"""Routes that read a request themselves, for façades: what FastAPI would say of a fault is not what their clients know."""

from collections.abc import Mapping
from http import HTTPStatus

import orjson
from starlette.responses import Response
from starlette.routing import Route
from starlette.types import ASGIApp, Receive, Scope, Send


def plain_route(path: str, app: ASGIApp, method: str | None = None) -> Route:
    """Route a path to an application, by one method or by all."""
    return Route(path, _Named(path, app), methods=None if method is None else [method])


def json_response(
    content: Mapping[str, object], status: HTTPStatus, headers: Mapping[str, str] | None = None
) -> Response:
    """Write JSON."""
    written = orjson.dumps(content)
    return Response(written, status_code=status.value, media_type="application/json", headers=headers)


class _Named:
    """Notes by which pattern a request came, for metrics and logs; routes of FastAPI do that themselves."""

    def __init__(self, path: str, app: ASGIApp) -> None:
        self.path = path
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        scope["route"] = self
        await self._app(scope, receive, send)
