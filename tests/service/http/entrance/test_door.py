"""Who has no key, or one that is not for what it asks, is sent away before anything of the request is read."""

import asyncio
import logging
from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from starlette.types import Message, Receive, Scope, Send

from address_match.service.access.api_key import Role
from address_match.service.access.guard import Guard
from address_match.service.access.key_file import KeyFile
from address_match.service.http.entrance.door import Door, known_as
from address_match.service.settings.access_settings import AccessSettings
from tests.service.http.service_under_test import running

ASKED = "/v1/addresses?input=1+mill+lane"


@pytest.fixture
def file(tmp_path: Path) -> KeyFile:
    return KeyFile(tmp_path / "keys.json")


@pytest.fixture
def sent(file: KeyFile) -> str:
    return file.add("census", Role.READER)[1]


@pytest.fixture
def client(file: KeyFile, sent: str) -> Iterator[TestClient]:
    with running(guard=guard_of(file)) as guarded:
        yield guarded


def guard_of(file: KeyFile, **limits: int) -> Guard:
    return Guard.of(AccessSettings.model_validate({"keys": file.path, **limits}))


def shown(key: str, scheme: str = "Bearer") -> dict[str, str]:
    return {"Authorization": f"{scheme} {key}"}


def refused(
    client: TestClient, path: str = ASKED, headers: dict[str, str] | None = None
) -> tuple[int, str, str]:
    """Status, name and challenge of the problem document that a request gets."""
    answer = client.get(path, headers=headers)
    assert answer.headers["content-type"] == "application/problem+json"
    return answer.status_code, answer.json()["type"].rpartition("/")[2], answer.headers["www-authenticate"]


@pytest.mark.parametrize("scheme", ["Bearer", "bearer", "BEARER "])
def test_a_key_in_force_is_answered(client: TestClient, sent: str, scheme: str) -> None:
    assert client.get(ASKED, headers=shown(sent, scheme)).json()["uprn"] == "100"


@pytest.mark.parametrize("path", [ASKED, "/v1/parse?input=x", "/v1/addresses/100", "/readyz", "/nowhere"])
def test_a_request_without_a_key_is_told_how_to_send_one(client: TestClient, path: str) -> None:
    assert refused(client, path) == (401, "missing-key", 'Bearer realm="address-match"')


@pytest.mark.parametrize("headers", [shown("x", "Basic"), {"Authorization": ""}, {"X-API-Key": "x"}])
def test_a_key_sent_in_another_way_is_none(client: TestClient, headers: dict[str, str]) -> None:
    assert refused(client, ASKED, headers=headers)[1] == "missing-key"


@pytest.mark.parametrize("key", ["", "x", "amk_" + "0" * 12 + "_" + "0" * 64])
def test_a_key_of_nobody_is_refused(client: TestClient, key: str) -> None:
    challenge = 'Bearer realm="address-match", error="invalid_token"'
    assert refused(client, ASKED, headers=shown(key)) == (401, "unknown-key", challenge)


def test_the_key_of_an_operator_sees_no_address(file: KeyFile) -> None:
    _, operator = file.add("watch", Role.OPERATOR)
    with running(guard=guard_of(file)) as guarded:
        status, name, challenge = refused(guarded, ASKED, headers=shown(operator))
        assert guarded.get("/readyz", headers=shown(operator)).status_code == 200
    assert (status, name) == (403, "other-role")
    assert challenge == 'Bearer realm="address-match", error="insufficient_scope"'


@pytest.mark.parametrize("role", [Role.READER, Role.LABELLER, Role.OWNER])
def test_the_other_roles_do(file: KeyFile, role: Role) -> None:
    _, key = file.add("one of them", role)
    with running(guard=guard_of(file)) as guarded:
        assert guarded.get(ASKED, headers=shown(key)).status_code == 200


async def _unread() -> Message:
    raise AssertionError("the body was read")


def passed(file: KeyFile, key: str) -> list[Scope]:
    """What the application behind the door gets of a request whose body must not be read."""
    through: list[Scope] = []

    async def application(scope: Scope, _receive: Receive, _send: Send) -> None:
        through.append(scope)

    async def send(_message: Message) -> None:
        pass

    headers = [(b"authorization", f"Bearer {key}".encode())]
    scope = {"type": "http", "method": "POST", "path": "/v1/bulk", "headers": headers}
    asyncio.run(Door(application, guard_of(file))(scope, _unread, send))
    return through


def test_who_is_sent_away_is_not_listened_to(file: KeyFile) -> None:
    assert passed(file, "amk_nobody") == []


def test_clients_are_told_apart_by_their_keys(file: KeyFile) -> None:
    key, sent = file.add("census", Role.READER)
    assert [known_as(scope) for scope in passed(file, sent)] == [key.id]


def test_who_is_refused_for_what_he_asks_is_logged_by_his_key(
    file: KeyFile, caplog: pytest.LogCaptureFixture
) -> None:
    key, operator = file.add("watch", Role.OPERATOR)
    with caplog.at_level(logging.INFO, "address_match"), running(guard=guard_of(file)) as guarded:
        guarded.get(ASKED, headers=shown(operator))
    told = [vars(record)["facts"] for record in caplog.records if "facts" in vars(record)]
    assert [(facts["status"], facts["key"]) for facts in told] == [(403, key.id)]


@pytest.mark.parametrize("path", ["/healthz", "/docs", "/openapi.json"])
def test_what_holds_no_address_is_open(client: TestClient, path: str) -> None:
    assert client.get(path).status_code == 200


def test_routes_are_described_with_the_key_that_they_take(client: TestClient) -> None:
    document = client.get("/openapi.json").json()
    asking = [operation for path in document["paths"].values() for operation in path.values()]
    guarded = [one for one in asking if one.get("security") == [{"key": []}]]
    assert document["components"]["securitySchemes"]["key"]["scheme"] == "bearer"
    assert len(guarded) == len(asking) - 2
    assert all({"401", "403"} <= one["responses"].keys() for one in guarded)


def test_no_key_is_logged(client: TestClient, sent: str, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.DEBUG):
        for key in (sent, sent[:-1] + "g", "amk_" + "1" * 12 + "_" + "2" * 64):
            answer = client.get(ASKED, headers=shown(key))
            assert key[17:] not in answer.text
    lines = [record.getMessage() for record in caplog.records]
    assert [line for line in lines if sent[17:-1] in line or "2" * 64 in line] == []


def test_a_key_that_asks_too_much_is_told_when_to_come_back(file: KeyFile, sent: str) -> None:
    _, other = file.add("council", Role.READER)
    with running(guard=guard_of(file, key_rate=1)) as guarded:
        # The first may take longer than the second after which another is allowed.
        first, *_, last = [guarded.get(ASKED, headers=shown(sent)) for _ in range(4)]
        assert guarded.get(ASKED, headers=shown(other)).status_code == 200
    assert (first.status_code, last.status_code) == (200, 429)
    assert last.json()["type"].endswith("/key-limit")
    assert last.headers["retry-after"] == "1"
