"""How the service stands in a network: its names, pages of other origins, TLS, and proxies in front."""

import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from socket import create_connection

import pytest
import trustme
from fastapi import FastAPI, Request

from address_match.service.access.api_key import Role
from address_match.service.access.guard import Guard
from address_match.service.access.key_file import KeyFile
from address_match.service.errors import UsageError
from address_match.service.http.announcements import warn_of_certificate
from address_match.service.http.connections.bounded_server import BoundedServer, listen
from address_match.service.http.connections.tls import tls_context
from address_match.service.http.server import connection_bounds
from address_match.service.settings.access_settings import AccessSettings
from address_match.service.settings.server_settings import NetworkSettings, ServerSettings
from tests.service.http.service_under_test import running

ASKED = b"GET / HTTP/1.1\r\nHost: localhost\r\nX-Forwarded-For: 192.0.2.7\r\nConnection: close\r\n\r\n"
PAGE = "https://forms.example"


def network(**settings: object) -> NetworkSettings:
    return NetworkSettings.model_validate(settings)


@pytest.mark.parametrize(
    ("host", "status"),
    [
        ("match.example", 200),
        ("MATCH.example:8000", 200),
        ("a.census.example", 200),
        ("census.example", 400),
        ("evil.example", 400),
        ("match.example.evil", 400),
    ],
)
def test_a_service_keeps_to_its_names(host: str, status: int) -> None:
    with running(network=network(allowed_hosts="match.example, *.census.example")) as client:
        answer = client.get("/v1/addresses?input=1+mill+lane", headers={"host": host})
    assert answer.status_code == status
    if status != 200:
        assert answer.json()["type"].endswith("/unknown-host")
        assert host not in answer.text


def test_a_page_of_another_origin_may_ask_where_it_is_named(tmp_path: Path) -> None:
    keys = tmp_path / "keys.json"
    KeyFile(keys).add("forms", Role.READER)
    guard = Guard.of(AccessSettings(keys=keys))
    asking = {"origin": PAGE, "access-control-request-method": "POST"}
    asking["access-control-request-headers"] = "authorization, content-type"
    with running(guard=guard, network=network(cors_origins=PAGE)) as client:
        preflight = client.options("/v1/addresses", headers=asking)
        refused = client.post("/v1/addresses", headers={"origin": PAGE})
        elsewhere = client.post("/v1/addresses", headers={"origin": "https://evil.example"})
    assert (preflight.status_code, preflight.headers["access-control-allow-origin"]) == (200, PAGE)
    assert (refused.status_code, refused.headers["access-control-allow-origin"]) == (401, PAGE)
    assert "access-control-allow-origin" not in elsewhere.headers


@pytest.mark.parametrize(
    "asked",
    [
        {"origin": "https://forms.example.evil"},
        {"origin": "null"},
        {"access-control-request-method": "BREW"},
        {"access-control-request-headers": "x-secret-lane"},
    ],
)
def test_what_a_page_elsewhere_may_not_ask_is_a_problem(asked: dict[str, str]) -> None:
    asking = {"origin": PAGE, "access-control-request-method": "POST", **asked}
    with running(network=network(cors_origins=PAGE)) as client:
        refused = client.options("/v1/addresses", headers=asking)
    assert (refused.status_code, refused.headers["content-type"]) == (400, "application/problem+json")
    assert refused.json()["type"] == "/docs/problems/cross-origin"
    assert int(refused.headers["content-length"]) == len(refused.content)
    allowed = PAGE if asking["origin"] == PAGE else None
    assert refused.headers.get("access-control-allow-origin") == allowed
    assert "evil" not in refused.text + str(refused.headers)
    assert "secret" not in refused.text + str(refused.headers)


def test_no_page_of_another_origin_may_ask_unless_it_is_named() -> None:
    with running() as client:
        assert "access-control-allow-origin" not in client.get("/healthz", headers={"origin": PAGE}).headers


@pytest.mark.parametrize(("scheme", "said"), [("https", "max-age=3600"), ("http", None)])
def test_browsers_are_told_to_stay_with_https_where_they_came_by_it(scheme: str, said: str | None) -> None:
    with running(network=network(hsts_seconds=3_600)) as client:
        answer = client.get(f"{scheme}://testserver/healthz")
    assert answer.headers.get("strict-transport-security") == said


@contextmanager
def echoing(**options: object) -> Iterator[tuple[BoundedServer, int]]:
    """A server that says by which scheme it was asked, and whom it takes its client for."""
    app = FastAPI()

    @app.get("/")
    async def echo(request: Request) -> str:
        return f"{request.url.scheme} {request.client.host if request.client else ''}"

    bounds = connection_bounds(ServerSettings(connections=2, head_seconds=2))
    with listen("127.0.0.1", 0) as listening:
        server = BoundedServer(app, bounds, listening, **options)  # type: ignore[arg-type]  # of each test
        thread = threading.Thread(target=server.run)
        thread.start()
        try:
            yield server, int(listening.getsockname()[1])
        finally:
            server.should_exit = True
            thread.join(30)


