"""The routes by which people decide about the models and put them in force."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient

from address_match.models.registry import Registry
from address_match.service.access.api_key import Role
from address_match.service.access.guard import Guard
from address_match.service.access.key_file import KeyFile
from address_match.service.access.people import People
from address_match.service.access.user_file import UserFile
from address_match.service.lifecycle.comparison.gates import GATES_FILE
from address_match.service.lifecycle.decisions.promotion_rules import PROMOTION_FILE
from address_match.service.lifecycle.model_places import ModelPlaces
from address_match.service.lifecycle.promotion import promote
from address_match.service.settings.access_settings import AccessSettings
from tests.built_index import built_index
from tests.service.cli.conftest import REFERENCE
from tests.service.http.entrance.test_signing_in import PASSWORD, sign_in
from tests.service.http.model_client import as_person, model_client, places_in
from tests.service.http.service_under_test import DEPLOYMENT, running
from tests.service.http.test_jobs import problem_of
from tests.service.lifecycle.decisions.factories import content
from tests.service.lifecycle.monitoring.made_up_facts import some_facts, store_of

ACTS: tuple[tuple[str, str, object, set[Role]], ...] = (
    ("POST", "/decisions", content(), {Role.OWNER}),
    ("POST", "/decisions/D1/approval", None, {Role.OWNER}),
    ("POST", "/promotions", {"bundle": "default"}, {Role.OWNER}),
    ("POST", "/rollback", {"reason": "it is worse"}, {Role.OWNER, Role.OPERATOR}),
    ("PUT", "/aliases/challenger", {"bundle": "default"}, {Role.OWNER}),
    ("DELETE", "/aliases/challenger", None, {Role.OWNER}),
    ("POST", "/monitor/file/reference", {"reason": "quiet"}, {Role.OWNER}),
    ("POST", "/monitor/file/acknowledgement", {"reason": "a new form"}, {Role.OWNER}),
)


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An index of five made-up premises, built with the shipped bundle."""
    return built_index(tmp_path_factory.mktemp("acts"), REFERENCE)


@pytest.fixture
def places(tmp_path: Path) -> ModelPlaces:
    return places_in(tmp_path)


@pytest.fixture
def client(places: ModelPlaces) -> Iterator[TestClient]:
    with model_client(places) as one:
        yield one


@pytest.fixture
def registry(places: ModelPlaces, index: Path) -> Registry:
    """Two bundles of the same parts, one of which is in force; who promotes has to name a decision."""
    registry = places.registry
    registry.add(registry.directory("default"), "candidate")
    promote(registry, "default", index, by="A. Owner")
    (registry.folder / PROMOTION_FILE).write_text("needs_decision = true", encoding="utf-8")
    return registry


def proposed(client: TestClient, **changes: Any) -> Any:
    return client.post("/v1/model/decisions", json=content(**changes))


def promoted(client: TestClient, **said: str) -> Any:
    return client.post("/v1/model/promotions", json={"bundle": "candidate", **said})


def test_a_second_person_approves_and_promotes_and_it_is_rolled_back(
    client: TestClient, registry: Registry, index: Path
) -> None:
    as_person(client, "Ann", Role.OWNER)
    name = proposed(client).json()["id"]
    assert problem_of(client.post(f"/v1/model/decisions/{name}/approval")) == (409, "undecided")
    assert problem_of(promoted(client, decision=name)) == (409, "undecided")
    as_person(client, "Ben", Role.OWNER)
    assert problem_of(promoted(client, decision=name)) == (409, "undecided")
    approved = client.post(f"/v1/model/decisions/{name}/approval").json()
    assert (approved["proposed"]["by"], approved["approved"]["by"]) == ("Ann", "Ben")
    assert problem_of(promoted(client)) == (409, "undecided")
    assert promoted(client, decision=name).json()["bundle"] == "candidate"
    assert registry.promotions.in_force().bundle == "candidate"  # type: ignore[union-attr]  # there is one
    as_person(client, "Olga", Role.OPERATOR)
    assert client.post("/v1/model/rollback", json={"reason": "worse"}).json()["bundle"] == "default"
    rows = client.get("/v1/model/audit").json()["rows"]
    assert [(row["act"], row["by"]) for row in reversed(rows)] == [
        ("promote", "A. Owner"),
        ("propose", "Ann"),
        ("approve", "Ben"),
        ("promote", "Ben"),
        ("rollback", "Olga"),
    ]
    assert (rows[0]["subject"], rows[0]["told"]) == ("default", "index: index; reason: worse")
    assert str(index.parent) not in client.get("/v1/model/audit").text
    assert client.get("/v1/model/audit/verification").json()["problem"] == ""


def test_a_bundle_that_does_not_pass_the_gates_needs_a_reason(client: TestClient, registry: Registry) -> None:
    (registry.folder / PROMOTION_FILE).unlink()
    (registry.folder / GATES_FILE).write_text("least_rows = 10", encoding="utf-8")
    champion = registry.promotions.in_force()
    assert champion is not None
    registry.promotions.promote(replace(champion, bundle_fingerprint="f" * 64))
    assert problem_of(promoted(client)) == (409, "gate-not-passed")
    assert promoted(client, override="the form changed today").status_code == 200
    assert client.get("/v1/model").json()["history"][0]["override"] == "the form changed today"


@pytest.mark.parametrize(("method", "path", "body", "roles"), ACTS)
def test_each_act_takes_a_person_with_its_role(
    client: TestClient, method: str, path: str, body: object, roles: set[Role]
) -> None:
    for role in Role:
        answer = as_person(client, "Somebody", role).request(method, f"/v1/model{path}", json=body)
        is_let_in = answer.status_code != 403
        assert is_let_in is (role in roles), role


