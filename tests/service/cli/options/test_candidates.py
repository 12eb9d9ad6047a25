"""Candidates that an alias names follow it under a running service, and the index that is promoted."""

import time
from argparse import Namespace
from collections.abc import Callable
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from address_match.models.registry import Registry
from address_match.service.cli.options.candidates import NamedCandidate, ServedIndex, canary_of
from address_match.service.facts.recorder import FactRecorder
from address_match.service.facts.store import FactStore
from address_match.service.facts.writer import FactWriter
from address_match.service.http.app import create_app
from address_match.service.http.deployments.deployment import ActiveDeployment, LeasedDeployment
from address_match.service.http.service_parts import ServiceParts
from address_match.service.lifecycle.shadow.shadow import NOT_OPENED, Shadow
from address_match.service.matching.policy import DecisionPolicy
from address_match.service.settings.server_settings import ServerSettings
from tests.integration.bundles import of_another_ranker
from tests.service.http.service_under_test import DEPLOYMENT, SmallPipeline

POLICY = DecisionPolicy()
NAMED = "@challenger"


@pytest.fixture
def registry(tmp_path: Path) -> Registry:
    """Two bundles that go with one index; the alias stands for the first."""
    registry = Registry(tmp_path / "registry")
    registry.add(of_another_ranker(tmp_path / "source"))
    registry.aliases.set("challenger", "default")
    return registry


def until(condition: Callable[[], bool]) -> None:
    end = time.monotonic() + 120
    while not condition():
        assert time.monotonic() < end
        time.sleep(0.02)


def test_both_are_those_that_the_alias_names_now_and_readiness_says_so(
    registry: Registry, index: Path, tmp_path: Path
) -> None:
    served = ServedIndex.fixed(index)
    options = Namespace(canary=NAMED, canary_datasets=["survey"], canary_index=None, device="cpu")
    options.registry = registry.folder
    canary = canary_of(options, served, POLICY, 0.01)
    recorder = FactRecorder(FactWriter(FactStore(tmp_path / "facts"), 400), seconds=0.01)
    shadow = Shadow(NamedCandidate(registry, NAMED, served, "cpu", POLICY), recorder, seconds=0.01)
    active = ActiveDeployment(LeasedDeployment(DEPLOYMENT, SmallPipeline()))
    assert canary is not None
    active.candidates = (shadow.standing, canary.standing)
    shadow.start()
    with TestClient(
        create_app(active, ServerSettings(), ServiceParts(shadow=shadow, canary=canary))
    ) as client:

        def ready() -> tuple[dict[str, str], set[str]]:
            said = client.get("/readyz").json()
            return {role: one["bundle"] for role, one in said["candidates"].items()}, set(said["checks"])

        assert ready() == ({"shadow": "default", "canary": "default"}, {"index"})
        registry.aliases.set("challenger", "other")
        until(lambda: ready() == ({"shadow": "other", "canary": "other"}, {"index"}))
        asked = {"addresses": ["1 mill lane"], "dataset": "survey"}
        assert client.post("/v1/bulk", json=asked).json()["answered_by"] == "other"
        client.post("/v1/bulk", json={"addresses": ["1 mill lane"]})
        until(lambda: shadow.recorded() == 1)
        registry.aliases.remove("challenger")
        until(lambda: ready() == ({"shadow": "other", "canary": "other"}, {"index", "shadow", "canary"}))
        assert shadow.standing().trouble == NOT_OPENED
    shadow.stop()
    facts = FactStore(tmp_path / "facts").read("bulk", ["bundle"]).table
    assert facts.column("bundle").to_pylist() == [registry.load("other").fingerprint[:12]]


def test_another_index_that_is_promoted_is_another_candidate(registry: Registry, tmp_path: Path) -> None:
    generation = ["g000001"]
    served = ServedIndex(lambda: tmp_path, lambda: generation[0])
    candidate = NamedCandidate(registry, NAMED, served, "cpu", POLICY)
    before = candidate.signature()
    assert candidate.signature() == before
    generation[0] = "g000002"
    assert candidate.signature() != before