def asked(port: int, trusting: ssl.SSLContext | None = None) -> bytes:
    found = b""
    with create_connection(("127.0.0.1", port), timeout=20) as plain:
        connection = plain if trusting is None else trusting.wrap_socket(plain, server_hostname="localhost")
        connection.sendall(ASKED)
        while data := connection.recv(65_536):
            found += data
        connection.close()
    return found.rpartition(b"\r\n")[2].strip(b'"')


@pytest.mark.parametrize(
    ("trusted", "client"),
    [((), b"127.0.0.1"), (("192.0.2.1",), b"127.0.0.1"), (("127.0.0.0/8",), b"192.0.2.7")],
)
def test_a_proxy_is_believed_where_it_is_trusted(trusted: tuple[str, ...], client: bytes) -> None:
    with echoing(trusted_proxies=trusted) as (_, port):
        assert asked(port) == b"http " + client


@pytest.fixture(scope="module")
def authority() -> trustme.CA:
    return trustme.CA()


@pytest.fixture
def files(authority: trustme.CA, tmp_path: Path) -> tuple[Path, Path]:
    """A certificate and its key, made up for this test."""
    made = authority.issue_cert("localhost")
    certificate, key = tmp_path / "certificate.pem", tmp_path / "key.pem"
    made.cert_chain_pems[0].write_to_path(certificate)
    made.private_key_pem.write_to_path(key)
    return certificate, key


def test_a_service_with_a_certificate_speaks_tls_and_outlives_who_does_not(
    authority: trustme.CA, files: tuple[Path, Path]
) -> None:
    trusting = ssl.create_default_context()
    authority.configure_trust(trusting)
    tls = tls_context(network(tls_certificate=files[0], tls_key=files[1]))
    with echoing(tls=tls) as (server, port):
        for _ in range(5):  # more than may be open
            with create_connection(("127.0.0.1", port), timeout=20) as connection:
                connection.sendall(ASKED)
                connection.recv(100)
        assert asked(port, trusting) == b"https 127.0.0.1"
    assert not server._room.is_full()  # of the two that may be open, one waits to be accepted


def test_half_of_what_tls_needs_is_refused(files: tuple[Path, Path]) -> None:
    with pytest.raises(UsageError, match="set both ADDRESS_MATCH_TLS_CERTIFICATE and"):
        tls_context(network(tls_certificate=files[0]))


def test_a_certificate_with_the_key_of_another_is_refused(
    files: tuple[Path, Path], authority: trustme.CA
) -> None:
    authority.issue_cert("localhost").private_key_pem.write_to_path(files[1])
    with pytest.raises(UsageError, match=r"certificate\.pem and the key .* cannot be used"):
        tls_context(network(tls_certificate=files[0], tls_key=files[1]))


def test_files_that_are_not_there_are_named(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"none\.pem .*No such file"):
        tls_context(network(tls_certificate=tmp_path / "none.pem", tls_key=tmp_path / "none.pem"))


@pytest.mark.parametrize(
    ("days", "said"),
    [(-1, "has ended, and clients refuse it: it is valid until"), (3, "ends soon"), (60, "")],
)
def test_the_operator_is_warned_of_a_certificate_that_has_ended_or_soon_will(
    days: int, said: str, authority: trustme.CA, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    certificate = tmp_path / "certificate.pem"
    made = authority.issue_cert("localhost", not_after=datetime.now(UTC) + timedelta(days=days))
    made.cert_chain_pems[0].write_to_path(certificate)
    warn_of_certificate(network(tls_certificate=certificate, tls_key=certificate))
    assert said in caplog.text
    assert len(caplog.records) == (said != "")


def test_a_certificate_that_cannot_be_read_is_not_spoken_of(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    (tmp_path / "certificate.pem").write_text("no certificate")
    warn_of_certificate(network(tls_certificate=tmp_path / "certificate.pem"))
    warn_of_certificate(network(tls_certificate=tmp_path / "none.pem"))
    warn_of_certificate(network())
    assert not caplog.records


def test_without_files_there_is_no_tls() -> None:
    assert tls_context(network()) is None


def test_names_are_parted_by_commas_in_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ADDRESS_MATCH_ALLOWED_HOSTS", " match.example,, *.census.example ")
    assert NetworkSettings().allowed_hosts == ("match.example", "*.census.example")
