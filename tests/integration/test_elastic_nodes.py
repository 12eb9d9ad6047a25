"""A cluster of three real nodes, of which some are killed, frozen or cut off while it is asked."""

import subprocess
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

import pytest
from fastapi.testclient import TestClient

from address_match.indexer.elastic.administration import check_index, list_indices
from address_match.indexer.elastic.connection.retrying_client import ONLINE, Patience
from address_match.indexer.elastic.elastic_index import ElasticIndex
from address_match.indexer.elastic.stored.mapping import IndexLayout
from address_match.indexer.errors import EngineUnavailableError
from address_match.service.batch.match_batches import BATCH_ROWS
from address_match.service.build import build_elastic
from address_match.service.http.app import create_app
from address_match.service.http.deployments.deployment import ActiveDeployment, LeasedDeployment
from address_match.service.settings.server_settings import ServerSettings
from address_match.service.wiring import open_deployment, open_pipeline
from tests.integration.conftest import Command, environment, python
from tests.nodes import Nodes, three_nodes

pytestmark = pytest.mark.slow

COPIED = IndexLayout(replicas=1)
IMPATIENT = Patience(request_seconds=5.0, seconds=15.0, waits_out_failures=True)
LONGEST_ONLINE = 10.0
"""Seconds in which a person at a screen is answered, on a machine that does other work too."""
TIMES = 4 * BATCH_ROWS // 200
"""How often the 200 addresses of the country are asked, so that they are several batches."""
PROBLEM = "application/problem+json"


@pytest.fixture(scope="module")
def nodes() -> Iterator[Nodes]:
    with three_nodes() as running:
        yield running


@pytest.fixture(scope="module")
def copied(nodes: Nodes, country: Path) -> ElasticIndex:
    """The country, in an index with a copy on another node."""
    index = ElasticIndex(nodes.cluster, "copied")
    build_elastic(country / "reference.csv", index, COPIED)
    return index


@pytest.fixture
def healthy(nodes: Nodes) -> Iterator[Nodes]:
    """All nodes, and all of them again for the next test."""
    nodes.wait_for_all("yellow")
    yield nodes
    nodes.start_again(*nodes.urls)
    nodes.wait_for_all("yellow")


@pytest.fixture
def fresh(nodes: Nodes) -> ElasticIndex:
    """An alias that names nothing yet."""
    return ElasticIndex(nodes.cluster, f"fresh-{uuid4().hex[:8]}")


def holder(nodes: Nodes, index: ElasticIndex) -> str:
    """Name the node with the primary of the newest index of an alias."""
    return nodes.holding(list_indices(index)[-1].index)[0]


def test_a_bulk_match_goes_on_with_the_same_answers_when_a_node_is_killed(
    healthy: Nodes, copied: ElasticIndex, command: Command, country: Path, tmp_path: Path
) -> None:
    header, *queries = (country / "queries.csv").read_text().splitlines()
    (tmp_path / "once.csv").write_text("\n".join([header, *queries]) + "\n")
    (tmp_path / "often.csv").write_text("\n".join([header, *queries * TIMES]) + "\n")
    named = ("--engine", "elastic", "--url", copied.cluster.url, "--alias", copied.alias)
    options = ("--columns", "address", "--thorough", *named, "--out")
    assert command("match", "once.csv", *options, "undisturbed.csv").code == 0
    _, *undisturbed = (tmp_path / "undisturbed.csv").read_text().splitlines()
    healthy.wait_for_all()
    asked = python("-m", "address_match.service.cli", "match", "often.csv", *options, "answers.csv")
    running = subprocess.Popen(asked, cwd=tmp_path, env=environment())
    while not any(part.stat().st_size for part in tmp_path.glob(".*.partial.csv")):
        assert running.poll() is None
        time.sleep(0.01)
    healthy.kill(holder(healthy, copied))
    assert not (tmp_path / "answers.csv").exists(), "the node was killed too late"
    assert running.wait(300) == 0
    assert (tmp_path / "answers.csv").read_text().splitlines()[1:] == undisturbed * TIMES


