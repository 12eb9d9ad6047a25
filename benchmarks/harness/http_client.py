"""A client for measurements that costs little beside what it measures: on the same cores, its time is missing from that
of the service.
"""

import asyncio
import re
import time
from collections.abc import Iterator, Sequence

Outcome = tuple[float, int]
"""Seconds from a request to the end of its answer, and the status of that."""
END_OF_HEAD = b"\r\n\r\n"
_LENGTH = re.compile(rb"\r\ncontent-length: ([0-9]+)\r\n", re.IGNORECASE)
_STATUS = slice(9, 12)
"""Where an answer of HTTP/1.1 says it."""


def status_in(head: bytes) -> int:
    """Return the status of an answer."""
    return int(head[_STATUS])


def length_in(head: bytes) -> int:
    """Return how many bytes the body of an answer has; raises ValueError where its head does not say."""
    if (length := _LENGTH.search(head + b"\r\n")) is None:
        raise ValueError("an answer does not say how long it is")
    return int(length[1])


async def ask_all(paths: Sequence[str], port: int, clients: int) -> list[Outcome]:
    """Ask this machine for all paths, `clients` at a time over connections that stay open; raises ConnectionError where
    one is closed.
    """
    loop = asyncio.get_running_loop()
    requests = iter([f"GET {path} HTTP/1.1\r\nHost: localhost\r\n\r\n".encode() for path in paths])
    asking = [_Connection(requests, loop.create_future()) for _ in range(clients)]
    await asyncio.gather(*(loop.create_connection(one.itself, "127.0.0.1", port) for one in asking))
    await asyncio.gather(*(one.done for one in asking))
    return [outcome for one in asking for outcome in one.outcomes]


class _Connection(asyncio.Protocol):
    """Sends the next of the requests as soon as one is answered."""

    _transport: asyncio.Transport

    def __init__(self, requests: Iterator[bytes], done: "asyncio.Future[None]") -> None:
        self._requests = requests
        self._answer = b""
        self._begun = 0.0
        self.done = done
        self.outcomes: list[Outcome] = []

    def itself(self) -> "_Connection":
        return self

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]  # of TCP it is one
        self._transport = transport
        self._ask()

    def data_received(self, data: bytes) -> None:
        self._answer += data
        head, found, body = self._answer.partition(END_OF_HEAD)
        if found and len(body) >= length_in(head):
            self.outcomes.append((time.perf_counter() - self._begun, status_in(head)))
            self._answer = b""
            self._ask()

    def connection_lost(self, exc: Exception | None) -> None:
        if not self.done.done():
            self.done.set_exception(exc or ConnectionResetError("the service closed a connection"))

    def _ask(self) -> None:
        request = next(self._requests, None)
        if request is None:
            self.done.set_result(None)
            self._transport.close()
            return
        self._begun = time.perf_counter()
        self._transport.write(request)
