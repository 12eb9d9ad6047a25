"""Who acts by a request, and who is nobody."""

from typing import Annotated

import pytest
from fastapi import Depends, FastAPI
from fastapi.testclient import TestClient

from address_match.service.access.api_key import Role
from address_match.service.access.person import Person, local_person
from address_match.service.http.entrance.signed_in import SignedIn, for_roles
from address_match.service.http.problems.problem_response import register_problems
from address_match.service.settings.server_settings import ServerSettings
from tests.service.http.service_under_test import running

ANN = Person("Ann", frozenset({Role.LABELLER}))


def asking(local: Person | None, host: str = "127.0.0.1:8000") -> TestClient:
    """A client of two routes, one for anybody who signed in, one for owners."""
    app = FastAPI()
    app.state.local_person, app.state.routes = local, []
    register_problems(app)

    @app.api_route("/who", methods=["GET", "POST"])
    async def who(person: SignedIn) -> str:
        return person.name

    @app.get("/owned")
    async def owned(person: Annotated[Person, Depends(for_roles(Role.OWNER, Role.OPERATOR))]) -> str:
        return person.name

    return TestClient(app, base_url=f"http://{host}")


@pytest.mark.parametrize("host", ["127.0.0.1:8000", "localhost", "[::1]:8000"])
def test_on_a_machine_of_its_own_the_user_of_the_machine_acts(host: str) -> None:
    assert asking(ANN, host).get("/who").json() == "Ann"
    assert asking(ANN, host).post("/who").json() == "Ann"


@pytest.mark.parametrize("host", ["elsewhere.example", "localhost.elsewhere.example:8000", "["])
def test_by_another_name_of_the_machine_he_does_not(host: str) -> None:
    answer = asking(ANN).get("/who", headers={"Host": host})
    assert (answer.status_code, answer.json()["type"].rpartition("/")[2]) == (403, "person-needed")


@pytest.mark.parametrize(
    "headers",
    [
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site", "Origin": "http://127.0.0.1:8000"},
        {"Origin": "https://elsewhere.example"},
        {"Origin": "http://127.0.0.1:9000"},
        {"Origin": "null"},
    ],
)
def test_a_page_elsewhere_does_not_act_in_his_name(headers: dict[str, str]) -> None:
    assert asking(ANN).post("/who", headers=headers).status_code == 403


@pytest.mark.parametrize(
    "name",
    [
        *("Forwarded", "Via", "X-Real-IP", "True-Client-IP", "X-Original-URL"),
        *("X-Forwarded-For", "X-Forwarded-Host", "X-Forwarded-Proto", "X-Forwarded-Prefix"),
    ],
)
def test_who_comes_by_a_proxy_is_not_he(name: str) -> None:
    assert asking(ANN).get("/who", headers={name: "192.0.2.1"}).status_code == 403


def test_who_comes_by_a_proxy_that_says_nothing_does_not_act_in_his_name() -> None:
    headers = {"Sec-Fetch-Site": "same-origin", "Origin": "https://match.example"}
    assert asking(ANN).post("/who", headers=headers).status_code == 403


@pytest.mark.parametrize("headers", [{"Sec-Fetch-Site": "same-origin"}, {"Origin": "http://127.0.0.1:8000"}])
def test_a_page_of_the_service_does(headers: dict[str, str]) -> None:
    assert asking(ANN).post("/who", headers=headers).status_code == 200


def test_nobody_acts_where_there_is_no_local_user() -> None:
    assert asking(None).get("/who").status_code == 403


def test_a_route_for_some_roles_refuses_the_others() -> None:
    answer = asking(ANN).get("/owned")
    assert (answer.status_code, answer.json()["type"].rpartition("/")[2]) == (403, "other-role")
    assert asking(Person("Owen", frozenset({Role.OWNER}))).get("/owned").json() == "Owen"


def test_the_user_of_the_machine_has_every_role() -> None:
    assert local_person().roles == frozenset(Role)
    assert local_person().name


@pytest.mark.parametrize(("host", "is_local"), [("127.0.0.1", True), ("192.0.2.1", False)])
def test_a_service_has_a_local_user_where_this_machine_alone_reaches_it(host: str, is_local: bool) -> None:  # noqa: FBT001 - a row of the table
    settings = ServerSettings(host=host).model_dump()
    with running(**settings) as client:
        assert (client.app.state.local_person is not None) is is_local  # type: ignore[attr-defined]  # FastAPI's


def test_the_id_of_a_person_holds_no_name() -> None:
    assert "Ann" not in ANN.id
    assert ANN.id.startswith("person-")
