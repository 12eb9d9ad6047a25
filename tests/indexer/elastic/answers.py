"""A server on this machine that answers searches as a cluster in trouble does."""

import json
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from address_match.indexer.elastic.connection.cluster import Cluster
from tests.http_server import QuietHandler, serving


@dataclass
class Trouble:
    """What the server answers to one request after the other; the last answer is given for ever."""

    answers: Sequence[tuple[int, Any]]
    seconds: float = 0.0
    """That each answer takes."""
    asked: list[float] = field(default_factory=list)
    """When each request came."""

    def next(self) -> tuple[int, Any]:
        """Take a request and return its status and body."""
        self.asked.append(time.monotonic())
        return self.answers[min(len(self.asked), len(self.answers)) - 1]


@contextmanager
def answering(trouble: Trouble) -> Iterator[Cluster]:
    """Run the server."""

    class Answer(QuietHandler):
        def do_POST(self) -> None:
            self.rfile.read(int(self.headers["content-length"]))
            status, body = trouble.next()
            time.sleep(trouble.seconds)
            content = json.dumps(body).encode()
            self.send_response(status)
            self.send_header("content-type", "application/json")
            self.send_header("X-Elastic-Product", "Elasticsearch")
            self.send_header("content-length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        do_PUT = do_POST

    with serving(Answer) as url:
        yield Cluster(url)
