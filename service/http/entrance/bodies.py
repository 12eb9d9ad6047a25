"""Wraps the application: keeps bodies plain, within a size, and to what all readers read alike."""

import json
from collections.abc import Callable, Container
from typing import Any, NoReturn

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from address_match.service.errors import ServiceError
from address_match.service.http.errors import (
    BodyTooLargeError,
    PackedBodyError,
    RepeatedParameterError,
    UnreadableBodyError,
)
from address_match.service.http.problems.problem_response import respond_to


class BoundedBodies:
    """Refuses a request whose body is packed, or larger than `most` bytes, before or while it is read."""

    def __init__(self, app: ASGIApp, most: int, elsewhere: str = "") -> None:
        """Bound the size of all bodies but those that are sent to `elsewhere`, a path whose route bounds them itself."""
        self._app = app
        self._most = most
        self._elsewhere = elsewhere

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        if scope["type"] == "http" and _is_packed(scope):
            error = PackedBodyError(
                "the body is packed by its header Content-Encoding; send it plain, and a file that is packed itself without that header"
            )
            await respond_to(error)(scope, receive, send)
            return
        if scope["type"] != "http" or (self._elsewhere and scope["path"] == self._elsewhere):
            await self._app(scope, receive, send)
            return
        if _announced_bytes(scope) > self._most:
            await respond_to(self._refusal())(scope, receive, send)
            return
        read = 0

        def count(message: Message) -> None:
            nonlocal read
            read += len(message.get("body", b""))
            if read > self._most:
                raise self._refusal()

        await _serve_unless_refused(self._app, scope, receive, send, count)

    def _refusal(self) -> BodyTooLargeError:
        return BodyTooLargeError(f"the body is larger than {self._most:,} bytes; send several requests")


class UnequivocalBodies:
    """Refuses a request below a path whose body is JSON that gives a name twice, which readers decide in different ways (RFC 8259,
    section 4), or a number that JSON does not have. What is no JSON is left to its route.
    """

    def __init__(self, app: ASGIApp, below: str, elsewhere: Container[str] = ()) -> None:
        """Look at all bodies but those that are sent to `elsewhere`, paths of files and of lines."""
        self._app = app
        self._below = below
        self._elsewhere = elsewhere

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        is_ours = scope["type"] == "http" and scope["path"].startswith(self._below)
        if not is_ours or scope["path"] in self._elsewhere:
            await self._app(scope, receive, send)
            return
        parts: list[bytes] = []

        def look(message: Message) -> None:
            parts.append(message.get("body", b""))
            if message["type"] == "http.request" and not message.get("more_body", False):
                refuse_equivocal(b"".join(parts))

        await _serve_unless_refused(self._app, scope, receive, send, look)


def refuse_equivocal(written: bytes) -> None:
    """Raise RepeatedParameterError where an object of some JSON gives a name twice, UnreadableBodyError for NaN and Infinity."""
    if b"{" not in written:
        return
    try:
        json.loads(written, object_pairs_hook=_refuse_repeated, parse_constant=_refuse_constant)
    except (ValueError, RecursionError):  # no JSON
        return


def _refuse_repeated(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    read = dict(pairs)
    if len(read) < len(pairs):  # which is not said: an address may stand there by mistake
        raise RepeatedParameterError("an object of the body gives a name more than once; give each once")
    return read


def _refuse_constant(_written: str) -> NoReturn:
    raise UnreadableBodyError(
        "the body holds NaN or Infinity, which JSON does not have; leave the name out, or give a number"
    )


async def _serve_unless_refused(
    app: ASGIApp, scope: Scope, receive: Receive, send: Send, look: Callable[[Message], None]
) -> None:
    """Serve a request, and refuse it where `look` raises ServiceError at a part of its body."""
    refusal: ServiceError | None = None

    async def looked_at() -> Message:
        nonlocal refusal
        message = await receive()
        try:
            look(message)
        except ServiceError as error:
            refusal = error
            raise
        return message

    async def unless_refused(message: Message) -> None:
        # The framework takes the refusal for a body that it cannot parse: what it says of that is dropped.
        if refusal is None:
            await send(message)

    await app(scope, looked_at, unless_refused)
    if refusal is not None:
        await respond_to(refusal)(scope, receive, send)


def _announced_bytes(scope: Scope) -> int:
    """Return how many bytes a body is to have by its header; 0 where that does not say."""
    announced = next((value for name, value in scope["headers"] if name == b"content-length"), b"")
    return int(announced) if announced.isdigit() else 0


def _is_packed(scope: Scope) -> bool:
    """Return whether a body is packed by its header."""
    return any(
        name == b"content-encoding" and value.strip().lower() not in (b"", b"identity")
        for name, value in scope["headers"]
    )
