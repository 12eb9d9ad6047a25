"""Which connections the service takes: as many as may be open; the others wait in the system's queue, where they cost nothing."""

import asyncio
import logging
import socket
import ssl
import time
from collections.abc import Callable, Sequence
from functools import partial

import uvicorn
from fastapi import FastAPI

from address_match.service.errors import UsageError
from address_match.service.http.connections.connection_bounds import ConnectionBounds
from address_match.service.http.connections.connection_room import ConnectionRoom
from address_match.service.http.connections.protocol import LINGER_SECONDS, BoundedProtocol
from address_match.service.http.connections.refusal_turns import Coming, Turns

BACKLOG = 2_048
"""Connections that may wait to be accepted; they do so from the moment the address is printed."""
TROUBLE_SECONDS = 1.0
"""Nothing is accepted for so long after the system could not give a connection, for want of files most likely."""
LOG_SECONDS = 10.0
"""Between two lines of the log that say that connections wait."""

_log = logging.getLogger("address_match.http")


def listen(host: str, port: int) -> socket.socket:
    """Listen at an address; raises UsageError where that cannot be."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    # The event loop sends the second segment of an answer at once only over sockets whose protocol it sees to be TCP; else it
    # waits for the client to acknowledge the first, up to 40 ms.
    listening = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listening.bind((host, port))
        listening.listen(BACKLOG)
    except (OSError, OverflowError) as error:
        listening.close()
        raise UsageError(f"cannot listen on {host}:{port}: {error}; name another --host or --port") from error
    return listening


def _never(_client: str, _coming: int) -> bool:
    return False


def _uncounted(_status: int) -> None:
    """Take the status of a refusal that nobody asks for."""


class BoundedServer(uvicorn.Server):
    """Serves a listening socket within bounds. A connection is accepted while fewer than the bound are open."""

    def __init__(
        self,
        app: FastAPI,
        bounds: ConnectionBounds,
        listening: socket.socket,
        is_full: Callable[[str, int], bool] = _never,
        count_refusal: Callable[[int], None] = _uncounted,
        *,
        tls: ssl.SSLContext | None = None,
        trusted_proxies: Sequence[str] = (),
        room: ConnectionRoom | None = None,
    ) -> None:
        """Serve an application; `is_full` says of a client, by its address, whether it may ask for no more behind so many requests that come.

        Connections are taken into `room`, where other workers take some too. `count_refusal` is told the status of each request that is refused before the application sees it. With `tls`
        connections are encrypted. What `trusted_proxies` say of whom they speak for is believed.
        """
        self._bounds = bounds
        self._tls = tls
        self._room = room or ConnectionRoom(bounds.connections)
        self._protocol = partial(
            BoundedProtocol,
            bounds=bounds,
            is_full=is_full,
            count_refusal=count_refusal,
            refusals=Turns(bounds.refusals),
            coming=Coming(),
            room=self._room,
        )
        config = uvicorn.Config(
            app,
            loop="asyncio",  # on which the bounds were measured
            ws="none",
            timeout_keep_alive=bounds.idle_seconds,
            proxy_headers=bool(trusted_proxies),
            forwarded_allow_ips=list(trusted_proxies),
            access_log=False,  # a URL may hold an address
            server_header=False,
            log_config=None,  # the log is set up once, for all that is heard of
            log_level="warning",
            timeout_graceful_shutdown=10,
        )
        super().__init__(config)
        self._listening = listening
        self._accepting: asyncio.Task[None] | None = None
        self._connecting: set[asyncio.Task[None]] = set()
        self._logged = -LOG_SECONDS

    def open_connections(self) -> int:
        """Return how many connections are open; any thread may ask."""
        return len(self.server_state.connections)

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:  # noqa: ARG002 - uvicorn's
        """Start the application, and accept connections."""
        await super().startup(sockets=[])
        self._listening.setblocking(False)
        self._accepting = asyncio.create_task(self._accept())

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """Accept no more, and finish the open requests."""
        if self._accepting is not None:
            self._accepting.cancel()
        self._listening.close()
        await super().shutdown(sockets)

    async def _accept(self) -> None:
        loop = asyncio.get_running_loop()
        while True:
            if self._room.is_full():
                self._log_full()
            await self._room.take()
            connection = await self._next(loop)
            task = loop.create_task(self._connect(loop, connection))
            self._connecting.add(task)
            task.add_done_callback(self._connecting.discard)

    async def _connect(self, loop: asyncio.AbstractEventLoop, connection: socket.socket) -> None:
        """Speak with a connection; where that does not come to be, it gives its room back itself."""
        is_plain = self._tls is None
        try:
            await loop.connect_accepted_socket(
                self._make_protocol,
                connection,
                ssl=self._tls,
                ssl_handshake_timeout=None if is_plain else self._bounds.head_seconds,
                ssl_shutdown_timeout=None if is_plain else LINGER_SECONDS,
            )
        except OSError:  # no TLS, another version of it, or nothing in time
            self._room.give_back()

    async def _next(self, loop: asyncio.AbstractEventLoop) -> socket.socket:
        while True:
            try:
                connection = await self._accepted(loop)
            except BlockingIOError:  # another worker has taken it
                continue
            except OSError as error:
                _log.error("no connection can be accepted: %s", error)
                await asyncio.sleep(TROUBLE_SECONDS)
            else:
                return connection

    async def _accepted(self, loop: asyncio.AbstractEventLoop) -> socket.socket:
        """Accept the next connection; raises BlockingIOError where another worker was sooner."""
        if not self._room.is_shared:
            return (await loop.sock_accept(self._listening))[0]
        await _readable(loop, self._listening)
        await self._room.leave_to_others()
        connection, _ = self._listening.accept()
        connection.setblocking(False)
        return connection

    def _make_protocol(self) -> BoundedProtocol:
        return self._protocol(
            config=self.config, server_state=self.server_state, app_state=self.lifespan.state
        )

    def _log_full(self) -> None:
        now = time.monotonic()
        if now - self._logged >= LOG_SECONDS:
            self._logged = now
            _log.warning("%d connections are open; others wait", self._bounds.connections)


async def _readable(loop: asyncio.AbstractEventLoop, listening: socket.socket) -> None:
    """Wait until a connection waits to be accepted."""
    waits = loop.create_future()
    loop.add_reader(listening, _say_once, waits)
    try:
        await waits
    finally:
        loop.remove_reader(listening)


def _say_once(waits: "asyncio.Future[None]") -> None:
    if not waits.done():
        waits.set_result(None)
