"""The routes that show what is known of the models."""

import sqlite3
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from address_match.models.registry import Registry
from address_match.service.access.api_key import Role
from address_match.service.access.guard import Guard
from address_match.service.access.key_file import KeyFile
from address_match.service.facts.store import SHADOW
from address_match.service.lifecycle.audit.audit import Audit
from address_match.service.lifecycle.audit.audit_row import Act
from address_match.service.lifecycle.comparison.gates import GATES_FILE
from address_match.service.lifecycle.comparison.receipt import Receipt, write_receipt
from address_match.service.lifecycle.decisions.decision_log import DecisionLog
from address_match.service.lifecycle.model_places import ModelPlaces
from address_match.service.lifecycle.monitoring.accepted_facts import accept
from address_match.service.settings.access_settings import AccessSettings
from tests.service.http.model_client import model_client, places_in
from tests.service.http.service_under_test import running
from tests.service.http.test_jobs import problem_of
from tests.service.lifecycle.comparison.test_gates import ALL_GATES, SAME
from tests.service.lifecycle.decisions.factories import decision
from tests.service.lifecycle.monitoring.made_up_facts import some_facts, store_of

ROUTES = (
    "",
    "/monitor",
    "/shadow",
    "/receipts",
    "/decisions",
    "/audit",
    "/audit/verification",
    "/bundles/default/record",
)


@pytest.fixture
def places(tmp_path: Path) -> ModelPlaces:
    return places_in(tmp_path)


@pytest.fixture
def client(places: ModelPlaces) -> Iterator[TestClient]:
    with model_client(places) as one:
        yield one


def test_where_a_candidate_beside_agrees_is_counted_and_its_windows_are_compared(
    client: TestClient, tmp_path: Path
) -> None:
    usual = store_of(tmp_path / "facts", some_facts(10_000))
    accept(usual, "file", first=None, last=None, by="A", reason="quiet", target_precision=None)
    beside = [
        one._replace(champion="a", champion_status="matched", same_premises=one.status == "matched")
        for one in some_facts(1_000, minute=2, accepted=0.6)
    ]
    store_of(tmp_path / "facts" / SHADOW, beside)
    shown = client.get("/v1/model/shadow").json()
    (found,) = shown["beside"]
    matched = sum(one.status == "matched" for one in beside)
    assert (found["champion"], found["candidate"], found["alike"]) == ("a", "b", matched)
    assert found["changes"] == [{"given": "matched", "beside": "unmatched", "answers": 1_000 - matched}]
    (window,) = shown["report"]["channels"][0]["windows"]
    assert "accepted" in [one["name"] for one in window["findings"] if one["differs"]]


def test_the_bundles_their_aliases_and_what_answers_are_shown(
    client: TestClient, places: ModelPlaces
) -> None:
    places.registry.aliases.set("challenger", "default")
    shown = client.get("/v1/model").json()
    assert [(one["name"], one["aliases"]) for one in shown["bundles"]] == [("default", ["challenger"])]
    assert shown["served"]["bundle"] == "small"
    assert (shown["promoted"], shown["gates"], shown["history"]) == (None, None, [])
    assert shown["offers"] == ["monitor"]
    assert shown["rules"] == {"needs_decision": False, "own_accounts": False}
    assert set(shown["person"]["roles"]) == set(Role)


def test_nothing_that_is_shown_names_a_folder_of_the_server(client: TestClient, places: ModelPlaces) -> None:
    store_of(places.facts.folder, some_facts(10))  # type: ignore[union-attr]  # it is there
    places.registry.folder.mkdir()
    (places.registry.folder / GATES_FILE).write_text("other = 1", encoding="utf-8")
    answers = [client.get(f"/v1/model{route}") for route in ROUTES]
    assert [answer.status_code for answer in answers] == [409, 200, 200, 409, 200, 200, 200, 200]
    assert all(str(places.registry.folder.parent) not in answer.text for answer in answers)
    assert problem_of(answers[0]) == (409, "act-refused")


def test_findings_are_shown_by_channel_and_window_with_charts(
    client: TestClient, places: ModelPlaces
) -> None:
    assert places.facts is not None
    store = store_of(places.facts.folder, some_facts(10_000))
    accept(store, "file", first=None, last=None, by="A", reason="quiet", target_precision=None)
    store_of(places.facts.folder, some_facts(2_000, seed=3, minute=2, accepted=0.6))
    report = client.get("/v1/model/monitor").json()
    channel = report["channels"][0]
    assert (report["level"], channel["channel"], channel["level"]) == ("warn", "file", "warn")
    assert [window["size"] for window in channel["windows"]] == [1_000, 1_000]
    assert "accepted" in [one["name"] for one in channel["windows"][0]["findings"] if one["differs"]]
    assert [(one["what"], one["size"]) for one in channel["charts"]] == [
        ("accepted", 1_000),
        ("expected_precision", 1_000),
    ]
    assert channel["charts"][0]["svg"].startswith('<svg xmlns="http://www.w3.org/2000/svg"')
    assert "style=" not in channel["charts"][0]["svg"]


def test_a_service_that_keeps_no_facts_says_so(places: ModelPlaces) -> None:
    with model_client(replace(places, facts=None)) as client:
        assert problem_of(client.get("/v1/model/monitor")) == (409, "act-refused")


