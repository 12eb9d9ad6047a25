"""How the service reads from a connection: what comes is bounded in size and in time, and refused cheaply where too much waits."""

import asyncio
import json
import re
from collections.abc import Callable
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

PROBES = (b"GET /healthz", b"GET /readyz", b"HEAD /healthz", b"HEAD /readyz")
"""Beginnings of the requests that are answered whatever else waits: an orchestrator must not take a full service for a dead one."""
_END_OF_HEAD = b"\r\n\r\n"
_CONTENT_LENGTH = re.compile(rb"\r\ncontent-length:[ \t]*([0-9]{1,18})[ \t]*\r\n", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class ConnectionBounds:
    """What one connection may take, and how many there may be."""

    connections: int
    """Open at the same time; a further one is refused and closed."""
    line_bytes: int
    """Of the request line: the method and the URL."""
    head_bytes: int
    """Of the request line and all headers."""
    head_seconds: float
    """From the opening of a connection, or the first byte of a request, to the end of its headers."""
    body_seconds: float
    """From the end of the headers to the end of the body."""


class BoundedProtocol(HttpToolsProtocol):
    """HTTP/1.1 as uvicorn speaks it, within `ConnectionBounds`; `is_full` says whether more requests wait than may.

    A request that comes while that is so is answered 429 before it is parsed: at ten times the load a service can carry, parsing
    what is refused would leave no time for what is accepted.
    """

    def __init__(
        self, *arguments: Any, bounds: ConnectionBounds, is_full: Callable[[], bool], **named: Any
    ) -> None:
        super().__init__(*arguments, **named)
        self._bounds = bounds
        self._is_full = is_full
        self._head = 0
        """Bytes of the head of the request that is being read."""
        self._line_ended = False
        self._in_head = True
        self._timer: asyncio.TimerHandle | None = None
        self._closing = False

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]  # as uvicorn declares it
        """Take a connection, or refuse it where there are too many."""
        super().connection_made(transport)
        if len(self.connections) > self._bounds.connections:
            self._refuse(
                HTTPStatus.SERVICE_UNAVAILABLE, "too-many-connections", "Too many connections are open"
            )
            return
        self._wait_for(self._bounds.head_seconds)

    def connection_lost(self, exc: Exception | None) -> None:
        """Forget the connection."""
        self._cancel_timer()
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        """Read on, as far as the bounds allow."""
        if self._closing:
            return
        if self._in_head and self._head == 0:
            if self._is_full() and not data.startswith(PROBES):
                self._refuse(
                    HTTPStatus.TOO_MANY_REQUESTS,
                    "overloaded",
                    "Too many requests wait",
                    keep_open=_is_one_request(data),
                )
                return
            self._wait_for(self._bounds.head_seconds)
        if self._in_head and not self._head_fits(data):
            return
        super().data_received(data)

    def on_headers_complete(self) -> None:
        """Begin to answer; the body may still be on its way."""
        self._in_head = False
        self._wait_for(self._bounds.body_seconds)
        super().on_headers_complete()

    def on_message_complete(self) -> None:
        """Wait for no more of this request."""
        self._cancel_timer()
        self._in_head, self._head, self._line_ended = True, 0, False
        super().on_message_complete()

    def _head_fits(self, data: bytes) -> bool:
        """Count the bytes of the head in `data`; refuse the request and return False where they are too many."""
        if not self._line_ended:
            end = data.find(b"\r\n")
            self._line_ended = end >= 0
            if self._head + (end if end >= 0 else len(data)) > self._bounds.line_bytes:
                self._refuse(HTTPStatus.REQUEST_URI_TOO_LONG, "url-too-long", "The URL is too long; use POST")
                return False
        end = data.find(_END_OF_HEAD)
        self._head += end + len(_END_OF_HEAD) if end >= 0 else len(data)
        if self._head > self._bounds.head_bytes:
            self._refuse(
                HTTPStatus.REQUEST_HEADER_FIELDS_TOO_LARGE, "headers-too-large", "The headers are too large"
            )
            return False
        return True

    def _wait_for(self, seconds: float) -> None:
        self._cancel_timer()
        self._timer = self.loop.call_later(seconds, self._give_up)

    def _cancel_timer(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None

    def _give_up(self) -> None:
        """End a connection on which too little comes; one that is answered already, or where nothing began, in silence."""
        begun = self._head > 0 and (self.cycle is None or not self.cycle.response_started)
        if begun:
            self._refuse(HTTPStatus.REQUEST_TIMEOUT, "request-timeout", "The request did not come in time")
        else:
            self._closing = True
            self.transport.close()

    def _refuse(self, status: HTTPStatus, name: str, title: str, *, keep_open: bool = False) -> None:
        """Write a problem document; the connection is closed, unless the request is known to end with what was read."""
        self.transport.write(refusal(status, name, title, keep_open=keep_open))
        if not keep_open:
            self._closing = True
            self._cancel_timer()
            self.transport.close()


def refusal(status: HTTPStatus, name: str, title: str, *, keep_open: bool) -> bytes:
    """Return a whole response that holds a problem document (RFC 9457) of one kind."""
    from address_match.service.http.problems import MEDIA_TYPE, RETRY_SECONDS, TYPES

    body = json.dumps({"type": TYPES + name, "title": title, "status": int(status)}).encode()
    head = [
        f"HTTP/1.1 {int(status)} {status.phrase}",
        f"content-type: {MEDIA_TYPE}",
        f"content-length: {len(body)}",
    ]
    if status in {HTTPStatus.TOO_MANY_REQUESTS, HTTPStatus.SERVICE_UNAVAILABLE}:
        head.append(f"retry-after: {RETRY_SECONDS}")
    if not keep_open:
        head.append("connection: close")
    return "\r\n".join([*head, "", ""]).encode() + body


def _is_one_request(data: bytes) -> bool:
    """Return whether bytes are one whole request and nothing behind it."""
    head, found, body = data.partition(_END_OF_HEAD)
    if not found:
        return False
    length = _CONTENT_LENGTH.search(head + b"\r\n")
    return len(body) == (int(length[1]) if length else 0) and b"\r\ntransfer-encoding:" not in head.lower()
