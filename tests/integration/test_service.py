"""The HTTP service over a real index: what bulk, health and documentation say, and what stays out of the logs."""

import json
import logging
import re
import signal
import subprocess
import threading
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from address_match.service.http.app import create_app
from address_match.service.http.deployments.deployment import ActiveDeployment, LeasedDeployment
from address_match.service.settings.server_settings import ServerSettings
from address_match.service.wiring import open_deployment
from tests.integration.conftest import active_deployment, environment, python
from tests.integration.test_bad_rows import ODD

PROBLEM = "application/problem+json"


@pytest.fixture
def client(village_index: Path) -> Iterator[TestClient]:
    with TestClient(create_app(active_deployment(village_index), ServerSettings())) as served:
        yield served


def test_every_odd_address_in_bulk_gets_an_answer_in_its_place(client: TestClient) -> None:
    found = client.post("/v1/bulk", json={"addresses": list(ODD.values())})
    assert found.status_code == 200
    answers = found.json()["answers"]
    assert [a["input"] for a in answers] == list(ODD.values())
    failed = [kind for kind, a in zip(ODD, answers, strict=True) if a["reason"] == "error"]
    assert failed == ["a little longer", "much longer"]


def test_an_address_is_matched_alike_by_its_parts_its_lines_and_as_one_string(client: TestClient) -> None:
    parts = {"postcode": "ZE1 4QT", "town": "Marlow Fold", "street": "Thornbeck Row", "number": "1"}
    written = "1 Thornbeck Row, Marlow Fold, ZE1 4QT"
    answers = [
        client.post("/v1/addresses", json={"input": given}).json()
        for given in (written, written.replace(", ", "\n"), parts)
    ]
    whole = [{**answer, "input": "", "answer_id": ""} for answer in answers]
    assert (whole[0]["uprn"], whole[1], whole[2]) == ("100", whole[0], whole[0])


@pytest.mark.parametrize("kind", list(ODD))
def test_no_odd_address_is_a_server_error(client: TestClient, kind: str) -> None:
    answers = [client.post("/v1/addresses", json={"input": ODD[kind]})]
    if len(ODD[kind]) < 60_000:  # longer ones are more than a URL may hold
        answers.append(client.get("/v1/addresses", params={"input": ODD[kind]}))
        answers.append(client.get("/v1/parse", params={"input": ODD[kind]}))
    expected = 422 if len(ODD[kind]) > 10_000 else 200
    assert {a.status_code for a in answers} == {expected}
    if expected == 422:
        assert {a.headers["content-type"] for a in answers} == {PROBLEM}
        assert {a.json()["type"].rpartition("/")[2] for a in answers} == {"address-too-long"}


def test_readiness_turns_red_when_the_index_is_closed_and_health_does_not(village_index: Path) -> None:
    opened = open_deployment(village_index)
    served = ActiveDeployment(LeasedDeployment(opened.deployment, opened.pipeline, opened.reference))
    with TestClient(create_app(served, ServerSettings())) as client:
        ready = client.get("/readyz").json()
        assert (ready["status"], ready["checks"]) == ("ready", {"index": "ok"})
        held = ready["reference"]
        assert (held["engine"], held["index"], held["texts"]) == (
            "local",
            village_index.name,
            held["premises"],
        )
        assert held["built"].startswith("20")
        opened.pipeline.close()
        red = client.get("/readyz")
        unanswered = [
            client.get("/v1/addresses", params={"input": "1 thornbeck row"}),
            client.post("/v1/bulk", json={"addresses": ["1 thornbeck row"] * 30}),
            client.get("/v1/addresses/100"),
        ]
        assert client.get("/healthz").json()["status"] == "ok"
    for answer in (red, *unanswered):
        assert (answer.status_code, answer.headers["content-type"]) == (503, PROBLEM)
        assert str(village_index) not in answer.text


