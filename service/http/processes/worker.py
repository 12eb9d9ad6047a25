"""A worker process of a service that has several, as it sees itself: a socket that others accept from too, and whoever began it."""

import logging
import os
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from enum import StrEnum
from socket import socket
from typing import TYPE_CHECKING, Any

from address_match.service.error_place import place_of
from address_match.service.http.connections.connection_room import ConnectionCounts, ConnectionRoom
from address_match.service.http.processes.heartbeat import Heartbeat

if TYPE_CHECKING:
    from multiprocessing.connection import Connection

_log = logging.getLogger("address_match.http")


class Asked(StrEnum):
    """What a worker is asked."""

    STARTED = "started"
    """Whether it accepts connections."""
    READINESS = "readiness"
    """What it answers with; nothing where its engine cannot answer."""
    METRICS = "metrics"


class WorkerPlace:
    """Where a worker serves. It answers whoever began it from the first moment on, and ends with him, whatever it is busy with."""

    def __init__(
        self,
        listening: socket,
        connection: "Connection[Any, Any]",
        heartbeat: Heartbeat,
        counts: ConnectionCounts | None = None,
        number: int = 0,
    ) -> None:
        """Serve a listening socket; the other end of the connection is held by whoever began the process, who hears the heartbeat.

        `counts` are those of all workers, where there are others; this is the one of that number.
        """
        self.listening = listening
        self.heartbeat = heartbeat
        self._counts = counts
        self._number = number
        self._connection = connection
        self._replies: Mapping[Asked, Callable[[], object]] = {}
        threading.Thread(target=self._answer_until_alone, daemon=True, name="watched").start()

    def room(self, most: int) -> ConnectionRoom:
        """Return room for that many connections."""
        return ConnectionRoom(most, self._counts, self._number)

    @contextmanager
    def replying(self, replies: Mapping[Asked, Callable[[], object]]) -> Iterator[None]:
        """Reply by these functions, each called in another thread, for as long as the context lasts; else by None."""
        self._replies = replies
        try:
            yield
        finally:
            self._replies = {}

    def _answer_until_alone(self) -> None:
        try:
            while True:
                number, asked = self._connection.recv()
                self._connection.send((number, self._reply(asked)))
        except (EOFError, OSError):
            os._exit(1)

    def _reply(self, asked: Asked) -> object:
        reply = self._replies.get(asked)
        try:
            return None if reply is None else reply()
        except Exception as error:  # noqa: BLE001 - a thread that ended would leave the worker behind when its parent dies
            _log.error("unexpected %s in %s", type(error).__name__, place_of(error))
            return None
