"""What workers say of themselves, each for itself and put together, without processes."""

import asyncio
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from socket import socket
from threading import Thread
from typing import Any

import pytest

from address_match.indexer.errors import EngineUnavailableError
from address_match.service.http.deployments.deployment import ActiveDeployment, LeasedDeployment
from address_match.service.http.errors import NotReadyError
from address_match.service.http.probes import readiness_now
from address_match.service.http.processes.watched_workers import WorkersMetrics, WorkersReadiness
from address_match.service.http.processes.worker import Asked
from address_match.service.http.processes.workers import Patience, Phase, Workers
from address_match.service.http.watching.answered_request import AnsweredRequest
from address_match.service.http.watching.metrics import ServiceMetrics
from tests.integration.conftest import run_python
from tests.service.http.service_under_test import DEPLOYMENT, SmallPipeline
from tests.service.http.watch_under_test import go_round_once


class Replying(Workers):
    """Workers whose replies are known, and of which none is a process."""

    def __init__(self, count: int, replies: Mapping[int, Any]) -> None:
        super().__init__(lambda _place: 0, socket(), count)
        self._known = replies
        self._listening.close()

    @property
    def phase(self) -> Phase:
        return Phase.ENDING if self._ending.is_set() else Phase.SERVING

    def replies(self, asked: Asked) -> dict[int, Any]:  # noqa: ARG002 - the port's
        return dict(self._known)


def counted(requests: int) -> ServiceMetrics:
    metrics = ServiceMetrics()
    for _ in range(requests):
        metrics.count_request(AnsweredRequest("/v1/parse", "GET", 200, 0.1, ""))
    return metrics


def test_metrics_of_all_workers_are_shown_once_each_with_its_number() -> None:
    workers = Replying(2, {0: counted(3).families(), 1: counted(5).families()})
    lines = WorkersMetrics(workers).text().decode().splitlines()
    of_requests = [line for line in lines if line.startswith("address_match_requests_total{")]
    assert of_requests == [
        'address_match_requests_total{method="GET",route="/v1/parse",status="200",worker="0"} 3.0',
        'address_match_requests_total{method="GET",route="/v1/parse",status="200",worker="1"} 5.0',
    ]
    heads = [line for line in lines if line.startswith("# TYPE")]
    assert len(heads) == len(set(heads))
    assert {"address_match_workers 2.0", "address_match_worker_restarts_total 0.0"} <= set(lines)


def test_metrics_without_any_worker_say_that_none_replies() -> None:
    assert b"address_match_workers 0.0" in WorkersMetrics(Replying(2, {})).text()


def test_a_service_is_ready_while_one_worker_is_and_says_how_many_are() -> None:
    active = ActiveDeployment(LeasedDeployment(DEPLOYMENT, SmallPipeline()))
    active.trouble = "another was promoted"
    workers = Replying(2, {1: readiness_now(active)})
    ready = asyncio.run(WorkersReadiness(workers).readiness())
    assert ready.checks == {"index": "ok", "promotion": "another was promoted", "workers": "1 of 2"}
    with pytest.raises(EngineUnavailableError):
        asyncio.run(WorkersReadiness(Replying(2, {})).readiness())


def test_a_service_that_opens_or_ends_is_not_ready_and_says_which() -> None:
    with socket() as listening:
        opening = Workers(lambda _place: 0, listening, 2)
    with pytest.raises(NotReadyError, match="opened"):
        asyncio.run(WorkersReadiness(opening).readiness())
    ending = Replying(2, {0: "whatever"})
    ending.end()
    with pytest.raises(NotReadyError, match="ends"):
        asyncio.run(WorkersReadiness(ending).readiness())


@contextmanager
def watched(patience: Patience) -> Iterator[Workers]:
    """Give one worker that is watched, whose event loop goes round once and no more."""
    with socket() as listening:
        workers = Workers(go_round_once, listening, 1, patience)
        assert workers.start() == 0
        watching = Thread(target=workers.watch)
        watching.start()
        try:
            yield workers
        finally:
            workers.end()
            watching.join()
            workers.close()


def until(what: Callable[[], bool]) -> None:
    begun = time.monotonic()
    while not what():
        assert time.monotonic() - begun < 120
        time.sleep(0.05)


def test_a_service_whose_workers_all_hang_does_not_live() -> None:
    with watched(Patience(late=0.5)) as workers:
        until(lambda: not workers.live())
        assert workers.restarts() == 0


def test_a_worker_that_hangs_is_replaced() -> None:
    with watched(Patience(hung=0.5)) as workers:
        until(lambda: workers.restarts() > 0)


def test_a_worker_whose_engine_is_gone_is_not_ready() -> None:
    pipeline = SmallPipeline()
    active = ActiveDeployment(LeasedDeployment(DEPLOYMENT, pipeline))
    assert readiness_now(active) is not None
    pipeline.close()
    assert readiness_now(active) is None


A_PLACE = """
import multiprocessing
import os
from pathlib import Path
from socket import socket
from address_match.service.http.processes.heartbeat import Heartbeat
from address_match.service.http.processes.worker import Asked, WorkerPlace

def fails():
    raise ValueError("7 secret lane")

ours, theirs = multiprocessing.Pipe()
place = WorkerPlace(socket(), theirs, Heartbeat(multiprocessing.get_context("spawn")))
for number, reply in enumerate((None, lambda: True, fails, lambda: False)):
    with place.replying({} if reply is None else {Asked.STARTED: reply}):
        ours.send((number, Asked.STARTED))
        print(ours.recv(), flush=True)
os._exit(0)  # the end of a connection ends its process with another code
"""


def test_a_worker_replies_from_the_first_moment_on_and_after_a_reply_that_failed(tmp_path: Path) -> None:
    said = run_python(A_PLACE, cwd=tmp_path)
    assert (said.code, said.out.splitlines()) == (0, ["(0, None)", "(1, True)", "(2, None)", "(3, False)"])
    assert "secret" not in said.err
