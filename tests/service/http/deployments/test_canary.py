"""Requests of the data sets that an owner named are answered by the candidate, all others by the bundle in service."""

from collections.abc import Iterator
from dataclasses import replace

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from address_match.service.http.app import create_app
from address_match.service.http.deployments.canary import Canary
from address_match.service.http.deployments.deployment import ActiveDeployment, LeasedDeployment
from address_match.service.http.service_parts import ServiceParts
from address_match.service.settings.server_settings import ServerSettings
from tests.service.http.service_under_test import DEPLOYMENT, SmallPipeline
from tests.service.http.test_shadow import Listening

CANDIDATE = replace(DEPLOYMENT, bundle="/srv/bundles/next", bundle_fingerprint="d" * 64)


@pytest.fixture
def beside() -> Listening:
    return Listening()


@pytest.fixture
def candidate() -> SmallPipeline:
    """Holds one premises under another identifier."""
    return SmallPipeline({"1 MILL LANE": "900"})


@pytest.fixture
def app(candidate: SmallPipeline, beside: Listening) -> FastAPI:
    active = ActiveDeployment(LeasedDeployment(DEPLOYMENT, SmallPipeline()))
    canary = Canary(ActiveDeployment(LeasedDeployment(CANDIDATE, candidate)), frozenset({"survey"}))
    return create_app(active, ServerSettings(), ServiceParts(shadow=beside, canary=canary))


@pytest.fixture
def client(app: FastAPI) -> Iterator[TestClient]:
    with TestClient(app) as served:
        yield served


@pytest.mark.parametrize("explain", [False, True])
def test_an_address_of_the_data_set_is_answered_by_the_candidate(
    client: TestClient, *, explain: bool
) -> None:
    asked = {"input": "1 mill lane", "explain": explain}
    of_survey = client.post("/v1/addresses", json={**asked, "dataset": "survey"}).json()
    of_others = client.post("/v1/addresses", json={**asked, "dataset": "census"}).json()
    assert (of_survey["uprn"], of_survey["answered_by"]) == ("900", "next")
    assert (of_others["uprn"], of_others["answered_by"]) == ("100", "small")


def test_so_are_all_of_a_bulk_request(client: TestClient) -> None:
    asked = {"addresses": ["1 mill lane", "2 mill lane"], "dataset": "survey"}
    found = client.post("/v1/bulk", json=asked).json()
    assert [answer["uprn"] for answer in found["answers"]] == ["900", ""]
    assert found["answered_by"] == "next"


def test_who_names_no_data_set_is_answered_as_before(client: TestClient) -> None:
    assert "answered_by" not in client.get("/v1/addresses", params={"input": "1 mill lane"}).json()
    assert "answered_by" not in client.post("/v1/bulk", json={"addresses": ["1 mill lane"]}).json()


def test_what_the_candidate_answers_is_not_offered_beside(client: TestClient, beside: Listening) -> None:
    client.post("/v1/addresses", json={"input": "1 mill lane", "dataset": "survey"})
    client.post("/v1/bulk", json={"addresses": ["1 mill lane"], "dataset": "survey"})
    assert beside.offered == []


def test_the_candidate_is_closed_with_the_service(candidate: SmallPipeline, app: FastAPI) -> None:
    with TestClient(app):
        assert not candidate.retriever.closed
    assert candidate.retriever.closed
