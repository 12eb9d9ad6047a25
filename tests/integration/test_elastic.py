"""The commands with Elasticsearch behind them: as with a folder, and the same answers."""

import csv
import json
import signal
import subprocess
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from elasticsearch import Elasticsearch
from fastapi.testclient import TestClient

from address_match.indexer.elastic.connection.cluster import Cluster
from address_match.indexer.elastic.connection.retrying_client import ONLINE
from address_match.indexer.elastic.elastic_index import ElasticIndex
from address_match.indexer.elastic.stored.mapping import IndexLayout
from address_match.models.registry import Registry
from address_match.service.build import build_elastic
from address_match.service.http.app import create_app
from address_match.service.http.deployments.deployment import ActiveDeployment, LeasedDeployment
from address_match.service.lifecycle.promotion import open_promoted
from address_match.service.settings.server_settings import ServerSettings
from address_match.service.wiring import open_deployment
from tests.integration.bundles import of_another_ranker
from tests.integration.conftest import REFERENCE, Command, environment, python

LEAST_AGREEMENT = 0.995


@pytest.fixture(scope="module")
def country_in_cluster(cluster: Cluster, module_alias: str, country: Path) -> ElasticIndex:
    """The index of the country in the cluster."""
    index = ElasticIndex(cluster, module_alias, ONLINE)
    build_elastic(country / "reference.csv", ElasticIndex(cluster, module_alias), IndexLayout())
    return index


@pytest.fixture
def named(country_in_cluster: ElasticIndex) -> tuple[str, ...]:
    """The options that name it."""
    index = country_in_cluster
    return ("--engine", "elastic", "--url", index.cluster.url, "--alias", index.alias)


@pytest.fixture
def own(cluster: Cluster, alias: str) -> tuple[str, ...]:
    """The options that name an alias of this test."""
    return ("--url", cluster.url, "--alias", alias)


def uprns(answers: Path) -> list[str]:
    with answers.open(encoding="utf-8", newline="") as file:
        return [row["match_uprn"] for row in csv.DictReader(file)]


def test_a_file_is_matched_to_the_same_premises_as_by_the_embedded_engine(
    command: Command, country: Path, country_index: Path, named: tuple[str, ...], tmp_path: Path
) -> None:
    asked = ("match", country / "queries.csv", "--columns", "address")
    assert command(*asked, "--index", country_index, "--out", "embedded.csv").code == 0
    assert command(*asked, *named, "--out", "elastic.csv").code == 0
    ours, theirs = uprns(tmp_path / "embedded.csv"), uprns(tmp_path / "elastic.csv")
    same = sum(a == b for a, b in zip(ours, theirs, strict=True))
    assert same >= LEAST_AGREEMENT * len(ours)


def test_find_explain_and_evaluate_take_it(command: Command, country: Path, named: tuple[str, ...]) -> None:
    with (country / "queries.csv").open(encoding="utf-8", newline="") as file:
        query = next(row for row in csv.DictReader(file) if row["class"] == "as_registered")
    assert json.loads(command("find", query["address"], *named, "--json").out)["uprn"] == query["uprn"]
    assert "dense" in command("explain", query["address"], *named).out
    measured = command("evaluate", "--queries", country / "queries.csv", *named, "--json")
    assert json.loads(measured.out)["overall"]["rank_1"] > 0.9


def test_the_same_conflicts_are_listed_as_of_a_folder(
    command: Command, country_in_cluster: ElasticIndex, country_index: Path, tmp_path: Path
) -> None:
    index = country_in_cluster
    named = ("--url", index.cluster.url, "--alias", index.alias)
    assert command("index", "info", country_index, "--conflicts", "folder.csv").code == 0
    described = command("es", "info", *named, "--conflicts", "cluster.csv")
    assert "statistics" in described.out
    assert (tmp_path / "cluster.csv").read_text() == (tmp_path / "folder.csv").read_text()
    assert json.loads(command("es", "info", *named, "--json").out)["premises"]


def test_the_service_answers_from_it(country_in_cluster: ElasticIndex) -> None:
    opened = open_deployment(country_in_cluster)
    app = create_app(ActiveDeployment(LeasedDeployment(opened.deployment, opened.pipeline)), ServerSettings())
    with TestClient(app) as http:
        assert http.get("/readyz").status_code == 200
        answer = http.get("/v1/addresses", params={"input": "1 high street"})
        assert answer.status_code == 200


