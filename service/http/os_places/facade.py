"""Answers as OS Places and OS Match & Cleanse do, below a prefix: their paths, parameters, envelopes and refusals."""

from collections.abc import Iterator, Mapping
from contextlib import ExitStack
from http import HTTPStatus
from types import MappingProxyType
from typing import Any
from urllib.parse import parse_qsl

import orjson
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response
from starlette.routing import BaseRoute
from starlette.types import Receive, Scope, Send

from address_match.service.access.errors import AccessError, KeyLimitError, MissingKeyError
from address_match.service.access.guard import Guard
from address_match.service.http.entrance import door
from address_match.service.http.errors import ClientGoneError
from address_match.service.http.os_places import lookups, places, refusals, searches
from address_match.service.http.os_places.ask import Answering, Ask
from address_match.service.http.os_places.parameters import Parameters, Sent
from address_match.service.http.os_places.refusals import RefusedError
from address_match.service.http.problems.problem_kinds import UNEXPECTED, kind_of
from address_match.service.http.problems.problem_response import RETRY_SECONDS, TO_BE_TRIED_AGAIN, log_error
from address_match.service.http.routing.dependencies import client_of, service_of
from address_match.service.http.routing.plain_routes import json_response, plain_route
from address_match.service.settings.facade_settings import OsPlacesSettings

GET: Mapping[str, Answering] = MappingProxyType(
    {
        "/find": searches.search,
        "/match": searches.search,
        "/postcode": lookups.by_postcode,
        "/uprn": lookups.by_uprn,
        "/nearest": places.nearest,
        "/radius": places.within_radius,
        "/bbox": places.within_box,
    }
)
POST: Mapping[str, Answering] = MappingProxyType(
    {"/find": searches.search_each, "/match": searches.search_each}
)
_KEY = "key"
"""Name of the parameter, and of the header, in which clients of OS send their key."""


class Facade:
    """Makes the routes that answer as OS does."""

    def __init__(self, settings: OsPlacesSettings, *, candidates: int, guard: Guard | None = None) -> None:
        """Answer below the prefix of the settings; whoever asks has to send a key where there is a `guard`."""
        self._settings = settings
        self._candidates = candidates
        self._guard = guard

    def routes(self) -> list[BaseRoute]:
        """Return a route for each path, and one that answers for all others below the prefix."""
        prefix = self._settings.prefix
        gets = [plain_route(prefix + path, _Endpoint(self, of), "GET") for path, of in GET.items()]
        posts = [
            plain_route(prefix + path, _Endpoint(self, of, has_body=True), "POST")
            for path, of in POST.items()
        ]
        return [*gets, *posts, plain_route(prefix + "/{path:path}", _Endpoint(self, _no_such_path))]

    async def answer(self, answering: Answering, request: Request, *, has_body: bool) -> Response:
        """Answer one request."""
        sent = _sent(request.scope["query_string"])
        with ExitStack() as allowed:
            try:
                self._let_in(request, sent, allowed)
            except AccessError as error:
                return _sent_away(error)
            try:
                ask = await self._ask(request, sent, has_body=has_body)
                return json_response(await answering(ask), HTTPStatus.OK)
            except RefusedError as error:
                return _refused(error.status, error.message)
            except (ClientGoneError, ClientDisconnect):
                raise
            except Exception as error:  # noqa: BLE001 - the outermost handler of these paths: their clients know no other shape
                log_error(error)
                return _failed(error)

    def _let_in(self, request: Request, sent: Sent, allowed: ExitStack) -> None:
        """Let the holder of a key in, until the stack is closed; raises AccessError where he may not be."""
        if self._guard is None:
            return
        key = next(_keys(request, sent), "")
        if not key:
            raise MissingKeyError("send a key of the service as the parameter or the header `key`")
        allowed.enter_context(door.entered(self._guard, request.scope, key, door.SEE_ADDRESSES))

    async def _ask(self, request: Request, sent: Sent, *, has_body: bool) -> Ask:
        return Ask(
            parameters=Parameters(sent),
            body=await _body(request) if has_body else None,
            uri=_uri(request),
            service=await service_of(request),
            client=await client_of(request),
            is_gone=request.is_disconnected,
            epoch=self._settings.epoch,
            candidates=self._candidates,
        )


class _Endpoint:
    """Answers one path."""

    def __init__(self, facade: Facade, answering: Answering, *, has_body: bool = False) -> None:
        self._facade = facade
        self._answering = answering
        self._has_body = has_body

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        response = await self._facade.answer(
            self._answering, Request(scope, receive), has_body=self._has_body
        )
        await response(scope, receive, send)


async def _no_such_path(_ask: Ask) -> dict[str, Any]:
    known = ", ".join(path.removeprefix("/") for path in GET)
    raise RefusedError(f"There is no such resource. There are {known}.", HTTPStatus.NOT_FOUND)


def _sent(query: bytes) -> dict[str, list[str]]:
    """Read the parameters of a URL, whose names may be written in capitals."""
    sent: dict[str, list[str]] = {}
    for name, value in parse_qsl(query.decode("latin-1"), keep_blank_values=True, errors="replace"):
        sent.setdefault(name.lower(), []).append(value)
    return sent


def _keys(request: Request, sent: Sent) -> Iterator[str]:
    """Give what may be a key: the parameter or header of OS, or what stands behind `Bearer`."""
    yield from filter(None, sent.get(_KEY, ()))
    scheme, _, rest = request.headers.get("authorization", "").partition(" ")
    named = request.headers.get(_KEY, ""), rest.strip() if scheme.lower() == "bearer" else ""
    yield from filter(None, named)


def _uri(request: Request) -> str:
    """Write what was asked, without a key."""
    keys = [name for name in request.query_params if name.lower() == _KEY]
    return str(request.url.remove_query_params(keys))


async def _body(request: Request) -> Any:
    """Read a body; raises RefusedError where it is no JSON."""
    try:
        return orjson.loads(await request.body())
    except orjson.JSONDecodeError as error:
        raise RefusedError("The body cannot be read: send JSON in UTF-8.") from error


def _refused(status: HTTPStatus, message: str, headers: Mapping[str, str] | None = None) -> Response:
    return json_response(refusals.error_object(status, message), status, headers)


def _failed(error: Exception) -> Response:
    """Say why the service cannot answer, by its own table of errors."""
    kind = kind_of(error) or UNEXPECTED
    status = HTTPStatus(kind.status)
    headers = {"Retry-After": str(RETRY_SECONDS)} if status in TO_BE_TRIED_AGAIN else None
    if status is HTTPStatus.UNPROCESSABLE_ENTITY:  # which OS does not know
        status = HTTPStatus.BAD_REQUEST
    return _refused(status, kind.detail or str(error), headers)


def _sent_away(error: AccessError) -> Response:
    """Say why a request is not let in, as the gateway of OS does."""
    kind = kind_of(error) or UNEXPECTED
    code = refusals.NO_KEY if isinstance(error, MissingKeyError) else refusals.WRONG_KEY
    headers = {}
    if isinstance(error, KeyLimitError):
        code, headers = refusals.TOO_MANY, {"Retry-After": str(error.retry_seconds)}
    return json_response(refusals.fault_object(code, str(error)), HTTPStatus(kind.status), headers)
