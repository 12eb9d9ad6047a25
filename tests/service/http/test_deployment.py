"""Requests keep the deployment that they began with, and it is closed when the last of them is done."""

import asyncio
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from threading import Event

import pytest

from address_match.indexer.errors import EngineUnavailableError
from address_match.service.http.active_deployment import ActiveDeployment
from address_match.service.http.deployment import LeasedDeployment
from address_match.service.http.reloader import DeploymentReloader, PromotedDeployment
from address_match.service.matching.answer import Answer
from tests.service.factories import matched
from tests.service.http.service_under_test import PAIR, SmallPipeline, serving


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
    return LeasedDeployment(replace(PAIR, generation=generation), pipeline)


def test_a_pair_that_nobody_uses_is_closed_when_it_is_replaced() -> None:
    old, new = Saying("1"), Saying("2")
    in_force = ActiveDeployment(served(old))
    in_force.replace(served(new))
    assert (old.is_closed(), new.is_closed()) == (True, False)


def test_a_pair_is_closed_when_the_last_that_uses_it_is_done() -> None:
    old = Saying("1")
    in_force = ActiveDeployment(served(old))
    with in_force.request() as first:
        with in_force.request() as second:
            in_force.replace(served(Saying("2")))
        assert (first, old.is_closed()) == (second, False)
        with first.in_use() as pipeline:  # its thread begins after the deployment was retired
            assert pipeline.match(["x"])[0].uprn == "1"
    assert old.is_closed()


def test_a_pair_that_was_closed_cannot_be_used() -> None:
    deployment = served(Saying("1"))
    deployment.retire()
    deployment.retire()
    with pytest.raises(EngineUnavailableError, match="was closed"), deployment.in_use():
        pass


def test_a_request_under_way_finishes_on_the_old_pair_and_the_next_is_answered_by_the_new() -> None:
    go = Event()
    old, new = Saying("1", go), Saying("2")
    in_force = ActiveDeployment(served(old))
    with serving(in_force, threads=2) as client, ThreadPoolExecutor(3) as pool:
        single = pool.submit(client.get, "/v1/addresses", params={"input": "x"})
        assert old.asked.wait(30)
        old.asked.clear()
        bulk = pool.submit(client.post, "/v1/bulk", json={"addresses": ["x"] * 450})
        assert old.asked.wait(30)
        in_force.replace(served(new, "g000002"))
        assert client.get("/v1/addresses", params={"input": "x"}).json()["uprn"] == "2"
        assert client.get("/readyz").json()["serving"]["generation"] == "g000002"
        assert not old.is_closed()
        go.set()
        assert single.result(30).json()["uprn"] == "1"
        assert {answer["uprn"] for answer in bulk.result(30).json()["answers"]} == {"1"}
        assert old.is_closed()
    assert new.is_closed()


def _follow(promoted: PromotedDeployment, in_force: ActiveDeployment, until: Event) -> None:
    """Run a follower that knows promotion 1 until something has happened."""

    async def run() -> None:
        follower = DeploymentReloader(promoted, in_force, known=1, seconds=0.01)
        running = asyncio.create_task(follower.run())
        assert await asyncio.to_thread(until.wait, 30)
        follower.stop()
        await running

    asyncio.run(run())


def test_another_promotion_is_followed_once() -> None:
    old, new = Saying("1"), Saying("2")
    in_force = ActiveDeployment(served(old))
    opened = Event()
    times: list[LeasedDeployment] = []

    def open_new() -> LeasedDeployment:
        times.append(served(new, "g000002"))
        opened.set()
        return times[-1]

    _follow(PromotedDeployment(lambda: 2, open_new), in_force, opened)
    with in_force.request() as now:
        assert (now.deployment.generation, len(times), in_force.trouble) == ("g000002", 1, "")
    assert old.is_closed()


@pytest.mark.parametrize("error", [EngineUnavailableError("gone"), ValueError("unforeseen")])
def test_a_pair_that_cannot_be_opened_leaves_the_one_before_in_force_and_readiness_says_so(
    error: Exception,
) -> None:
    in_force = ActiveDeployment(served(Saying("1")))
    tried = Event()

    def fail() -> LeasedDeployment:
        tried.set()
        raise error

    _follow(PromotedDeployment(lambda: 2, fail), in_force, tried)
    with serving(in_force) as client:
        ready = client.get("/readyz").json()
        assert client.get("/v1/addresses", params={"input": "x"}).json()["uprn"] == "1"
    assert (ready["status"], ready["serving"]["generation"]) == ("ready", "g000001")
    assert "cannot be opened" in ready["checks"]["promotion"]