@pytest.mark.parametrize(("method", "path", "body", "_roles"), ACTS)
def test_a_key_does_not_act(
    tmp_path: Path, places: ModelPlaces, method: str, path: str, body: object, _roles: set[Role]
) -> None:
    keys = tmp_path / "keys.json"
    _, sent = KeyFile(keys).add("owner", Role.OWNER)
    with running(guard=Guard.of(AccessSettings(keys=keys)), model=places) as client:
        headers = {"Authorization": f"Bearer {sent}"}
        answer = client.request(method, f"/v1/model{path}", json=body, headers=headers)
    assert problem_of(answer) == (403, "person-needed")
    assert not places.registry.folder.exists()


def test_a_page_elsewhere_does_not_act(client: TestClient) -> None:
    headers = {"Origin": "https://elsewhere.example", "Sec-Fetch-Site": "cross-site"}
    answer = client.post("/v1/model/decisions", json=content(), headers=headers)
    assert problem_of(answer) == (403, "person-needed")


def test_what_is_missing_in_a_decision_is_named(client: TestClient) -> None:
    body = content()
    del body["cost"], body["quality"]["accuracy"]
    answer = client.post("/v1/model/decisions", json=body)
    assert problem_of(answer) == (422, "invalid-request")
    assert {error.partition(":")[0] for error in answer.json()["errors"]} == {
        "body.cost",
        "body.quality.accuracy",
    }
    assert problem_of(proposed(client, review_date="2001-01-01")) == (409, "act-refused")


def test_an_alias_is_set_and_taken_away(client: TestClient, places: ModelPlaces) -> None:
    answer = client.put("/v1/model/aliases/challenger", json={"bundle": "default"})
    assert (answer.status_code, places.registry.aliases.all()) == (204, {"challenger": "default"})
    assert client.delete("/v1/model/aliases/challenger").status_code == 204
    assert problem_of(client.delete("/v1/model/aliases/challenger")) == (409, "act-refused")
    assert problem_of(client.put("/v1/model/aliases/x", json={"bundle": "nobody"})) == (404, "unknown-bundle")
    assert problem_of(client.put("/v1/model/aliases/x", json={"bundle": "/etc"})) == (422, "invalid-request")


def test_facts_are_accepted_as_usual(client: TestClient, places: ModelPlaces) -> None:
    few = client.post("/v1/model/monitor/file/reference", json={"reason": "quiet"})
    assert problem_of(few) == (409, "act-refused")
    store_of(places.facts.folder, some_facts(10_000))  # type: ignore[union-attr]  # it is there
    said = {"reason": "a quiet week", "target_precision": 0.95}
    as_person(client, "Ann", Role.OWNER).post("/v1/model/monitor/file/reference", json=said)
    (channel,) = client.get("/v1/model/monitor").json()["channels"]
    assert (channel["reference"]["by"], channel["reference_facts"]) == ("Ann", 10_000)


def test_an_owner_acknowledges_a_warning(client: TestClient, places: ModelPlaces) -> None:
    folder = places.facts.folder  # type: ignore[union-attr]  # it is there
    store_of(folder, some_facts(10_000))
    client.post("/v1/model/monitor/file/reference", json={"reason": "a quiet week"})
    said = {"reason": "a new form"}
    assert problem_of(client.post("/v1/model/monitor/file/acknowledgement", json=said)) == (
        409,
        "act-refused",
    )
    store_of(folder, some_facts(1_000, seed=2, minute=2, accepted=0.7))
    done = as_person(client, "Ann", Role.OWNER).post("/v1/model/monitor/file/acknowledgement", json=said)
    assert (done.status_code, done.json()["by"]) == (200, "Ann")
    (channel,) = client.get("/v1/model/monitor").json()["channels"]
    assert (channel["level"], channel["acknowledged_by"]) == ("warn", "Ann")


def test_without_a_promoted_deployment_the_index_that_answers_is_taken(
    client: TestClient, places: ModelPlaces, index: Path
) -> None:
    served = client.app.state.service._active.now()  # type: ignore[attr-defined]  # FastAPI's
    served.record = replace(DEPLOYMENT, index=str(index))
    assert client.post("/v1/model/promotions", json={"bundle": "default"}).status_code == 200
    assert places.registry.promotions.in_force().index == str(index)  # type: ignore[union-attr]  # there is one


def test_two_who_signed_in_decide_together(places: ModelPlaces, tmp_path: Path) -> None:
    access = AccessSettings.model_validate({name: tmp_path / name for name in ("keys", "users", "sessions")})
    for name, role in (("Ann", Role.OWNER), ("Ben", Role.OWNER), ("Olga", Role.OPERATOR)):
        UserFile(access.users).add(name, [role], PASSWORD)
    with running(guard=Guard.of(access, People.of(access)), model=places) as client:
        client.headers["Sec-Fetch-Site"] = "same-origin"
        assert client.get("/v1/model").status_code == 401
        sign_in(client, "Ann")
        assert client.get("/v1/model").json()["person"] == {"name": "Ann", "roles": ["owner"]}
        name = proposed(client).json()["id"]
        assert problem_of(client.post(f"/v1/model/decisions/{name}/approval")) == (409, "undecided")
        sign_in(client, "Olga")
        assert problem_of(client.post(f"/v1/model/decisions/{name}/approval")) == (403, "other-role")
        sign_in(client, "Ben")
        assert client.post(f"/v1/model/decisions/{name}/approval").json()["approved"]["by"] == "Ben"
