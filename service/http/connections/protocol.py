"""How the service reads from a connection: what comes is bounded in size and in time, and refused cheaply where too much waits."""

import asyncio
import re
from collections.abc import Callable
from typing import Any

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

from address_match.service.http.connections.connection_bounds import UPLOAD, ConnectionBounds
from address_match.service.http.connections.connection_room import ConnectionRoom
from address_match.service.http.connections.head_faults import OTHER_FRAMES, head_fault
from address_match.service.http.connections.joined_writes import JoinedWrites
from address_match.service.http.connections.refusal_turns import Coming, Turns
from address_match.service.http.connections.refused_unread import (
    HEADERS_TOO_LARGE,
    NO_HTTP,
    OVERLOADED,
    REQUEST_TIMEOUT,
    URL_TOO_LONG,
    refusal,
)
from address_match.service.http.connections.untaken_bytes import untaken_bytes
from address_match.service.http.problems.problem_kinds import ProblemKind

PROBES = (b"GET /healthz", b"GET /readyz", b"HEAD /healthz", b"HEAD /readyz")
"""Beginnings of the requests that are answered whatever else waits: an orchestrator must not take a full service for a dead one."""
IDLE_SECONDS_WHEN_FULL = 1
"""How long a connection may stay open without a request while others wait to be accepted."""
FRAME_BYTES = 16
"""What each byte of a body may come with: a chunk of one byte has five more, and extensions of chunks mean nothing here."""
LINGER_SECONDS = 1.0
"""How long the rest of a refused request is read and dropped: a connection closed before that is reset, and its refusal lost."""
_END_OF_HEAD = b"\r\n\r\n"
_UPGRADE = re.compile(rb"\r\nupgrade:", re.IGNORECASE)
_CONTENT_LENGTH = re.compile(rb"\r\ncontent-length:[ \t]*([0-9]{1,18})[ \t]*\r\n", re.IGNORECASE)


