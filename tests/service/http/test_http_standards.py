"""What HTTP asks of any service: methods, HEAD, no redirect, values of their kind, and a name for each request."""

import logging
from pathlib import Path

import pytest

from address_match.indexer.errors import EngineUnavailableError
from address_match.service.http.app import create_app
from address_match.service.http.deployments.deployment import ActiveDeployment, LeasedDeployment
from address_match.service.http.service_parts import ServiceParts
from address_match.service.lifecycle.feedback.feedback_book import FeedbackBook
from address_match.service.settings.server_settings import ServerSettings
from tests.service.http.service_under_test import DEPLOYMENT, SmallPipeline, running
from tests.service.jobs.arrangements import jobs_in


@pytest.mark.parametrize(
    ("method", "path", "allowed"),
    [("DELETE", "/v1/bulk", "POST"), ("POST", "/v1/random", "GET, HEAD"), ("HEAD", "/v1/bulk", "POST")],
)
def test_a_method_that_is_not_served_is_told_those_that_are(method: str, path: str, allowed: str) -> None:
    with running() as client:
        answer = client.request(method, path)
    assert (answer.status_code, answer.headers["allow"]) == (405, allowed)


def test_a_place_with_several_methods_lists_them_all() -> None:
    with running() as client:
        answer = client.delete("/v1/addresses")
    assert {"GET", "HEAD", "POST"} == set(answer.headers["allow"].split(", "))


@pytest.mark.parametrize("path", ["/healthz", "/v1/addresses?input=1+mill+lane", "/v1/addresses/999"])
def test_head_is_answered_as_get_without_the_body(path: str) -> None:
    with running() as client:
        head, get = client.head(path), client.get(path)
    assert (head.status_code, head.headers["content-type"]) == (get.status_code, get.headers["content-type"])
    assert head.content == b""


@pytest.mark.parametrize("path", ["/v1/parse/?input=7+secret+lane", "/v1/addresses/?input=x", "/healthz/"])
def test_a_slash_too_many_redirects_nowhere(path: str) -> None:
    with running() as client:
        answer = client.get(path, headers={"host": "evil.example"}, follow_redirects=False)
    assert answer.status_code == 404
    assert "location" not in answer.headers


@pytest.mark.parametrize(
    "more", [{"limit": "5"}, {"limit": 5.0}, {"limit": True}, {"explain": 1}, {"explain": "yes"}]
)
def test_a_value_of_another_kind_is_refused(more: dict[str, object]) -> None:
    with running() as client:
        answer = client.post("/v1/addresses", json={"input": "1 mill lane", **more})
    assert (answer.status_code, answer.json()["errors"][0][:5]) == (422, "body.")


@pytest.mark.parametrize("more", ["limit=5.0", "limit=1_0", "explain=yes", "explain=1", "limit="])
def test_a_parameter_of_another_kind_is_refused(more: str) -> None:
    with running() as client:
        assert client.get(f"/v1/addresses?input=1+mill+lane&{more}").status_code == 422


def test_an_unknown_key_is_not_repeated() -> None:
    with running() as client:
        answers = [
            client.post("/v1/addresses", json={"input": "x", "7 secret lane": 1}),
            client.get("/v1/addresses?input=1&7+secret+lane=2"),
        ]
    assert [a.status_code for a in answers] == [422, 422]
    assert "secret" not in answers[0].text + answers[1].text


def test_every_refusal_is_described_with_the_status_that_is_sent() -> None:
    with running() as client:
        body = client.post("/v1/addresses", content=b"\xff{", headers={"content-type": "application/json"})
        described = client.get("/openapi.json").json()["paths"]["/v1/addresses"]["post"]["responses"]
    assert (body.status_code, body.json()["type"].rpartition("/")[2]) == (400, "unreadable-body")
    assert set(described) == {"200", "400", "413", "415", "422", "429", "503"}
    assert all("application/problem+json" in d["content"] for code, d in described.items() if code != "200")


class OutOfReach(SmallPipeline):
    """Has an engine that is gone."""

    def match(self, texts, *, top=5, thorough=False):  # type: ignore[no-untyped-def]  # noqa: ARG002
        raise EngineUnavailableError("the cluster does not answer") from TimeoutError("7 secret lane")


def test_an_outage_is_logged_once_with_the_name_of_the_request_and_no_address(
    caplog: pytest.LogCaptureFixture,
) -> None:
    with caplog.at_level(logging.WARNING, "address_match"), running(OutOfReach()) as client:
        answer = client.get("/v1/addresses?input=7+secret+lane", headers={"x-request-id": "frame-7.1"})
    assert (answer.status_code, answer.headers["x-request-id"]) == (503, "frame-7.1")
    assert answer.json()["request_id"] == "frame-7.1"
    lines = [r.getMessage() for r in caplog.records if r.name.startswith("address_match")]
    assert len(lines) == 1
    assert lines[0].startswith(
        "request frame-7.1: engine-unavailable: EngineUnavailableError: the cluster does not"
    )
    assert "TimeoutError" in lines[0]
    assert "secret" not in lines[0]


@pytest.mark.parametrize("given", ["", "x" * 65, "7 secret lane", "a\tb"])
def test_a_name_that_is_not_well_formed_is_replaced(given: str) -> None:
    with running() as client:
        answer = client.get("/healthz", headers={"x-request-id": given})
    assert len(answer.headers["x-request-id"]) == 32


def test_a_problem_is_described_with_the_one_media_type_that_it_is_sent_with() -> None:
    with running() as client:
        sent = client.get("/v1/addresses").headers["content-type"]
        described = client.get("/openapi.json").json()["paths"]["/v1/addresses"]["get"]["responses"]
    assert described["422"]["content"] == {sent: {"schema": {"$ref": "#/components/schemas/Problem"}}}


def test_operations_have_short_names_for_generated_clients_each_its_own() -> None:
    with running() as client:
        paths = client.get("/openapi.json").json()["paths"].values()
    names = [operation["operationId"] for path in paths for operation in path.values()]
    assert {"addresses_match_by_url", "lists_of_postcode", "health"} <= set(names)
    assert len(set(names)) == len(names)
    assert [name for name in names if "_v1_" in name] == []


def test_described_shapes_have_names_of_their_own(tmp_path: Path) -> None:
    parts = ServiceParts(feedback=FeedbackBook(tmp_path, 30), jobs=jobs_in(tmp_path / "jobs"))
    active = ActiveDeployment(LeasedDeployment(DEPLOYMENT, SmallPipeline()))
    shapes = create_app(active, ServerSettings(), parts).openapi()["components"]["schemas"]
    assert {"Verdict", "FeedbackVerdict"} <= set(shapes)
    assert [name for name in shapes if "__" in name] == []
