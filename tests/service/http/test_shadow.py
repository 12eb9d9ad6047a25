"""Answers whose facts are kept are offered to whoever answers beside; others are not."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

import pytest
from fastapi.testclient import TestClient

from address_match.service.http.app import create_app
from address_match.service.http.deployments.deployment import ActiveDeployment, LeasedDeployment
from address_match.service.http.service_parts import ServiceParts
from address_match.service.matching.answer import Answer
from address_match.service.settings.server_settings import ServerSettings
from tests.service.http.service_under_test import DEPLOYMENT, SmallPipeline


@dataclass
class Listening:
    """Keeps what it is offered."""

    offered: list[tuple[str, str, list[tuple[str, str]]]] = field(default_factory=list)

    def offer(self, channel: str, champion: str, texts: Sequence[str], answers: Sequence[Answer]) -> None:
        pairs = [(text, answer.uprn) for text, answer in zip(texts, answers, strict=True)]
        self.offered.append((channel, champion[:3], pairs))


@pytest.fixture
def shadow() -> Listening:
    return Listening()


@pytest.fixture
def client(shadow: Listening) -> Iterator[TestClient]:
    active = ActiveDeployment(LeasedDeployment(DEPLOYMENT, SmallPipeline()))
    with TestClient(create_app(active, ServerSettings(), ServiceParts(shadow=shadow))) as served:
        yield served


def test_single_and_bulk_answers_are_offered_with_the_bundle_that_gave_them(
    client: TestClient, shadow: Listening
) -> None:
    client.post("/v1/addresses", json={"input": "1 mill lane"})
    client.post("/v1/bulk", json={"addresses": ["2 mill lane", "9 mill lane"]})
    assert shadow.offered == [
        ("single", "bbb", [("1 mill lane", "100")]),
        ("bulk", "bbb", [("2 mill lane", "0200"), ("9 mill lane", "")]),
    ]


def test_an_explanation_is_offered_and_an_answer_within_a_filter_is_not(
    client: TestClient, shadow: Listening
) -> None:
    client.post("/v1/addresses", json={"input": "1 mill lane", "as_at": "2021-03-21"})
    client.post("/v1/addresses", json={"input": "1 mill lane", "explain": True})
    assert [channel for channel, _, _ in shadow.offered] == ["single"]
