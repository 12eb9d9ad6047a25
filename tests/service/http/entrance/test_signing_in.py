"""People sign in to the pages, act under their names, and are signed out."""

import logging
from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from address_match.service.access.api_key import Role
from address_match.service.access.guard import Guard
from address_match.service.access.key_file import KeyFile
from address_match.service.access.people import People
from address_match.service.access.user_file import UserFile
from address_match.service.settings.access_settings import AccessSettings
from tests.service.http.service_under_test import running
from tests.service.http.test_jobs import ended, problem_of, send
from tests.service.http.test_review import ANSWERS, queue_of
from tests.service.jobs.arrangements import jobs_in

PASSWORD = "seven plain words"  # noqa: S105 - made up
ASKED = "/v1/addresses?input=1+mill+lane"
SESSION = "/pages/session"


@pytest.fixture
def access(tmp_path: Path) -> AccessSettings:
    """Settings that name files of keys, users and sessions; Ann labels, Rea reads, Olga operates."""
    named = {name: tmp_path / name for name in ("keys", "users", "sessions")}
    users = UserFile(named["users"])
    users.add("Ann", [Role.LABELLER], PASSWORD)
    users.add("Rea", [Role.READER], PASSWORD)
    users.add("Olga", [Role.OPERATOR], PASSWORD)
    return AccessSettings.model_validate(named)


@pytest.fixture
def client(access: AccessSettings, tmp_path: Path) -> Iterator[TestClient]:
    guard = Guard.of(access, People.of(access))
    with running(guard=guard, jobs=jobs_in(tmp_path / "jobs")) as one:
        one.headers["Sec-Fetch-Site"] = "same-origin"
        yield one


def sign_in(client: TestClient, name: str = "Ann", password: str = PASSWORD) -> tuple[int, str]:
    """Status, and the name of who is signed in or of the problem."""
    answer = client.post(SESSION, json={"name": name, "password": password})
    return answer.status_code, answer.json().get("name") or answer.json()["type"].rpartition("/")[2]


def test_who_signs_in_is_answered_until_he_signs_out(client: TestClient) -> None:
    assert client.get(ASKED).status_code == 401
    assert client.get(SESSION).json() == {"name": "", "roles": []}
    assert sign_in(client) == (200, "Ann")
    assert client.get(SESSION).json() == {"name": "Ann", "roles": ["labeller"]}
    assert client.get(ASKED).json()["uprn"] == "100"
    token = client.cookies["address-match"]
    assert client.delete(SESSION).status_code == 204
    assert "address-match" not in client.cookies
    assert client.get(ASKED).status_code == 401
    client.cookies["address-match"] = token
    assert problem_of(client.get(ASKED)) == (401, "signed-out")


def test_the_cookie_is_for_this_service_alone_and_for_no_script(client: TestClient) -> None:
    answer = client.post(SESSION, json={"name": "Ann", "password": PASSWORD})
    said = answer.headers["set-cookie"].lower()
    assert {"httponly", "samesite=strict", "path=/"} <= {part.strip() for part in said.split(";")}
    assert answer.headers["cache-control"] == "no-store"
    assert not {"secure", "domain"} & {part.strip().partition("=")[0] for part in said.split(";")}


def test_over_tls_the_cookie_travels_by_tls_alone(access: AccessSettings) -> None:
    guard = Guard.of(access, People.of(access))
    with running(guard=guard) as client:
        client.base_url = "https://testserver"
        client.headers["Sec-Fetch-Site"] = "same-origin"
        said = client.post(SESSION, json={"name": "Ann", "password": PASSWORD}).headers["set-cookie"]
        assert said.startswith("__Host-address-match=")
        assert "Secure" in said
        assert client.get(ASKED).status_code == 200


