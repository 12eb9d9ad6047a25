"""Probes on a port of their own, over real sockets."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from http.client import HTTPConnection
from socket import create_connection

from address_match.service.http.connections.bounded_server import listen
from address_match.service.http.probes import BOUNDS, answering_probes
from address_match.service.http.watching.metrics import ServiceMetrics
from tests.service.http.service_under_test import SmallPipeline
from tests.service.http.watch_under_test import SmallWatch


@contextmanager
def probed(watch: SmallWatch) -> Iterator[int]:
    with listen("127.0.0.1", 0) as listening:
        port = int(listening.getsockname()[1])
        with answering_probes(watch, ServiceMetrics(), listening):
            yield port


def asked(port: int, path: str) -> tuple[int, dict[str, object]]:
    connection = HTTPConnection("127.0.0.1", port, timeout=20)
    connection.request("GET", path)
    response = connection.getresponse()
    found = response.status, json.loads(response.read())
    connection.close()
    return found


def test_probes_are_answered_and_nothing_else_is() -> None:
    with probed(SmallWatch()) as port:
        assert asked(port, "/healthz") == (200, {"status": "ok", "checks": {}})
        status, ready = asked(port, "/readyz")
        assert (status, ready["checks"]) == (200, {"index": "ok"})
        assert asked(port, "/v1/addresses?input=1%20mill%20lane")[0] == 404


def test_a_service_whose_index_is_closed_lives_and_is_not_ready() -> None:
    pipeline = SmallPipeline()
    with probed(SmallWatch(pipeline)) as port:
        pipeline.close()
        assert asked(port, "/readyz")[0] == 503
        assert asked(port, "/healthz")[0] == 200


def test_a_service_whose_requests_do_not_get_on_is_not_alive() -> None:
    with probed(SmallWatch(lives=False)) as port:
        status, said = asked(port, "/healthz")
        assert (status, said["title"]) == (503, "Requests do not get on")
        assert asked(port, "/readyz")[0] == 200


def test_who_says_nothing_on_all_connections_of_the_port_makes_room_for_a_probe() -> None:
    with probed(SmallWatch()) as port:
        silent = [create_connection(("127.0.0.1", port)) for _ in range(BOUNDS.connections)]
        assert asked(port, "/healthz")[0] == 200
        for connection in silent:
            connection.close()
