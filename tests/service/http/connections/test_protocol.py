"""What the service does with connections, over real sockets: each bound on what comes, in size and in time."""

import asyncio
import json
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from select import select
from socket import IPPROTO_TCP, SO_RCVBUF, SOL_SOCKET, TCP_NODELAY, create_connection, socket

import pytest
from fastapi import FastAPI, Request, Response
from starlette.routing import Route

from address_match.service.http.app import create_app
from address_match.service.http.connections.bounded_server import listen
from address_match.service.http.connections.refusal_turns import Turns
from address_match.service.http.connections.refused_unread import OVERLOADED, PROBLEMS_OF_CONNECTIONS, refusal
from address_match.service.http.deployments.deployment import ActiveDeployment, LeasedDeployment
from address_match.service.http.problems.problem import Problem
from address_match.service.http.problems.problem_kinds import ProblemKind
from address_match.service.http.server import make_server
from address_match.service.settings.server_settings import ServerSettings
from tests.service.http.service_under_test import DEPLOYMENT, SmallPipeline

FIND = b"GET /v1/addresses?input=1%20mill%20lane HTTP/1.1\r\nHost: localhost\r\n\r\n"
HEALTH = b"GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n"


@contextmanager
def served(pipeline: SmallPipeline | None = None, **bounds: float) -> Iterator[int]:
    """Serve as the command does, on a port of its own."""
    settings = ServerSettings.model_validate(bounds)
    with answering(application(settings, pipeline), settings) as port:
        yield port


def application(settings: ServerSettings, pipeline: SmallPipeline | None = None) -> FastAPI:
    return create_app(ActiveDeployment(LeasedDeployment(DEPLOYMENT, pipeline or SmallPipeline())), settings)


@contextmanager
def answering(app: FastAPI, settings: ServerSettings) -> Iterator[int]:
    with listen("127.0.0.1", 0) as listening:
        server = make_server(app, settings, listening)
        port = int(listening.getsockname()[1])
        thread = threading.Thread(target=server.run)
        thread.start()
        try:
            yield port
        finally:
            server.should_exit = True
            thread.join(30)


@contextmanager
def connected(port: int) -> Iterator[socket]:
    with create_connection(("127.0.0.1", port), timeout=20) as connection:
        yield connection


def said(connection: socket) -> bytes:
    """Read until the service closes the connection."""
    found = b""
    while data := connection.recv(65_536):
        found += data
    return found


def first(connection: socket) -> int:
    """Read the next response and return its status."""
    found = b""
    while b"\r\n\r\n" not in found:
        found += connection.recv(65_536) or b"\r\n\r\n"
    head, _, body = found.partition(b"\r\n\r\n")
    length = int(head.lower().partition(b"content-length:")[2].split()[0])
    while len(body) < length:
        body += connection.recv(65_536)
    return int(head.split()[1])


def refused(port: int, request: bytes) -> tuple[int, str]:
    """Return the status and the kind of problem of a request after which the connection is closed."""
    with connected(port) as connection:
        connection.sendall(request)
        head, _, body = said(connection).partition(b"\r\n\r\n")
    return int(head.split()[1]), json.loads(body)["type"].rpartition("/")[2]


BODY = b'{"input": "1 mill lane"}'
CHUNKED = (
    b"POST /v1/addresses HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
    b"Transfer-Encoding: chunked\r\n\r\n"
)
LAST = HEALTH[:-2] + b"Connection: close\r\n\r\n"


@pytest.mark.parametrize("offer", [b"Upgrade: h2c", b"UPGRADE:websocket", b"X-Other: 1\r\nupgrade: h2c"])
@pytest.mark.parametrize("pause", [0.0, 0.1])
def test_a_request_that_offers_another_protocol_keeps_its_body(offer: bytes, pause: float) -> None:
    head = (
        b"POST /v1/addresses HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
        b"Connection: Upgrade, HTTP2-Settings\r\n" + offer + b"\r\nContent-Length: %d\r\n\r\n" % len(BODY)
    )
    with served() as port, connected(port) as connection:
        connection.sendall(head)
        time.sleep(pause)
        connection.sendall(BODY)
        assert first(connection) == 200
        connection.sendall(FIND)
        assert first(connection) == 200