@pytest.mark.parametrize(
    ("name", "password"),
    [("Ann", "another of some words"), ("Nobody", PASSWORD), ("", ""), ("ann", PASSWORD)],
)
def test_a_wrong_name_and_a_wrong_password_are_refused_alike(
    client: TestClient, name: str, password: str
) -> None:
    answer = client.post(SESSION, json={"name": name, "password": password})
    assert problem_of(answer) == (403, "wrong-password")
    assert answer.json()["detail"] == "the name or the password is not right"
    assert "set-cookie" not in answer.headers


def test_who_fails_often_has_to_wait_whether_he_is_right_or_not(client: TestClient) -> None:
    assert [sign_in(client, password=f"wrong number {n}")[0] for n in range(6)] == [403] * 5 + [429]
    assert sign_in(client) == (429, "sign-in-limit")
    assert sign_in(client, "Rea") == (200, "Rea")


@pytest.mark.parametrize("headers", [{"Sec-Fetch-Site": "cross-site"}, {"Sec-Fetch-Site": "same-site"}, {}])
def test_a_page_elsewhere_neither_signs_in_nor_acts_nor_signs_out(
    client: TestClient, headers: dict[str, str]
) -> None:
    sign_in(client)
    del client.headers["Sec-Fetch-Site"]
    client.headers.update(headers)
    assert sign_in(client) == (403, "other-page")
    assert problem_of(client.post("/v1/addresses", json={"input": "1 mill lane"})) == (403, "other-page")
    assert problem_of(client.delete(SESSION)) == (403, "other-page")


def test_over_plain_http_the_origin_says_that_it_is_a_page_of_the_service(client: TestClient) -> None:
    del client.headers["Sec-Fetch-Site"]
    client.headers["Origin"] = "http://testserver"
    assert sign_in(client) == (200, "Ann")
    client.headers["Origin"] = "http://testserver.example"
    assert problem_of(client.post("/v1/addresses", json={"input": "1 mill lane"})) == (403, "other-page")


def test_an_operator_sees_no_address(client: TestClient) -> None:
    sign_in(client, "Olga")
    assert problem_of(client.get(ASKED)) == (403, "other-role")
    assert client.get("/readyz").status_code == 200


def test_a_key_is_answered_beside(access: AccessSettings) -> None:
    _, sent = KeyFile(access.keys).add("census", Role.READER)
    guard = Guard.of(access, People.of(access))
    with running(guard=guard) as beside:
        assert beside.get(ASKED, headers={"Authorization": f"Bearer {sent}"}).status_code == 200


def test_those_who_sign_in_share_their_files_and_each_labels_under_his_name(client: TestClient) -> None:
    sign_in(client, "Rea")
    job = f"/v1/jobs/{ended(client, send(client, file=ANSWERS))['id']}"
    row = queue_of(client, job)["rows"][0]["id"]
    verdict = {"id": row, "coder": "Rea", "verdict": "cannot tell"}
    assert problem_of(client.post(f"{job}/verdicts", json=verdict)) == (403, "other-role")
    sign_in(client, "Ann")
    assert problem_of(client.post(f"{job}/verdicts", json=verdict)) == (422, "unfit-verdict")
    kept = client.post(f"{job}/verdicts", json=verdict | {"coder": "Ann"}).json()
    assert [one["coder"] for one in kept["rows"][0]["verdicts"]] == ["Ann"]


def test_no_log_holds_a_name_a_password_or_a_token(
    client: TestClient, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.DEBUG, "address_match"):
        sign_in(client, password="another of some words")  # noqa: S106 - made up
        sign_in(client)
        client.get(ASKED)
    said = [f"{record.getMessage()} {vars(record).get('facts')}" for record in caplog.records]
    assert any("person-" in line for line in said)
    secret = ("Ann", PASSWORD, "another of some", client.cookies["address-match"])
    assert [line for line in said if any(one in line for one in secret)] == []


def test_a_page_where_people_sign_in_asks_for_no_key(client: TestClient) -> None:
    text = client.get("/").text
    assert 'id="sign-in"' in text
    assert 'id="key"' not in text
    assert client.get("/pages/sign-in").status_code == 200
