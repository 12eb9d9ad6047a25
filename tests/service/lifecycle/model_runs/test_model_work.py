"""A retraining and a comparison as a service has them done: by the commands, as processes of their own."""

import asyncio
from dataclasses import replace
from pathlib import Path

import pytest

from address_match.models.bundle.compare import differing_parts
from address_match.models.registry import Deployment
from address_match.service.lifecycle.audit.audit import Audit
from address_match.service.lifecycle.comparison.gates import GATES_FILE
from address_match.service.lifecycle.comparison.receipt import read_receipts
from address_match.service.lifecycle.model_places import ModelPlaces
from address_match.service.lifecycle.model_runs.model_run import ModelRun, Queries, RunKind
from address_match.service.lifecycle.model_runs.model_work import CommandModelWork
from address_match.service.lifecycle.model_runs.scope import Scope
from address_match.timestamp import timestamp
from tests.built_index import built_index
from tests.service.cli.conftest import REFERENCE
from tests.service.cli.train.test_retrain import HELD
from tests.service.http.model_client import places_in
from tests.service.http.service_under_test import DEPLOYMENT
from tests.service.lifecycle.model_runs.arrangements import labelled

RETRAINING = ModelRun(
    id="0", kind=RunKind.RETRAIN, by="Ann", begun="", bundle="candidate", scope=Scope.CALIBRATION
)
COMPARISON = replace(RETRAINING, kind=RunKind.COMPARE, scope=None, queries=Queries.LABELS)


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Deployment:
    index = built_index(tmp_path_factory.mktemp("runs"), REFERENCE)
    return replace(DEPLOYMENT, bundle="default", index=str(index))


@pytest.fixture
def places(tmp_path: Path) -> ModelPlaces:
    return places_in(tmp_path)


def did(places: ModelPlaces, run: ModelRun, served: Deployment, folder: Path) -> str:
    folder.mkdir()
    return asyncio.run(CommandModelWork(places).do(replace(run, begun=timestamp()), served, folder))


def test_a_bundle_of_the_registry_comes_of_labels_and_is_compared_on_them(
    places: ModelPlaces, served: Deployment, tmp_path: Path
) -> None:
    labelled(places.labels, tmp_path, HELD, 6)
    assert did(places, RETRAINING, served, tmp_path / "retraining") == ""
    registry = places.registry
    (taken_in,) = Audit(registry.folder).rows()
    assert (taken_in.act, taken_in.by, taken_in.subject) == ("import", "Ann", "candidate")
    parts = differing_parts(registry.load("default"), registry.load("candidate"))
    assert parts == ["MODEL_CARD.md", "calibration/calibration.json", "reference_facts.parquet"]
    (registry.folder / GATES_FILE).write_text("least_rows = 1000", encoding="utf-8")
    assert did(places, COMPARISON, served, tmp_path / "comparison") == ""
    (receipt,) = read_receipts(registry.folder)
    assert (receipt.candidate_fingerprint, receipt.comparison.rows) == (
        registry.load("candidate").fingerprint,
        60,
    )


def test_why_a_command_refuses_is_said(places: ModelPlaces, served: Deployment, tmp_path: Path) -> None:
    assert "no label yet" in did(places, COMPARISON, served, tmp_path / "comparison")
    labelled(places.labels, tmp_path, HELD, 1)
    problem = did(places, RETRAINING, served, tmp_path / "retraining")
    assert problem == "10 labels are too few to learn from; 50 are needed, and 300 are better"
    ranker = replace(RETRAINING, scope=Scope.RANKER)
    assert "no reference" in did(places, ranker, served, tmp_path / "ranker")
    elsewhere = replace(served, alias="addresses")
    assert "Elasticsearch" in did(places, RETRAINING, elsewhere, tmp_path / "elsewhere")
    assert places.registry.names() == ["default"]
