"""Clients of a service that wait for their answers, and such as ask whether it lives or has recovered."""

import asyncio
import socket
import time
from collections.abc import Sequence
from http import HTTPStatus
from itertools import cycle
from urllib.parse import quote

LONGEST_WAIT_SECONDS = 20.0


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
