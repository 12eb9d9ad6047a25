"""Requests that come at a set rate, whether earlier ones were answered or not, from a process that costs little beside
the service: what it takes itself, in the middle of ten times the load, would be read as the time of a refusal.
"""

import random
import socket
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import cycle
from select import EPOLLERR, EPOLLHUP, EPOLLIN, EPOLLOUT, epoll

from benchmarks.harness.http_client import END_OF_HEAD, length_in, status_in
from benchmarks.harness.load import LONGEST_WAIT_SECONDS
from benchmarks.harness.paths import address_paths

MOST_CONNECTIONS = 3_000
_LOOK_SECONDS = 0.1
"""Between two looks for what has waited too long, and at the clock."""
_MOST_AT_ONCE = 50
"""Requests that are sent before answers are read again."""
CLOSED, LOST = 0, -1
"""Instead of a status: the connection was closed, and no answer came in time or no connection was left."""


@dataclass(slots=True)
class Outcomes:
    """What came of the requests of one stage."""

    status: list[int] = field(default_factory=list)
    seconds: list[float] = field(default_factory=list)
    """From the moment at which each was due."""
    in_time: list[bool] = field(default_factory=list)
    """Whether the answer came before the stage ended; what comes later counts for no rate."""
    behind: list[float] = field(default_factory=list)
    """Seconds by which the program that asks was late itself."""

    def add(self, status: int, begun: float, until: float) -> None:
        """Note what came of a request that was due at a moment."""
        now = time.perf_counter()
        self.status.append(status)
        self.seconds.append(now - begun)
        self.in_time.append(now <= until)

    def count(self, *wanted: int) -> int:
        """Return how many were answered in time with one of these statuses."""
        return sum(t and s in wanted for t, s in zip(self.in_time, self.status, strict=True))

    def of(self, *wanted: int) -> list[float]:
        """Return the seconds of the requests with one of these statuses."""
        return [s for s, status in zip(self.seconds, self.status, strict=True) if status in wanted]


@dataclass(slots=True)
class _Connection:
    socket: socket.socket
    request: bytes
    """That is under way; empty while none is."""
    due: float
    is_open: bool = False
    answer: bytes = b""


def open_loop(texts: Sequence[str], port: int, rate: float, seconds: float, seed: int) -> Outcomes:
    """Send requests at random moments, `rate` a second on average, and return what came of each."""
    with epoll() as polled:
        return _OpenLoop(texts, port, seconds, polled).run(rate, random.Random(seed))


class _OpenLoop:
    """One run. A request goes over a connection that is idle, or over a new one."""

    def __init__(self, texts: Sequence[str], port: int, seconds: float, polled: epoll) -> None:
        self._requests = cycle(
            [f"GET {path} HTTP/1.1\r\nHost: localhost\r\n\r\n".encode() for path in address_paths(texts)]
        )
        self._port = port
        self._polled = polled
        self._connections: dict[int, _Connection] = {}
        self._idle: list[int] = []
        self._outcomes = Outcomes()
        self._start = time.perf_counter()
        self._end = self._start + seconds

    def run(self, rate: float, dice: random.Random) -> Outcomes:
        """Ask until the end, and wait for what is under way then."""
        due, looked = self._moments(rate, dice), self._start
        following = next(due)
        while (now := time.perf_counter()) < self._end or self._is_awaited():
            for _ in range(_MOST_AT_ONCE):
                if following > min(now, self._end):
                    break
                self._outcomes.behind.append(now - following)
                self._ask(following)
                following = next(due)
            wait = following - time.perf_counter() if following < self._end else _LOOK_SECONDS
            for number, events in self._polled.poll(min(max(0.0, wait), _LOOK_SECONDS)):
                self._hear(number, events)
            if now - looked > _LOOK_SECONDS:
                looked = now
                self._give_up(now)
        for connection in self._connections.values():
            connection.socket.close()
        return self._outcomes

    def _moments(self, rate: float, dice: random.Random) -> Iterator[float]:
        moment = self._start
        while True:
            moment += dice.expovariate(rate)
            yield moment

    def _is_awaited(self) -> bool:
        return len(self._idle) < len(self._connections)

    def _ask(self, due: float) -> None:
        request = next(self._requests)
        if self._idle:
            number = self._idle.pop()
            connection = self._connections[number]
            connection.request, connection.due = request, due
            self._send(number, connection)
        elif len(self._connections) < MOST_CONNECTIONS:
            opened = socket.socket()
            opened.setblocking(False)
            opened.connect_ex(("127.0.0.1", self._port))
            self._connections[opened.fileno()] = _Connection(opened, request, due)
            self._polled.register(opened.fileno(), EPOLLIN | EPOLLOUT)
        else:
            self._outcomes.add(LOST, due, self._end)

    def _send(self, number: int, connection: _Connection) -> None:
        try:
            connection.socket.send(connection.request)
        except OSError:
            self._close(number, CLOSED)

    def _hear(self, number: int, events: int) -> None:
        connection = self._connections.get(number)
        if connection is None:
            return
        if connection.is_open:
            self._read(number, connection)
        elif events & (EPOLLERR | EPOLLHUP):
            self._close(number, CLOSED)
        else:
            connection.is_open = True
            self._polled.modify(number, EPOLLIN)
            self._send(number, connection)

    def _read(self, number: int, connection: _Connection) -> None:
        try:
            came = connection.socket.recv(65_536)
        except BlockingIOError:
            return
        except OSError:
            came = b""
        if not came:
            self._close(number, CLOSED)
            return
        connection.answer += came
        head, found, body = connection.answer.partition(END_OF_HEAD)
        if found and len(body) >= length_in(head):
            self._answered(number, connection, head)

    def _answered(self, number: int, connection: _Connection, head: bytes) -> None:
        self._outcomes.add(status_in(head), connection.due, self._end)
        connection.request = connection.answer = b""
        if b"connection: close" in head.lower():
            self._close(number, CLOSED)
        else:
            self._idle.append(number)

    def _close(self, number: int, status: int) -> None:
        connection = self._connections.pop(number)
        connection.socket.close()
        if connection.request:
            self._outcomes.add(status, connection.due, self._end)
        elif number in self._idle:
            self._idle.remove(number)

    def _give_up(self, now: float) -> None:
        """Wait no longer for what has taken too long."""
        late = now - LONGEST_WAIT_SECONDS
        for number in [number for number, one in self._connections.items() if one.request and one.due < late]:
            self._close(number, LOST)