@pytest.mark.parametrize("stage_hit", ["write", "merge"])
def test_a_build_waits_for_a_node_that_is_killed_and_goes_on(
    healthy: Nodes, fresh: ElasticIndex, country: Path, stage_hit: str
) -> None:
    back: list[threading.Timer] = []

    def kill_the_holder(stage: str, done: int, _total: int | None) -> None:
        if stage == stage_hit and (done or stage == "merge") and not back:
            name = holder(healthy, fresh)
            healthy.kill(name)
            back.append(threading.Timer(3, healthy.start_again, [name]))
            back[0].start()

    report = build_elastic(country / "reference.csv", fresh, COPIED, progress=kill_the_holder)
    back[0].join()
    assert (check_index(fresh).index, check_index(fresh).texts) == (
        report.generation.index,
        report.generation.manifest.texts,
    )


def test_a_build_whose_node_stays_away_leaves_the_alias_alone_and_the_next_starts_on_a_new_index(
    healthy: Nodes, fresh: ElasticIndex, country: Path
) -> None:
    before = build_elastic(country / "reference.csv", fresh, COPIED).generation.index
    killed: list[str] = []

    def kill_the_holder(stage: str, done: int, _total: int | None) -> None:
        if stage == "write" and done and not killed:
            killed.append(holder(healthy, fresh))
            healthy.kill(*killed)

    impatient = ElasticIndex(fresh.cluster, fresh.alias, IMPATIENT)
    with pytest.raises(EngineUnavailableError):
        build_elastic(country / "reference.csv", impatient, COPIED, version=2, progress=kill_the_holder)
    assert check_index(fresh).index == before
    after = build_elastic(country / "reference.csv", impatient, COPIED, version=2)
    assert (after.resumed_from, after.previous) == (0, before)
    assert check_index(fresh).texts == after.generation.manifest.texts


def test_an_index_that_lost_a_shard_gives_no_answer_rather_than_half_of_one(
    healthy: Nodes, fresh: ElasticIndex, country: Path
) -> None:
    build_elastic(country / "reference.csv", fresh, IndexLayout(shards=3))
    online = open_pipeline(ElasticIndex(fresh.cluster, fresh.alias, ONLINE))
    try:
        healthy.kill(healthy.holding(f"{fresh.alias}-000001")[0])
        started = time.monotonic()
        with pytest.raises(EngineUnavailableError):
            online.match(["1 high street"], top=1, thorough=True)
        with pytest.raises(EngineUnavailableError):
            online.retriever.ping()
        assert time.monotonic() - started < 2 * LONGEST_ONLINE
    finally:
        online.close()


def test_a_frozen_node_delays_answers_within_bounds_and_changes_none(
    healthy: Nodes, copied: ElasticIndex
) -> None:
    texts = [f"{number} high street" for number in range(20)]
    online = open_pipeline(ElasticIndex(copied.cluster, copied.alias, ONLINE))
    expected = [online.match([text], top=3, thorough=True) for text in texts]
    name = holder(healthy, copied)
    healthy.freeze(name)
    try:
        for text, right in zip(texts, expected, strict=True):
            started = time.monotonic()
            try:
                assert online.match([text], top=3, thorough=True) == right
            except EngineUnavailableError:
                continue
            finally:
                assert time.monotonic() - started < LONGEST_ONLINE
    finally:
        healthy.thaw(name)
        online.close()


def test_the_service_says_503_while_all_nodes_are_away_and_recovers_by_itself(
    healthy: Nodes, copied: ElasticIndex
) -> None:
    opened = open_deployment(ElasticIndex(copied.cluster, copied.alias, ONLINE))
    app = create_app(ActiveDeployment(LeasedDeployment(opened.deployment, opened.pipeline)), ServerSettings())
    asked = {"input": "1 high street"}
    with TestClient(app) as http:
        before = http.get("/v1/addresses", params=asked)
        assert before.status_code == 200
        healthy.kill(*healthy.urls)
        for _ in range(8):
            started = time.monotonic()
            away = http.get("/v1/addresses", params=asked)
            assert (away.status_code, away.headers["content-type"]) == (503, PROBLEM)
            assert time.monotonic() - started < LONGEST_ONLINE
        assert http.get("/readyz").status_code == 503
        assert http.get("/healthz").status_code == 200
        healthy.start_again(*healthy.urls)
        healthy.wait_for_all("yellow")
        until = time.monotonic() + 60
        while http.get("/readyz").status_code != 200:
            assert time.monotonic() < until
            time.sleep(0.5)
        assert http.get("/v1/addresses", params=asked).json() == before.json()