def test_an_answer_of_two_segments_waits_for_no_acknowledgement() -> None:
    accepted: list[int] = []

    async def accept_one() -> None:
        def take(_reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            accepted.append(writer.get_extra_info("socket").getsockopt(IPPROTO_TCP, TCP_NODELAY))
            writer.close()

        async with await asyncio.start_server(take, sock=listen("127.0.0.1", 0)) as server:
            with connected(server.sockets[0].getsockname()[1]) as connection:
                await asyncio.to_thread(connection.recv, 1)

    asyncio.run(accept_one())

    assert accepted == [1]


def test_a_url_that_is_too_long_is_refused() -> None:
    with served(line_bytes=200) as port:
        assert refused(port, b"GET /v1/addresses?input=" + b"x" * 300) == (414, "url-too-long")


@pytest.mark.parametrize("kind", [OVERLOADED, *PROBLEMS_OF_CONNECTIONS], ids=lambda kind: kind.name)
def test_what_is_refused_before_it_is_read_gets_the_problem_that_the_document_describes(
    kind: ProblemKind,
) -> None:
    body = refusal(kind, keep_open=False).partition(b"\r\n\r\n")[2]
    problem = Problem.model_validate_json(body)
    assert (problem.status, problem.title) == (kind.status, kind.title)


def test_headers_that_are_too_large_are_refused_while_they_come() -> None:
    with served(head_bytes=2_000) as port:
        assert refused(port, HEALTH[:-2] + b"A: b\r\n" * 1_000) == (431, "headers-too-large")


def test_headers_behind_a_body_count_too() -> None:
    body = b"0\r\n" + b"A: b\r\n" * 4_000
    head = b"POST /v1/addresses HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n"
    with served(head_bytes=2_000) as port:
        assert refused(port, head + body)[0] == 431


def test_what_stands_behind_a_body_is_no_header_of_its_request() -> None:
    chunks = b"%x\r\n%b\r\n0\r\n" % (len(BODY), BODY)
    with served() as port, connected(port) as connection:
        connection.sendall(CHUNKED + chunks + b"X-Request-ID: from-behind\r\n\r\n" + LAST)
        answers = said(connection)
    assert answers.count(b"HTTP/1.1 200") == 2
    assert b"from-behind" not in answers


@pytest.mark.parametrize("pause", [0.0, 0.1])
def test_chunks_that_say_more_than_they_hold_are_refused(pause: float) -> None:
    with served(head_bytes=2_000) as port, connected(port) as connection:
        connection.sendall(CHUNKED)
        time.sleep(pause)
        connection.sendall(b"1;" + b"x" * 1_000 + b"\r\n{\r\n")
        time.sleep(0.1)
        connection.sendall(b"1;" + b"x" * 100_000)
        assert said(connection).startswith(b"HTTP/1.1 400")


def test_chunks_of_one_byte_are_read() -> None:
    chunks = b"".join(b"1\r\n%c\r\n" % byte for byte in json.dumps({"input": "x" * 2_000}).encode())
    with served(head_bytes=1_000) as port, connected(port) as connection:
        for part in (CHUNKED, chunks[:7_001], chunks[7_001:], b"0\r\n\r\n" + LAST):
            connection.sendall(part)
            time.sleep(0.1)
        assert said(connection).count(b"HTTP/1.1 200") == 2


def test_a_head_in_pieces_is_read_and_its_body_is_not_counted() -> None:
    body = json.dumps({"input": "1 mill lane" + " " * 5_000}).encode()
    head = b"POST /v1/addresses HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
    head += b"Connection: close\r\nContent-Length: %d\r\n\r\n" % len(body)
    with served(head_bytes=1_000) as port, connected(port) as connection:
        for piece in (head[:-3], head[-3:] + body):
            connection.sendall(piece)
            time.sleep(0.1)
        assert said(connection).startswith(b"HTTP/1.1 200")


def test_headers_that_come_too_slowly_are_given_up() -> None:
    with served(head_seconds=0.3) as port:
        assert refused(port, HEALTH[:-4]) == (408, "request-timeout")


def test_a_body_that_comes_too_slowly_is_given_up() -> None:
    head = b"POST /v1/bulk HTTP/1.1\r\nHost: localhost\r\nContent-Length: 100\r\n\r\n{"
    with served(body_seconds=0.3) as port:
        assert refused(port, head) == (408, "request-timeout")


@contextmanager
def reading_slowly(port: int) -> Iterator[socket]:
    """Connect by a socket that holds little, ask for much in bulk, and read nothing."""
    lines = b'{"input": "1 mill lane"}\n' * 20_000
    with socket() as connection:
        connection.setsockopt(SOL_SOCKET, SO_RCVBUF, 2_048)
        connection.connect(("127.0.0.1", port))
        connection.sendall(
            b"POST /v1/bulk/lines HTTP/1.1\r\nHost: localhost\r\nContent-Length: %d\r\n\r\n" % len(lines)
            + lines
        )
        yield connection


def is_bulk_answered(port: int) -> bool:
    with connected(port) as connection:
        connection.sendall(
            b"POST /v1/bulk/lines HTTP/1.1\r\nHost: localhost\r\nContent-Length: 2\r\n"
            b'Connection: close\r\n\r\n""'
        )
        return said(connection).startswith(b"HTTP/1.1 200")


def test_who_takes_nothing_of_an_answer_leaves_his_place_to_others() -> None:
    with (
        served(bulk_requests=1, bulk_addresses=20_000, bulk_characters=10**6, body_seconds=1) as port,
        reading_slowly(port),
    ):
        time.sleep(0.5)
        assert not is_bulk_answered(port)
        until = time.monotonic() + 20
        while not is_bulk_answered(port):
            assert time.monotonic() < until
            time.sleep(0.2)


def test_who_takes_an_answer_slowly_is_waited_for() -> None:
    with (
        served(bulk_addresses=20_000, bulk_characters=10**6, body_seconds=1) as port,
        reading_slowly(port) as connection,
    ):
        until = time.monotonic() + 4
        while time.monotonic() < until:
            assert connection.recv(1 << 15)
            time.sleep(0.05)


@pytest.mark.parametrize("how", [b"close", b"keep-alive"])
def test_who_is_refused_while_he_sends_reads_why_when_he_has_sent_all(how: bytes) -> None:
    head = (
        b"POST /v1/addresses HTTP/1.1\r\nHost: localhost\r\nContent-Length: 3000000\r\nConnection: %b\r\n\r\n"
    )
    with served(body_bytes=50_000) as port, connected(port) as connection:
        connection.sendall(head % how)
        for _ in range(30):
            time.sleep(0.01)
            connection.sendall(bytes(100_000))
        assert first(connection) == 413


def _takes(connection: socket, data: bytes) -> bool:
    """Return whether bytes are still taken by the other end."""
    try:
        connection.sendall(data)
    except ConnectionError:
        return False
    return True


def test_who_is_refused_and_never_sends_the_rest_is_left() -> None:
    with served(body_bytes=50_000, body_seconds=0.5) as port, connected(port) as connection:
        connection.sendall(
            b"POST /v1/addresses HTTP/1.1\r\nHost: localhost\r\nContent-Length: 3000000\r\nConnection: close\r\n\r\n"
        )
        assert b" 413 " in said(connection)
        until = time.monotonic() + 10
        while _takes(connection, b"x"):
            assert time.monotonic() < until
            time.sleep(0.05)


def test_a_connection_on_which_nothing_comes_is_closed() -> None:
    with served(head_seconds=0.3) as port, connected(port) as connection:
        assert said(connection) == b""


def test_what_is_no_http_is_a_problem() -> None:
    with served() as port:
        assert refused(port, b"what is this\r\n\r\n") == (400, "no-http")


@pytest.mark.parametrize("url", ["/v1/addresses?input=1 mill lane", "/v1/addresses?input=1+heol+tŷ"])
def test_who_writes_a_url_as_it_is_spoken_is_told_how_it_is_sent(url: str) -> None:
    with served() as port, connected(port) as connection:
        connection.sendall(f"GET {url} HTTP/1.1\r\nHost: localhost\r\n\r\n".encode())
        assert b"--data-urlencode" in said(connection)


def test_a_method_for_another_protocol_is_refused_and_nothing_else_is_advised(
    caplog: pytest.LogCaptureFixture,
) -> None:
    with served() as port, connected(port) as connection:
        connection.sendall(b"CONNECT / HTTP/1.1\r\nHost: localhost\r\n\r\n")
        assert first(connection) == 405
    assert not [record for record in caplog.records if "upgrade" in record.getMessage().lower()]


@pytest.mark.parametrize("hosts", [b"", b"Host: localhost\r\nHost: match.example\r\n"])
@pytest.mark.parametrize("line", [b"GET /healthz", b"POST /v1/addresses"])
def test_a_request_that_names_no_one_host_is_refused_with_its_body(hosts: bytes, line: bytes) -> None:
    request = line + b" HTTP/1.1\r\n" + hosts + b"Content-Length: %d\r\n\r\n" % len(BODY) + BODY + FIND
    with served() as port:
        assert refused(port, request) == (400, "no-host")
        with connected(port) as connection:
            connection.sendall(HEALTH)
            assert first(connection) == 200


@pytest.mark.parametrize(
    ("head", "kind"),
    [
        (b"GET /healthz HTTP/2.0\r\nHost: localhost", "no-http"),
        (b"GET /healthz HTTP/1.1\r\nHost: user@localhost", "no-host"),
        (b"GET /healthz HTTP/1.1\r\nHost: localhost/path", "no-host"),
        (b"GET /healthz HTTP/1.0\r\nHost: a\r\nHost: b", "no-host"),
        (b"GET http://elsewhere/healthz HTTP/1.1\r\nHost: localhost", "no-host"),
        (b"GET http://localhost:81/healthz HTTP/1.1\r\nHost: localhost", "no-host"),
        (b"POST /v1/addresses HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: gzip, chunked", "no-http"),
        (b"POST /v1/addresses HTTP/1.0\r\nHost: localhost\r\nTransfer-Encoding: chunked", "no-http"),
    ],
)
def test_what_two_readers_may_read_in_two_ways_is_refused(head: bytes, kind: str) -> None:
    with served() as port:
        assert refused(port, head + b"\r\n\r\n0\r\n\r\n" + FIND) == (400, kind)


@pytest.mark.parametrize("host", [b"localhost", b"LOCALHOST:8000", b"[::1]:8000", b"", b"match_1.example"])
def test_a_host_is_a_name_or_an_address(host: bytes) -> None:
    with served() as port, connected(port) as connection:
        connection.sendall(b"GET /healthz HTTP/1.1\r\nHost: %b\r\n\r\n" % host)
        assert first(connection) == 200


def test_a_whole_url_of_the_host_is_answered() -> None:
    with served() as port, connected(port) as connection:
        connection.sendall(b"GET http://LocalHost/healthz HTTP/1.1\r\nHost: localhost\r\n\r\n")
        assert first(connection) == 200


def test_a_request_of_http_1_0_needs_no_host() -> None:
    with served() as port, connected(port) as connection:
        connection.sendall(b"GET /healthz HTTP/1.0\r\n\r\n")
        assert first(connection) == 200


def test_a_connection_too_many_waits_until_another_is_closed() -> None:
    with served(connections=1) as port, connected(port) as one:
        one.sendall(HEALTH)
        assert first(one) == 200
        with connected(port) as late:
            late.sendall(HEALTH)
            assert not select([late], [], [], 0.5)[0]
            one.close()
            assert first(late) == 200


class SlowPipeline(SmallPipeline):
    """Answers when it is let go."""

    def __init__(self) -> None:
        super().__init__()
        self.let_go = threading.Event()

    def match(self, texts, *, top=5, thorough=False):  # type: ignore[no-untyped-def]
        self.let_go.wait(20)
        return super().match(texts, top=top, thorough=thorough)


def test_of_many_requests_that_come_together_those_too_many_are_refused_unread() -> None:
    settings = ServerSettings(threads=1, waiting=4, gathered=1)
    pipeline = SlowPipeline()
    app = application(settings, pipeline)

    async def hold(_request: Request) -> Response:
        time.sleep(0.5)  # noqa: ASYNC251 - the event loop is to find all of them when it goes round
        return Response()

    app.router.routes.append(Route("/hold", hold))
    with answering(app, settings) as port, ExitStack() as open_ones:
        holding, *asking = [open_ones.enter_context(connected(port)) for _ in range(21)]
        holding.sendall(HEALTH.replace(b"healthz", b"hold"))
        time.sleep(0.2)
        for connection in asking:
            connection.sendall(FIND)
        time.sleep(1)
        pipeline.let_go.set()
        refused = list(map(first, asking)).count(429)
    assert refused > 10
    unread = f'address_match_requests_total{{method="unread",route="none",status="429"}} {refused}.0'
    assert unread in app.state.metrics.text().decode()


def test_a_full_service_refuses_at_once_keeps_the_connection_and_answers_probes() -> None:
    pipeline = SlowPipeline()
    with (
        served(pipeline, threads=1, waiting=1, gathered=1) as port,
        connected(port) as late,
        connected(port) as one,
        connected(port) as two,
    ):
        asking = (one, two)
        for connection in asking:
            connection.sendall(FIND)
            time.sleep(0.2)
        late.sendall(FIND)
        assert first(late) == 429
        for probe in (HEALTH, HEALTH.replace(b"health", b"ready")):
            late.sendall(probe)
            assert first(late) == 200
        pipeline.let_go.set()
        assert [first(connection) for connection in asking] == [200, 200]
        late.sendall(FIND)
        assert first(late) == 200


@contextmanager
def full(**bounds: float) -> Iterator[tuple[int, SlowPipeline]]:
    """Serve with one request under way and one that waits, which is all that there is room for."""
    pipeline = SlowPipeline()
    with (
        served(pipeline, threads=1, waiting=1, gathered=1, **bounds) as port,
        connected(port) as one,
        connected(port) as two,
    ):
        for connection in (one, two):
            connection.sendall(FIND)
            time.sleep(0.2)
        yield port, pipeline
        pipeline.let_go.set()


def test_no_more_requests_are_refused_in_a_second_than_may_be() -> None:
    with full(refusals=1) as (port, _), connected(port) as one, connected(port) as two:
        start = time.monotonic()
        for connection in (one, two):
            connection.sendall(FIND)
        assert (first(one), first(two)) == (429, 429)
        assert time.monotonic() - start > 0.9


def test_refusals_that_wait_are_written_together() -> None:
    turns = Turns(500)
    moments = [turns.take(10.0) for _ in range(90)]
    late = [moment for moment in moments if moment > 10.0]
    assert (max(late) <= 10.21, len(set(late))) == (True, 3)


def test_refusals_that_come_together_are_written_at_once_within_what_a_moment_may_have() -> None:
    turns = Turns(500)
    assert [turns.take(10.0) for _ in range(25)] == [10.0] * 25
    assert turns.take(10.0 + 1.0) == 11.0


def test_in_the_long_run_no_more_are_refused_than_may_be() -> None:
    turns = Turns(500)
    moments = [turns.take(10.0 + place / 2_000) for place in range(2_000)]
    assert sum(moment < 11.0 for moment in moments) <= 525


def test_a_request_that_waits_for_its_refusal_is_answered_where_there_is_room_by_then() -> None:
    with full(refusals=1) as (port, pipeline), connected(port) as one, connected(port) as two:
        for connection in (one, two):
            connection.sendall(FIND)
        assert first(one) == 429
        pipeline.let_go.set()
        assert first(two) == 200


def test_a_refusal_does_not_overtake_the_answer_before_it() -> None:
    pipeline = SlowPipeline()
    with served(pipeline, threads=1, waiting=1, gathered=1) as port, connected(port) as connection:
        connection.sendall(FIND)
        time.sleep(0.2)
        with connected(port) as other:
            other.sendall(FIND)
            time.sleep(0.2)
            connection.sendall(FIND)
            time.sleep(0.2)
            pipeline.let_go.set()
            assert first(connection) == 200


def test_what_is_refused_before_it_is_read_is_counted() -> None:
    settings = ServerSettings(line_bytes=200)
    app = application(settings)
    with answering(app, settings) as port, connected(port) as connection:
        connection.sendall(b"GET /" + b"x" * 300)
        assert said(connection).startswith(b"HTTP/1.1 414")
    assert b'requests_total{method="unread",route="none",status="414"} 1.0' in app.state.metrics.text()