def test_an_alias_is_promoted_compared_taken_back_and_served(
    command: Command, country_in_cluster: ElasticIndex, named: tuple[str, ...], country: Path, tmp_path: Path
) -> None:
    kept = ("--registry", tmp_path / "registry")
    Registry(tmp_path / "registry").add(of_another_ranker(tmp_path / "source"))
    for bundle in ("default", "other"):
        said = command("model", "promote", bundle, *named, *kept)
        assert (said.code, country_in_cluster.place in said.out) == (0, True), said.err
    compared = command(
        "model", "compare", "@champion", "default", "--queries", country / "queries.csv", *kept, "--json"
    )
    assert json.loads(compared.out)["changed"] == 0
    assert command("model", "rollback", *kept).code == 0
    assert command("audit", "verify", *kept).code == 0
    with closing(open_promoted(Registry(tmp_path / "registry")).pipeline) as pipeline:
        assert pipeline.match(["1 high street"])[0].status


def test_a_village_is_built_changed_rolled_back_and_dropped(
    command: Command,
    own: tuple[str, ...],
    alias: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    (tmp_path / "village.csv").write_text(REFERENCE)
    (tmp_path / "changes.csv").write_text(
        'uprn,address,change\n100,,D\n600,"3 THORNBECK ROW, MARLOW FOLD ZE1 4QT",I\n'
    )
    assert f"{alias} names {alias}-000001" in command("es", "build", "village.csv", *own).out
    assert (
        "1 premises written, 1 deleted, 0 known"
        in command("es", "update", "changes.csv", "--version", "2026-11-21", *own).out
    )
    found = command("find", "3 thornbeck row marlow fold", "--engine", "elastic", *own, "--json")
    assert json.loads(found.out)["candidates"][0]["uprn"] == "600"
    assert "holds 5 texts" in command("es", "check", *own).out
    assert command("es", "build", "village.csv", *own).code == 0
    listing = json.loads(command("es", "list", *own, "--json").out)
    assert [(each["in_force"], each["texts"]) for each in listing] == [(False, 5), (True, 5)]
    monkeypatch.setenv("ADDRESS_MATCH_ELASTIC_ALIAS", alias)
    assert command("es", "rollback", *own[:2]).out == f"{alias} names {alias}-000001 again\n"
    assert command("es", "drop", f"{alias}-000002", *own).code == 0
    assert command("es", "drop", f"{alias}-000001", *own).code == 1


def test_a_build_that_is_killed_is_gone_on_with(
    command: Command, own: tuple[str, ...], country: Path, alias: str, client: Elasticsearch, tmp_path: Path
) -> None:
    started = subprocess.Popen(
        python("-m", "address_match.service.cli", "es", "build", str(country / "reference.csv"), *own),
        cwd=tmp_path,
        env=environment(),
        stderr=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
    )
    for _ in _until(60):
        written = client.options(ignore_status=(404, 503)).exists(index=f"{alias}-000001", id="~build")
        if written or started.poll() is not None:
            break
    started.send_signal(signal.SIGKILL)
    started.wait()
    assert not client.indices.exists_alias(name=alias)
    assert command("es", "build", country / "reference.csv", *own).code == 0
    assert command("es", "check", *own).code == 0
    assert list(client.indices.get_alias(name=alias)) == [f"{alias}-000001"]


def _until(seconds: float) -> Iterator[None]:
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        yield
        time.sleep(0.02)


@pytest.mark.parametrize(
    ("options", "code", "says"),
    [
        ((), 2, "name the index"),
        (("--engine", "elastic", "--alias", "a"), 2, "ADDRESS_MATCH_ELASTIC_URL"),
        (("--engine", "elastic", "--url", "http://localhost:9200"), 2, "ADDRESS_MATCH_ELASTIC_ALIAS"),
        (("--engine", "elastic", "--index", "x"), 2, "--index names a folder"),
        (("--index", "x", "--alias", "a"), 2, "go with --engine elastic"),
        (("--engine", "elastic", "--url", "http://127.0.0.1:9", "--alias", "a"), 1, "does not answer"),
        (("--engine", "elastic", "--url", "http://u:pw@localhost", "--alias", "a"), 1, "would be logged"),
    ],
)
def test_an_elastic_index_that_is_named_wrongly(
    command: Command, options: tuple[str, ...], code: int, says: str
) -> None:
    said = command("find", "1 thornbeck row", *options)
    assert (said.code, says in said.err) == (code, True), said.err
    assert len(said.err.splitlines()) == 1
