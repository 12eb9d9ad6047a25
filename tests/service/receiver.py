"""A program that is told something over HTTP, for tests."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from tests.http_server import QuietHandler, serving


class Receiver(QuietHandler):
    """Answers by the path, `/200` for one, and keeps what came."""

    heard: list[tuple[str, Any]]

    def do_POST(self) -> None:
        body = json.loads(self.rfile.read(int(self.headers["content-length"])))
        self.heard.append((self.path, body))
        status = int(self.path.partition("?")[0].strip("/"))
        self.send_response(status)
        if status == 302:
            self.send_header("location", "/200")
        self.end_headers()


@contextmanager
def receiving() -> Iterator[str]:
    """Give the URL of a receiver that has heard nothing yet."""
    Receiver.heard = []
    with serving(Receiver) as url:
        yield url