def test_the_examples_of_the_documentation_can_be_sent(client: TestClient) -> None:
    assert client.get("/docs").status_code == 200
    described = client.get("/openapi.json").json()
    for path in ("/v1/addresses", "/v1/bulk"):
        body = described["paths"][path]["post"]["requestBody"]["content"]["application/json"]["schema"][
            "$ref"
        ]
        example = described["components"]["schemas"][body.rpartition("/")[2]]["examples"][0]
        assert client.post(path, json=example).status_code == 200
    for path in ("/v1/addresses", "/v1/parse"):
        question = described["paths"][path]["get"]["parameters"][0]
        example = question["schema"]["examples"][0]
        assert client.get(path, params={question["name"]: example}).status_code == 200


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("GET", "/nowhere"),
        ("DELETE", "/v1/addresses"),
        ("GET", "/v1/bulk"),
        ("GET", "/v1/addresses"),
        ("GET", "/v1/addresses/999"),
        ("GET", "/v1/addresses?input=x&limit=0"),
        ("GET", "/v1/addresses?input=x&limit=many"),
        ("GET", "/v1/parse"),
        ("POST", "/v1/bulk"),
    ],
)
def test_every_refusal_is_a_problem_document(client: TestClient, method: str, path: str) -> None:
    answer = client.request(method, path)
    assert 400 <= answer.status_code < 500
    assert answer.headers["content-type"] == PROBLEM
    problem = answer.json()
    assert problem["status"] == answer.status_code
    assert {"type", "title", "detail"} <= problem.keys()


def test_no_log_of_any_library_holds_an_address(
    village_index: Path, caplog: pytest.LogCaptureFixture
) -> None:
    with (
        caplog.at_level(logging.DEBUG),
        TestClient(create_app(active_deployment(village_index), ServerSettings())) as client,
    ):
        client.post("/v1/addresses", json={"input": "7 secret lane"})
        client.post("/v1/addresses", json={"input": "7 secret lane", "limit": 0})
        client.post("/v1/addresses", content=b'{"input": "7 secret lane"')
        client.post("/v1/bulk", json={"addresses": ["7 secret lane", "x" * 10_001]})
    assert [r.getMessage() for r in caplog.records if "secret" in r.getMessage().lower()] == []


def test_the_output_of_a_running_server_holds_no_address(village_index: Path, tmp_path: Path) -> None:
    started = subprocess.Popen(
        python("-m", "address_match.service.cli", "serve", "--index", str(village_index), "--port", "0"),
        cwd=tmp_path,
        env=environment(),
        stderr=subprocess.STDOUT,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert started.stdout is not None
    killer = threading.Timer(60, started.kill)
    killer.start()
    try:
        url = re.search(r"http://127\.0\.0\.1:\d+", started.stdout.readline())
        assert url is not None
        codes = [
            _code(f"{url[0]}/v1/addresses?input=7%20secret%20lane"),
            _code(f"{url[0]}/v1/addresses?input=7%20secret%20lane&limit=0"),
            _code(f"{url[0]}/v1/addresses", {"input": "7 secret lane"}),
            _code(f"{url[0]}/v1/bulk", {"addresses": ["7 secret lane"], "more": 1}),
            _code(f"{url[0]}/v1/addresses?input={'7secret' * 20_000}"),
        ]
    finally:
        started.send_signal(signal.SIGTERM)
        log = started.stdout.read()
        started.stdout.close()
        code = started.wait(30)
        killer.cancel()
    assert (code, codes[:4]) == (0, [200, 422, 200, 422])
    assert 400 <= codes[4] < 500
    assert "secret" not in log


def _code(url: str, body: object = None) -> int:
    data = None if body is None else json.dumps(body).encode()
    request = urllib.request.Request(url, data, {"content-type": "application/json"})  # noqa: S310 - our own server
    try:
        with urllib.request.urlopen(request, timeout=30) as response:  # noqa: S310 - our own server
            return int(response.status)
    except urllib.error.HTTPError as error:
        error.close()
        return int(error.code)
