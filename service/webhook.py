"""Tells a program elsewhere something, by a POST of JSON to a URL that its owner named."""

import http.client
import json
import socket
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from functools import partial
from threading import Timer
from urllib.parse import urlsplit

from address_match.service.errors import UsageError

TIMEOUT_SECONDS = 10.0
"""How long an answer may take."""


def is_taken(url: str, told: object, *, seconds: float = TIMEOUT_SECONDS) -> bool:
    """Tell a URL something, and return whether the answer was 2xx and came within so many seconds.

    No redirect is followed: what is told is for whom the owner named.
    """
    try:
        return _status(url, json.dumps(told), seconds) // 100 == 2
    except (OSError, http.client.HTTPException, ValueError):
        return False


def host_of(url: str) -> str:
    """Return the host that a URL names; raises UsageError for none of HTTP, and does not repeat it: the rest of it may
    be a secret.
    """
    try:
        place = urlsplit(url)
    except ValueError:
        place = urlsplit("")
    if place.scheme not in {"http", "https"} or not place.hostname:
        raise UsageError("the webhook is no URL such as https://chat.example/hooks/1")
    return place.hostname


def _status(url: str, body: str, seconds: float) -> int:
    """Send a body to a URL and return the status of the answer.

    The seconds hold for each thing that is waited for, and for all together: an answer that comes letter by letter is
    cut off.
    """
    place = urlsplit(url)
    kind = http.client.HTTPSConnection if place.scheme == "https" else http.client.HTTPConnection
    with closing(kind(place.netloc, timeout=seconds)) as connection:
        target = f"{place.path or '/'}{'?' if place.query else ''}{place.query}"
        connection.connect()
        with _cut_off(connection.sock, seconds):
            connection.request("POST", target, body, {"Content-Type": "application/json"})
            return connection.getresponse().status


@contextmanager
def _cut_off(called: socket.socket, seconds: float) -> Iterator[None]:
    """End a connection that lasts longer than so many seconds."""
    cut = Timer(seconds, partial(_end, called))
    cut.start()
    try:
        yield
    finally:
        cut.cancel()


def _end(called: socket.socket) -> None:
    with suppress(OSError):  # it has ended by itself
        socket.socket.shutdown(called, socket.SHUT_RDWR)  # below TLS, which another thread is reading