def test_comparisons_are_shown_with_the_gates_that_are_not_passed(
    client: TestClient, places: ModelPlaces
) -> None:
    registry = places.registry
    shipped = registry.load("default").fingerprint
    write_receipt(registry.folder, Receipt("a" * 64, shipped, "c" * 64, "2026-11-29T10:00:00+00:00", SAME))
    (registry.folder / GATES_FILE).write_text(ALL_GATES.replace("1000", "1001"), encoding="utf-8")
    (shown,) = client.get("/v1/model/receipts").json()["receipts"]
    assert (shown["champion"], shown["candidate"]) == ("a" * 12, "default")
    assert [failure.partition(":")[0] for failure in shown["failures"]] == ["least_rows"]
    assert shown["comparison"]["rows"] == 1_000


def test_decisions_are_shown_the_newest_first(client: TestClient, places: ModelPlaces) -> None:
    log = DecisionLog(places.registry.folder)
    log.approve(log.propose(decision(), by="Ann"), by="Ben")
    log.propose(decision(reason="<b>again</b>"), by="Ben")
    shown = client.get("/v1/model/decisions").json()["decisions"]
    assert [(one["id"], one["proposed"]["by"], one["reason"]) for one in shown] == [
        ("D3", "Ben", "<b>again</b>"),
        ("D1", "Ann", "fewer are accepted since the new form"),
    ]
    assert (shown[0]["approved"], shown[1]["approved"]["by"]) == (None, "Ben")


def test_the_audit_is_shown_page_by_page_the_newest_first(client: TestClient, places: ModelPlaces) -> None:
    audit = Audit(places.registry.folder)
    for name in ("one", "two", "three"):
        audit.append(Act.KEY_ADD, name, {"role": "reader"}, by="Ann")
    first = client.get("/v1/model/audit?limit=2").json()
    assert [row["subject"] for row in first["rows"]] == ["three", "two"]
    assert (first["rows"][0]["told"], first["total"]) == ("role: reader", 3)
    second = client.get(f"/v1/model/audit?limit=2&cursor={first['cursor']}").json()
    assert ([row["subject"] for row in second["rows"]], second["cursor"]) == (["one"], "")


def test_an_altered_row_is_named_by_the_verification(client: TestClient, places: ModelPlaces) -> None:
    row = Audit(places.registry.folder).append(Act.KEY_ADD, "one", {}, by="Ann")
    whole = client.get(f"/v1/model/audit/verification?noted={row.digest}").json()
    assert (whole["problem"], whole["last"], whole["rows"]) == ("", row.digest, 1)
    assert client.get("/v1/model/audit/verification?noted=" + "0" * 12).json()["problem"] != ""
    with sqlite3.connect(places.registry.folder / "audit.sqlite") as connection:
        connection.execute("DROP TRIGGER audit_keeps_its_words")
        connection.execute("UPDATE audit SET subject = 'two'")
    assert client.get("/v1/model/audit/verification").json()["problem"].startswith("row 1 was altered")


def test_the_documents_of_a_bundle_say_what_is_missing(client: TestClient, places: ModelPlaces) -> None:
    places.registry.folder.mkdir()
    places.particulars.write_text('[owner]\nteam = "Addresses"\n', encoding="utf-8")
    shown = client.get("/v1/model/bundles/default/record").json()
    assert list(shown["documents"]) == ["MODEL_CARD.md", "ATRS.md", "QF4SA.md", "CSPA.md"]
    assert "Addresses" in shown["documents"]["ATRS.md"]
    assert "owner.team" not in shown["missing"]
    assert "owner.contact_email" in shown["missing"]


@pytest.mark.parametrize(
    ("name", "expected"),
    [("nobody", (404, "unknown-bundle")), ("@champion", (404, "unknown-bundle")), ("..", (404, "http"))],
)
def test_a_bundle_is_named_by_its_name_in_the_registry_alone(
    client: TestClient, name: str, expected: tuple[int, str]
) -> None:
    assert problem_of(client.get(f"/v1/model/bundles/{name}/record")) == expected


@pytest.mark.parametrize("role", list(Role))
def test_a_key_of_any_role_may_see_all_of_it(tmp_path: Path, places: ModelPlaces, role: Role) -> None:
    keys = tmp_path / "keys.json"
    _, sent = KeyFile(keys).add("somebody", role)
    with running(guard=Guard.of(AccessSettings(keys=keys)), model=places) as client:
        seen = [client.get(f"/v1/model{r}", headers={"Authorization": f"Bearer {sent}"}) for r in ROUTES]
        unseen = {client.get(f"/v1/model{route}").status_code for route in ROUTES}
    assert [answer.status_code for answer in seen] == [200] * len(ROUTES)
    assert seen[0].json()["person"] is None
    assert unseen == {401}


def test_a_service_that_is_open_to_a_network_shows_nothing_of_it_to_nobody(places: ModelPlaces) -> None:
    with running(model=places) as client:  # by another name than that of this machine
        assert {problem_of(client.get(f"/v1/model{route}")) for route in ROUTES} == {(403, "person-needed")}


def test_a_service_without_a_registry_has_none_of_it() -> None:
    with running() as client:
        assert client.get("/v1/model", headers={"Host": "127.0.0.1"}).status_code == 404
        assert "pages/model" not in client.get("/").text


def test_every_route_of_the_models_is_described(client: TestClient) -> None:
    paths = client.get("/openapi.json").json()["paths"]
    described = {path for path in paths if path.startswith("/v1/model")}
    assert described >= {f"/v1/model{route}" for route in ROUTES if "bundles" not in route}
    for path in described:
        for operation in paths[path].values():
            assert "application/problem+json" in operation["responses"]["409"]["content"]


def test_a_registry_is_not_made_by_looking_at_it(client: TestClient, places: ModelPlaces) -> None:
    for route in ROUTES:
        client.get(f"/v1/model{route}")
    assert not Registry(places.registry.folder).folder.exists()
