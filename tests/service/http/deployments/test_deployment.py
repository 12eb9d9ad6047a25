"""Requests keep the deployment that they began with, and it is closed when the last of them is done."""

import asyncio
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from threading import Event

import pytest

from address_match.indexer.errors import EngineUnavailableError
from address_match.service.http.deployments.deployment import ActiveDeployment, LeasedDeployment
from address_match.service.http.deployments.reloader import DeploymentReloader
from address_match.service.matching.answer import Answer
from tests.service.factories import matched
from tests.service.http.service_under_test import DEPLOYMENT, SmallPipeline, serving


class Saying(SmallPipeline):
    """Answers every address with one UPRN, and waits for `go` where it has one."""

    def __init__(self, uprn: str, go: Event | None = None) -> None:
        super().__init__()
        self._uprn = uprn
        self._go = go
        self.asked = Event()

    def is_closed(self) -> bool:
        return self.retriever.closed

    def match(self, texts: Sequence[str], *, top: int = 5, thorough: bool = False) -> list[Answer]:  # noqa: ARG002 - the port's
        self.asked.set()
        if self._go is not None:
            assert self._go.wait(30)
        self.retriever.ping()
        return [matched(self._uprn) for _ in texts]


def served(pipeline: SmallPipeline, generation: str = "g000001") -> LeasedDeployment:
    return LeasedDeployment(replace(DEPLOYMENT, generation=generation), pipeline)


def test_a_deployment_that_nobody_uses_is_closed_when_it_is_replaced() -> None:
    old, new = Saying("1"), Saying("2")
    active = ActiveDeployment(served(old))
    active.replace(served(new))
    assert (old.is_closed(), new.is_closed()) == (True, False)


def test_a_deployment_is_closed_when_the_last_that_uses_it_is_done() -> None:
    old = Saying("1")
    active = ActiveDeployment(served(old))
    with active.lease() as first:
        with active.lease() as second:
            active.replace(served(Saying("2")))
        assert (first, old.is_closed()) == (second, False)
        with first.lease() as pipeline:  # its thread begins after the deployment was retired
            assert pipeline.match(["x"])[0].uprn == "1"
    assert old.is_closed()


def test_a_deployment_that_was_closed_cannot_be_used() -> None:
    deployment = served(Saying("1"))
    deployment.retire()
    deployment.retire()
    with pytest.raises(EngineUnavailableError, match="was closed"), deployment.lease():
        pass


def test_a_request_under_way_finishes_on_the_old_deployment_and_the_next_is_answered_by_the_new() -> None:
    go = Event()
    old, new = Saying("1", go), Saying("2")
    active = ActiveDeployment(served(old))
    with serving(active, threads=2) as client, ThreadPoolExecutor(3) as pool:
        single = pool.submit(client.get, "/v1/addresses", params={"input": "x"})
        assert old.asked.wait(30)
        old.asked.clear()
        bulk = pool.submit(client.post, "/v1/bulk", json={"addresses": ["x"] * 450})
        assert old.asked.wait(30)
        active.replace(served(new, "g000002"))
        assert client.get("/v1/addresses", params={"input": "x"}).json()["uprn"] == "2"
        assert client.get("/readyz").json()["serving"]["generation"] == "g000002"
        assert not old.is_closed()
        go.set()
        assert single.result(30).json()["uprn"] == "1"
        assert {answer["uprn"] for answer in bulk.result(30).json()["answers"]} == {"1"}
        assert old.is_closed()
    assert new.is_closed()


def _reload(active: ActiveDeployment, open_promoted: Callable[[], LeasedDeployment], until: Event) -> None:
    """Run a reloader that knows promotion 1 and sees promotion 2 until something has happened."""

    async def run() -> None:
        reloader = DeploymentReloader(active, lambda: 2, open_promoted, known=1, seconds=0.01)
        running = asyncio.create_task(reloader.run())
        assert await asyncio.to_thread(until.wait, 30)
        reloader.stop()
        await running

    asyncio.run(run())


def test_another_promotion_is_loaded_once() -> None:
    old, new = Saying("1"), Saying("2")
    active = ActiveDeployment(served(old))
    opened = Event()
    times: list[LeasedDeployment] = []

    def open_new() -> LeasedDeployment:
        times.append(served(new, "g000002"))
        opened.set()
        return times[-1]

    _reload(active, open_new, opened)
    with active.lease() as now:
        assert (now.record.generation, len(times), active.trouble) == ("g000002", 1, "")
    assert old.is_closed()


@pytest.mark.parametrize("error", [EngineUnavailableError("gone"), ValueError("unforeseen")])
def test_a_deployment_that_cannot_be_opened_leaves_the_one_before_in_force_and_readiness_says_so(
    error: Exception,
) -> None:
    active = ActiveDeployment(served(Saying("1")))
    tried = Event()

    def fail() -> LeasedDeployment:
        tried.set()
        raise error

    _reload(active, fail, tried)
    with serving(active) as client:
        ready = client.get("/readyz").json()
        assert client.get("/v1/addresses", params={"input": "x"}).json()["uprn"] == "1"
    assert (ready["status"], ready["serving"]["generation"]) == ("ready", "g000001")
    assert "cannot be opened" in ready["checks"]["promotion"]
