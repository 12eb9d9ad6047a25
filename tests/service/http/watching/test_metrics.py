"""What a service counts and times, as Prometheus reads it."""

from collections.abc import Iterator
from http.client import HTTPConnection

import pytest
from fastapi.testclient import TestClient
from prometheus_client.parser import text_string_to_metric_families

from address_match.service.http.connections.bounded_server import listen
from address_match.service.http.deployments.deployment import ActiveDeployment, LeasedDeployment
from address_match.service.http.probes import answering_probes
from address_match.service.http.watching.answered_request import AnsweredRequest
from address_match.service.http.watching.metrics import ServiceMetrics
from address_match.service.matching.stage_times import listen_to_stages, timed
from address_match.service.opening.served_reference import ServedReference
from tests.service.http.service_under_test import DEPLOYMENT, SmallPipeline, metrics_of, running, serving
from tests.service.http.watch_under_test import SmallWatch

Values = dict[tuple[str, ...], float]
ASKED = "/v1/addresses?input=1+mill+lane"


def values(metrics: ServiceMetrics, name: str) -> Values:
    """The samples of one name, by the values of their labels in the order of the labels' names."""
    families = text_string_to_metric_families(metrics.text().decode())
    return {
        tuple(sample.labels.values()): sample.value
        for family in families
        for sample in family.samples
        if sample.name == f"address_match_{name}"
    }


@pytest.fixture
def client() -> Iterator[TestClient]:
    with running() as answering:
        yield answering


def test_requests_are_counted_by_the_pattern_of_their_route(client: TestClient) -> None:
    for path in (ASKED, "/v1/addresses/100", "/v1/addresses/999", "/v1/parse?nbest=x", "/7+secret+lane"):
        client.get(path)
    assert values(metrics_of(client), "requests_total") == {
        ("GET", "/v1/addresses", "200"): 1,
        ("GET", "/v1/addresses/{uprn:path}", "200"): 1,
        ("GET", "/v1/addresses/{uprn:path}", "404"): 1,
        ("GET", "/v1/parse", "422"): 1,
        ("GET", "none", "404"): 1,
    }
    assert values(metrics_of(client), "request_seconds_count")[("/v1/addresses",)] == 1


def test_a_method_that_somebody_invented_gets_no_label_of_its_own(client: TestClient) -> None:
    client.request("SECRETLANE", "/v1/bulk")
    assert b"SECRETLANE" not in metrics_of(client).text()


def test_an_error_that_nobody_foresaw_is_counted() -> None:
    class Broken(SmallPipeline):
        def match(self, texts, *, top=5, thorough=False):  # type: ignore[no-untyped-def]  # noqa: ARG002
            raise ValueError("7 secret lane")

    with running(Broken()) as client:
        client.get(ASKED)
        assert values(metrics_of(client), "requests_total") == {("GET", "/v1/addresses", "500"): 1}


def test_answers_are_counted_with_their_reason_and_what_is_expected_of_their_precision(
    client: TestClient,
) -> None:
    client.get(ASKED)
    client.post("/v1/bulk", json={"addresses": ["2 mill lane", "nowhere", ""]})
    assert values(metrics_of(client), "answers_total") == {
        ("", "matched"): 2,
        ("absent", "unmatched"): 1,
        ("blank", "unmatched"): 1,
    }
    assert values(metrics_of(client), "matched_probability_total")[()] == pytest.approx(2 * 0.97)


def test_batches_are_counted_by_their_size(client: TestClient) -> None:
    client.get(ASKED)
    assert values(metrics_of(client), "batch_addresses_sum") == {(): 1}


def test_stages_are_timed_where_somebody_listens() -> None:
    heard = []
    listen_to_stages(lambda stage, seconds: heard.append((stage, seconds >= 0)))
    with timed("retrieve"):
        pass
    listen_to_stages(None)
    with timed("rank"):
        pass
    assert heard == [("retrieve", True)]


def test_what_answers_is_named_and_nothing_of_the_server() -> None:
    reference = ServedReference("local", "index", "towns.csv", "2026-11-01T00:00:00+00:00", 2, 3)
    active = ActiveDeployment(LeasedDeployment(DEPLOYMENT, SmallPipeline(), reference))
    with serving(active) as client:
        text = metrics_of(client).text().decode()
    families = text_string_to_metric_families(text)
    labels = next(f.samples[0].labels for f in families if f.name == "address_match_deployment_info")
    named = labels["bundle"], labels["generation"], labels["reference"], labels["premises"]
    assert named == ("small", "g000001", "towns.csv", "2")
    assert "/srv" not in text


def test_nothing_waits_in_a_queue_of_a_service_at_rest(client: TestClient) -> None:
    shown = values(metrics_of(client), "queue_work") | values(metrics_of(client), "bulk_requests")
    assert shown == {(): 0}


def test_metrics_are_given_on_the_port_of_the_probes_alone(client: TestClient) -> None:
    metrics = ServiceMetrics()
    metrics.count_request(AnsweredRequest("/v1/parse", "GET", 200, 0.1, ""))
    with listen("127.0.0.1", 0) as listening, answering_probes(SmallWatch(), metrics, listening):
        connection = HTTPConnection("127.0.0.1", listening.getsockname()[1], timeout=20)
        connection.request("GET", "/metrics")
        answer = connection.getresponse()
        text = answer.read().decode()
        connection.close()
    assert (answer.status, answer.headers["content-type"]) == (
        200,
        "text/plain; version=0.0.4; charset=utf-8",
    )
    assert 'address_match_requests_total{method="GET",route="/v1/parse",status="200"} 1.0' in text
    assert client.get("/metrics").status_code == 404
