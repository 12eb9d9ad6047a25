"""Wraps the application: keeps to its names, to HTTPS and to URLs that mean one thing, and turns what nobody foresaw into a problem document."""

from collections.abc import Sequence
from urllib.parse import parse_qsl, unquote_to_bytes

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from address_match.service.errors import ServiceError
from address_match.service.http import request_id
from address_match.service.http.entrance.own_page import host_of
from address_match.service.http.errors import (
    RepeatedParameterError,
    UnknownHostError,
    UnreadableUrlError,
)
from address_match.service.http.problems.problem_response import respond_to


class PlainUrls:
    """Refuses a request below a path whose URL is not in UTF-8, or gives a parameter twice: none of them is a list, and either may be meant."""

    def __init__(self, app: ASGIApp, below: str) -> None:
        self._app = app
        self._below = below

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        is_ours = scope["type"] == "http" and scope["path"].startswith(self._below)
        if is_ours and (error := _problem_of(scope)) is not None:
            await respond_to(error)(scope, receive, send)
            return
        await self._app(scope, receive, send)


def _problem_of(scope: Scope) -> ServiceError | None:
    """Return why the URL of a request cannot be read in one way; None where it can."""
    if not (_is_utf8(scope.get("raw_path") or b"") and _is_utf8(scope["query_string"])):
        return UnreadableUrlError(
            "the URL is not in UTF-8; write each character as its bytes in UTF-8, with %"
        )
    if _repeats(scope):
        return RepeatedParameterError("the URL gives a parameter more than once; give each once")
    return None


def _is_utf8(part: bytes) -> bool:
    """Return whether the characters of a part of a URL, encoded or not, are in UTF-8."""
    if b"%" not in part and part.isascii():
        return True
    try:
        unquote_to_bytes(part).decode()
    except UnicodeDecodeError:
        return False
    return True


def _repeats(scope: Scope) -> bool:
    """Return whether the query of a URL holds a name twice, however it is encoded."""
    query: bytes = scope["query_string"]
    if b"&" not in query:
        return False
    names = [name for name, _ in parse_qsl(query.decode("latin-1"), keep_blank_values=True)]
    return len(set(names)) < len(names)


class AllowedHosts:
    """Refuses a request that asks for the service by a name that is not its own: a page elsewhere may have made a browser do so."""

    def __init__(self, app: ASGIApp, hosts: Sequence[str]) -> None:
        self._app = app
        self._hosts = frozenset(host.lower() for host in hosts if not host.startswith("*."))
        self._endings = tuple(host[1:].lower() for host in hosts if host.startswith("*."))

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        if scope["type"] == "http" and not self._is_ours(host_of(scope)):
            error = UnknownHostError("the service is not known by the name that it was asked for by")
            await respond_to(error)(scope, receive, send)
            return
        await self._app(scope, receive, send)

    def _is_ours(self, name: str) -> bool:
        return name in self._hosts or name.endswith(self._endings)


class StrictTransport:
    """Has browsers that were answered over HTTPS ask by HTTPS alone from now on (RFC 6797)."""

    def __init__(self, app: ASGIApp, seconds: int) -> None:
        self._app = app
        self._header = (b"strict-transport-security", f"max-age={seconds}".encode())

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""

        async def with_header(message: Message) -> None:
            if message["type"] == "http.response.start":
                message = {**message, "headers": [*message["headers"], self._header]}
            await send(message)

        is_secure = scope["type"] == "http" and scope["scheme"] == "https"
        await self._app(scope, receive, with_header if is_secure else send)


class Outermost:
    """Gives each request a name, answers HEAD as GET without the body, and answers an error that no handler knew with a problem document.

    No message of such an error is logged.
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        name = request_id.begin(scope["headers"])
        is_head = scope["method"] == "HEAD"
        if is_head:
            scope = {**scope, "method": "GET"}
        begun = False

        async def watched(message: Message) -> None:
            nonlocal begun
            if message["type"] == "http.response.start":
                begun = True
                message = {**message, "headers": [*message["headers"], (request_id.HEADER, name.encode())]}
            elif is_head:
                message = {**message, "body": b""}
            await send(message)

        try:
            await self._app(scope, receive, watched)
        except (
            Exception
        ) as error:  # the outermost handler: what comes here nobody foresaw, and its client is told so
            if begun:
                raise
            await respond_to(error)(scope, receive, watched)