class BoundedProtocol(HttpToolsProtocol):
    """HTTP/1.1 as uvicorn speaks it, within `ConnectionBounds`; `is_full` says whether a client may ask for no more behind so many requests that come.

    A request that comes while that is so is answered 429 before it is parsed, and when it is its turn: who asks again without a pause would
    else leave no time for what is accepted. A connection gives `room` back when it is closed.
    """

    transport: JoinedWrites

    def __init__(
        self,
        *arguments: Any,
        bounds: ConnectionBounds,
        is_full: Callable[[str, int], bool],
        count_refusal: Callable[[int], None],
        refusals: Turns,
        coming: Coming,
        room: ConnectionRoom,
        **named: Any,
    ) -> None:
        super().__init__(*arguments, **named)
        self._bounds = bounds
        self._is_full = is_full
        self._count_refusal = count_refusal
        self._refusals = refusals
        self._coming = coming
        self._room = room
        self._head = 0
        """Bytes of the head of the request that is being read."""
        self._tail = b""
        """Last bytes of the head so far, in which its end may have begun."""
        self._line_ended = False
        self._in_head = True
        self._frames = 0
        """Bytes of the body that is being read that are no body: sizes and extensions of its chunks."""
        self._timer: asyncio.TimerHandle | None = None
        self._stall: asyncio.TimerHandle | None = None
        """Ends a connection whose client takes nothing of its answer."""
        self._closing = False

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]  # as uvicorn declares it
        """Take a connection."""
        super().connection_made(transport)
        self.transport = JoinedWrites(transport, self.loop, self._lingers)
        self._wait_for(self._bounds.head_seconds)

    def connection_lost(self, exc: Exception | None) -> None:
        """Forget the connection."""
        self._closing = True
        self._cancel_timer()
        self._end_stall()
        self._room.give_back()
        super().connection_lost(exc)

    def pause_writing(self) -> None:
        """Wait for a client to take of its answer, for as long as another may take to send a body without any of it being taken."""
        super().pause_writing()
        self._await_reader()

    def resume_writing(self) -> None:
        """Go on writing."""
        self._end_stall()
        super().resume_writing()

    def _await_reader(self) -> None:
        left = untaken_bytes(self.transport)
        self._stall = self.loop.call_later(self._bounds.body_seconds, self._look_at_reader, left)

    def _look_at_reader(self, left: int) -> None:
        """End the connection of a client that has taken nothing since so much was left; what works for it ends with it."""
        if untaken_bytes(self.transport) >= left:
            self.transport.abort()
        else:
            self._await_reader()

    def _end_stall(self) -> None:
        if self._stall is not None:
            self._stall.cancel()
            self._stall = None

    def data_received(self, data: bytes) -> None:
        """Read on, as far as the bounds allow."""
        if self._closing:
            return
        if self._in_head and self._head == 0 and not self._is_answering():
            self.timeout_keep_alive = (
                IDLE_SECONDS_WHEN_FULL if self._room.is_full() else self._bounds.idle_seconds
            )
            if not data.startswith(PROBES) and not self._has_room():
                self._await_refusal(data)
            else:
                self._let_in(data)
        else:
            self._read(data)

    def _let_in(self, data: bytes) -> None:
        """Read a request from its first bytes on."""
        self._coming.add(self.loop)
        self._wait_for(self._bounds.head_seconds)
        self._read(data)

    def _read(self, data: bytes) -> None:
        if not self._in_head:
            self._frames += len(data)
            super().data_received(data)
            if not self._in_head and not self._closing and self._frames > self._bounds.head_bytes:
                self._refuse(OTHER_FRAMES)
        elif self._head_fits(data):
            super().data_received(_without_upgrade(data))

    def on_header(self, name: bytes, value: bytes) -> None:
        """Take a header. Those behind a body count too, since nothing else bounds them, and are dropped: a proxy that sets a header, or
        takes one out, does so in the head alone.
        """
        if self._in_head:
            super().on_header(name, value)
            return
        self._head += len(name) + len(value)
        if self._head > self._bounds.head_bytes:
            self._refuse_head()

    def on_headers_complete(self) -> None:
        """Begin to answer; the body may still be on its way."""
        self._in_head = False
        if self._closing:  # behind one that was refused, and in the same bytes
            return
        if (fault := head_fault(self.parser.get_http_version(), self.url, self.headers)) is not None:
            self._refuse(fault)
            return
        super().on_headers_complete()
        is_upload = (self.scope["method"], self.scope["path"]) == ("POST", UPLOAD)
        self._wait_for(self._bounds.upload_seconds if is_upload else self._bounds.body_seconds)

    def on_body(self, body: bytes) -> None:
        """Take a part of a body, unless its request is refused."""
        self._frames -= FRAME_BYTES * len(body)
        if not self._closing:
            super().on_body(body)

    def on_response_complete(self) -> None:
        """Wait no longer than for any body for the rest of a file that was refused."""
        if not self._in_head and not self._closing:
            self._wait_for(self._bounds.body_seconds)
        super().on_response_complete()

    def _lingers(self) -> bool:
        """Return whether a connection that is to be closed still brings the body of what is answered: the rest is read and dropped, as long
        as any body may take. Closed before, it would be reset, and its answer lost.
        """
        if self._in_head or self._closing:
            return False
        self._closing = True
        self._wait_for(self._bounds.body_seconds)
        self.flow.resume_reading()
        if self.transport.can_write_eof():
            self.transport.write_eof()
        return True

    def on_message_complete(self) -> None:
        """Wait for no more of this request."""
        if self._closing:
            return
        self._cancel_timer()
        self._in_head, self._head, self._tail, self._line_ended = True, 0, b"", False
        self._frames = 0
        super().on_message_complete()

    def send_400_response(self, msg: str) -> None:  # noqa: ARG002 - uvicorn's, and of no help to who asks
        """Refuse what is no HTTP, by a problem document."""
        if not self._closing:
            self._refuse(NO_HTTP)

    def _unsupported_upgrade_warning(self) -> None:
        """Say nothing of a method that asks for another protocol, as CONNECT does: uvicorn would advise to install one."""

    def _is_answering(self) -> bool:
        """Return whether an answer is under way, which a refusal must not overtake."""
        return self.cycle is not None and not self.cycle.response_complete

    def _has_room(self) -> bool:
        """Return whether a new request may be read."""
        is_full = len(self.tasks) >= self._bounds.requests
        return not is_full and not self._is_full(self.client[0] if self.client else "", self._coming.requests)

    def _await_refusal(self, data: bytes) -> None:
        """Read no more of a connection until it is the turn of its request to be refused."""
        self._unset_keepalive_if_required()
        now = self.loop.time()
        turn = self._refusals.take(now)
        if turn <= now:
            self._refuse_request(data)
            return
        self.transport.pause_reading()
        self._cancel_timer()
        self._timer = self.loop.call_at(turn, self._end_wait, data)

    def _end_wait(self, data: bytes) -> None:
        """Refuse a request that has waited for that, unless there is room for it by now."""
        self.transport.resume_reading()
        if self._has_room():
            self._let_in(data)
        else:
            self._refuse_request(data)

    def _refuse_request(self, data: bytes) -> None:
        keep_open = _is_one_request(data)
        self._refuse(OVERLOADED, keep_open=keep_open)
        if keep_open:
            self._wait_for(self.timeout_keep_alive)

    def _head_fits(self, data: bytes) -> bool:
        """Count the bytes of the head in `data`; refuse the request and return False where they are too many."""
        known = len(self._tail)
        data = self._tail + data
        before = self._head - known
        if not self._line_ended:
            end = data.find(b"\r\n")
            self._line_ended = end >= 0
            if before + (end if end >= 0 else len(data)) > self._bounds.line_bytes:
                self._refuse(URL_TOO_LONG)
                return False
        end = data.find(_END_OF_HEAD)
        self._head = before + (end + len(_END_OF_HEAD) if end >= 0 else len(data))
        self._tail = data[-3:]
        if self._head > self._bounds.head_bytes:
            self._refuse_head()
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
        is_expected = self._in_head or (self._is_answering() and not self.cycle.response_started)
        if self._head > 0 and not self._closing and is_expected:
            self._refuse(REQUEST_TIMEOUT)
        else:
            self._closing = True
            self.transport.close()

    def _refuse_head(self) -> None:
        self._refuse(HEADERS_TOO_LARGE)

    def _refuse(self, kind: ProblemKind, *, keep_open: bool = False) -> None:
        """Write a problem document; the connection is closed, unless the request is known to end with what was read."""
        self._write(refusal(kind, keep_open=keep_open))
        self._count_refusal(kind.status)
        if keep_open:
            return
        self._closing = True
        self._wait_for(LINGER_SECONDS)
        if self.transport.can_write_eof():
            self.transport.write_eof()

    def _write(self, response: bytes) -> None:
        """Write a response, unless another is on its way, which it would stand in the middle of."""
        if not (self._is_answering() and self.cycle.response_started):
            self.transport.write_at_once(response)
        if self._is_answering():
            self.cycle.disconnected = True
            self.cycle.message_event.set()


def _without_upgrade(data: bytes) -> bytes:
    """Hide the header by which the head of a request offers another protocol, as Java's client does of each: what follows would be
    taken for that protocol, and the body be lost. A server may pass over the offer (RFC 9110, section 7.8).
    """
    head, end, rest = data.partition(_END_OF_HEAD)
    return b"".join((_UPGRADE.sub(b"\r\nignored:", head), end, rest)) if _UPGRADE.search(head) else data


def _is_one_request(data: bytes) -> bool:
    """Return whether bytes are one whole request and nothing behind it."""
    head, found, body = data.partition(_END_OF_HEAD)
    if not found:
        return False
    length = _CONTENT_LENGTH.search(head + b"\r\n")
    return len(body) == (int(length[1]) if length else 0) and b"\r\ntransfer-encoding:" not in head.lower()
