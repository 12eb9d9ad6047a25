"""Clients of a service, and what came of their requests: such as wait for their answers, and such as come at a set
rate.
"""

import asyncio
import random
import socket
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from http import HTTPStatus
from itertools import cycle
from urllib.parse import quote

MOST_CONNECTIONS = 3_000
LONGEST_WAIT_SECONDS = 20.0


@dataclass(slots=True)
class Outcomes:
    """What came of the requests of one stage; a status of 0 stands for a connection that was closed, -1 for no answer
    in time.
    """

    status: list[int] = field(default_factory=list)
    seconds: list[float] = field(default_factory=list)
    in_time: list[bool] = field(default_factory=list)
    """Whether the answer came before the stage ended; what comes later counts for no rate."""

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


def open_loop(texts: Sequence[str], port: int, rate: float, seconds: float, seed: int) -> Outcomes:
    """Send requests at random moments, `rate` a second on average, and return what came of each."""
    return asyncio.run(_open_loop(texts, port, rate, seconds, seed))


async def _open_loop(texts: Sequence[str], port: int, rate: float, seconds: float, seed: int) -> Outcomes:
    rng = random.Random(seed)
    outcomes = Outcomes()
    idle: list[tuple[asyncio.StreamReader, asyncio.StreamWriter]] = []
    open_now = 0
    under_way: set[asyncio.Task[None]] = set()
    start = time.perf_counter()

    async def ask(text: str, begun: float) -> None:
        nonlocal open_now
        status = -1
        try:
            async with asyncio.timeout(LONGEST_WAIT_SECONDS):
                if idle:
                    reader, writer = idle.pop()
                else:
                    open_now += 1
                    reader, writer = await asyncio.open_connection("127.0.0.1", port)
                status, kept = await _asked(reader, writer, text)
            if kept:
                idle.append((reader, writer))
            else:
                open_now -= 1
                writer.close()
        except TimeoutError:
            open_now -= 1
        except (OSError, EOFError):
            open_now -= 1
            status = 0
        outcomes.add(status, begun, start + seconds)

    due = start
    for text in cycle(texts):
        due += rng.expovariate(rate)
        if due > start + seconds:
            break
        if (wait := due - time.perf_counter()) > 0:
            await asyncio.sleep(wait)
        if open_now - len(idle) >= MOST_CONNECTIONS:
            outcomes.add(-1, time.perf_counter(), start + seconds)
            continue
        task = asyncio.create_task(ask(text, due))
        under_way.add(task)
        task.add_done_callback(under_way.discard)
    await asyncio.gather(*under_way, return_exceptions=True)
    for _, writer in idle:
        writer.close()
    return outcomes


def probe(port: int, seconds: float) -> list[float]:
    """Ask ten times a second whether the service lives, each time over a new connection; return the seconds that each
    took.
    """
    took: list[float] = []
    until = time.perf_counter() + seconds
    while (begun := time.perf_counter()) < until:
        try:
            with socket.create_connection(("127.0.0.1", port), LONGEST_WAIT_SECONDS) as connection:
                connection.sendall(b"GET /healthz HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
                is_alive = connection.recv(64).startswith(b"HTTP/1.1 200")
        except OSError:
            is_alive = False
        took.append(time.perf_counter() - begun if is_alive else LONGEST_WAIT_SECONDS)
        time.sleep(0.1)
    return took


async def closed_loop(texts: Sequence[str], port: int, clients: int) -> list[float]:
    """Ask for all texts, as many at a time as there are clients, and return the seconds of each that was answered."""
    waiting = iter(texts)
    seconds: list[float] = []

    async def client() -> None:
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        for text in waiting:
            begun = time.perf_counter()
            status, _ = await _asked(reader, writer, text)
            if status == HTTPStatus.OK:
                seconds.append(time.perf_counter() - begun)
        writer.close()

    await asyncio.gather(*(client() for _ in range(clients)))
    return seconds


async def seconds_to_recover(texts: Sequence[str], port: int, usual: float, since: float) -> float:
    """Ask one address after the other until three in a row take no more than twice the usual time; return the seconds
    since a moment.
    """
    quick = 0
    for text in cycle(texts):
        begun = time.perf_counter()
        try:
            reader, writer = await asyncio.open_connection("127.0.0.1", port)
            status, _ = await _asked(reader, writer, text)
            writer.close()
        except (OSError, EOFError):
            status = 0
        now = time.perf_counter()
        quick = quick + 1 if status == 200 and now - begun <= 2 * usual else 0
        if quick == 3 or now - since > LONGEST_WAIT_SECONDS:
            break
    return time.perf_counter() - since


async def _asked(reader: asyncio.StreamReader, writer: asyncio.StreamWriter, text: str) -> tuple[int, bool]:
    """Send one request; return the status of its answer and whether the connection stays open."""
    writer.write(f"GET /v1/addresses?input={quote(text)} HTTP/1.1\r\nHost: localhost\r\n\r\n".encode())
    head = (await reader.readuntil(b"\r\n\r\n")).lower()
    length = int(head.partition(b"content-length:")[2].split(b"\r\n")[0])
    await reader.readexactly(length)
    return int(head[9:12]), b"connection: close" not in head
