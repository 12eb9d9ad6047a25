import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from address_match.service.http.app import create_app
from address_match.service.http.deployments.deployment import ActiveDeployment, LeasedDeployment
from address_match.service.http.service_parts import ServiceParts
from address_match.service.lifecycle.feedback.feedback_book import FeedbackBook
from address_match.service.settings.server_settings import ServerSettings
from tests.service.http.service_under_test import DEPLOYMENT, SmallPipeline, metrics_of, running


@pytest.fixture
def client(tmp_path: Path) -> Iterator[TestClient]:
    active = ActiveDeployment(LeasedDeployment(DEPLOYMENT, SmallPipeline()))
    app = create_app(active, ServerSettings(), ServiceParts(feedback=FeedbackBook(tmp_path, 30)))
    with TestClient(app) as served:
        yield served


def answered(client: TestClient, address: str = "1 mill lane") -> str:
    found: str = client.post("/v1/addresses", json={"input": address}).json()["answer_id"]
    return found


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("1 mill lane", {"verdict": "accepted"}),
        ("1 mill lane", {"verdict": "corrected", "uprn": "0200"}),
        ("9 mill lane", {"verdict": "not_there"}),
    ],
)
def test_feedback_is_kept_by_the_id_of_its_answer_without_the_address(
    client: TestClient, tmp_path: Path, address: str, said: dict[str, str]
) -> None:
    name = answered(client, address)
    kept = client.post("/v1/feedback", json={"answer_id": name, **said})
    assert (kept.status_code, kept.json()) == (200, {"answer_id": name, "verdict": said["verdict"]})
    (path,) = tmp_path.glob("*.ndjson")
    row = json.loads(path.read_text())
    assert (row["verdict"], row["corrected_uprn"]) == (said["verdict"], said.get("uprn", ""))
    assert "mill" not in path.read_text().lower()
    assert (
        f'address_match_feedback_total{{verdict="{said["verdict"]}"}} 1.0'
        in metrics_of(client).text().decode()
    )


@pytest.mark.parametrize(
    ("body", "status", "kind"),
    [
        ({"answer_id": "W10.AAAA", "verdict": "accepted"}, 404, "unknown-answer"),
        ({"answer_id": "x" * 401, "verdict": "accepted"}, 422, "invalid-request"),
        ({"answer_id": 7, "verdict": "accepted"}, 422, "invalid-request"),
        ({"verdict": "accepted"}, 422, "invalid-request"),
        ({"answer_id": "", "verdict": "perhaps"}, 422, "invalid-request"),
        ({"answer_id": "", "verdict": "corrected"}, 422, "invalid-request"),
        ({"answer_id": "", "verdict": "accepted", "uprn": "100"}, 422, "invalid-request"),
        ({"answer_id": "", "verdict": "corrected", "uprn": "1" * 41}, 422, "invalid-request"),
        ({"answer_id": "", "verdict": "accepted", "note": "12 Mill Lane"}, 422, "invalid-request"),
    ],
)
def test_feedback_that_cannot_be_is_refused(
    client: TestClient, tmp_path: Path, body: dict[str, object], status: int, kind: str
) -> None:
    refused = client.post("/v1/feedback", json=body)
    assert (refused.status_code, refused.json()["type"].rpartition("/")[2]) == (status, kind)
    assert list(tmp_path.glob("*.ndjson")) == []


def test_a_correction_names_a_premises_of_the_reference_so_that_it_can_hold_no_address(
    client: TestClient,
) -> None:
    asked = {"answer_id": answered(client), "verdict": "corrected", "uprn": "12 Mill Lane"}
    refused = client.post("/v1/feedback", json=asked)
    assert refused.json()["type"].rpartition("/")[2] == "unknown-uprn"
    assert "Mill" not in refused.text


def test_a_service_that_keeps_no_feedback_names_no_answers() -> None:
    with running() as client:
        assert "answer_id" not in client.post("/v1/addresses", json={"input": "1 mill lane"}).json()
        assert client.post("/v1/feedback", json={}).status_code == 404
