"""A service of two processes: both answer, one that dies is replaced, and none outlives whoever began them."""

import json
import os
import re
import signal
import subprocess
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from http.client import HTTPConnection
from pathlib import Path

import pytest

from tests.integration.conftest import environment, python

pytestmark = pytest.mark.skipif(
    not Path("/proc/self/task").exists(), reason="children are looked up in the files of Linux"
)
LONGEST = 120.0
"""Seconds after which a test gives up: a worker opens the models anew, on a machine that may be busy."""


@dataclass(frozen=True, slots=True)
class Served:
    """A running service."""

    process: "subprocess.Popen[str]"
    port: int
    probe_port: int

    def ask(self) -> int:
        """Match an address over a connection of its own; return the status."""
        return _get(self.port, "/v1/addresses?input=1+thornbeck+row")[0]

    def ready(self) -> tuple[int, str]:
        """Return the status of readiness, and how many workers can answer."""
        status, body = _get(self.probe_port, "/readyz")
        return status, json.loads(body)["checks"]["workers"] if status == 200 else ""

    def requests_by_worker(self) -> dict[str, float]:
        """Return how many addresses each worker has answered."""
        found = re.findall(
            r'address_match_requests_total\{.*route="/v1/addresses".*worker="(\d)"\} (\S+)', self.metrics()
        )
        return {worker: float(count) for worker, count in found}

    def metrics(self) -> str:
        return _get(self.probe_port, "/metrics")[1]

    def workers(self) -> list[int]:
        """Return the ids of the workers' processes."""
        pids = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children").read_text().split()
        return [int(pid) for pid in pids if "spawn_main" in Path(f"/proc/{pid}/cmdline").read_text()]


def _get(port: int, path: str) -> tuple[int, str]:
    connection = HTTPConnection("127.0.0.1", port, timeout=LONGEST)
    try:
        connection.request("GET", path)
        answer = connection.getresponse()
        return answer.status, answer.read().decode()
    finally:
        connection.close()


def _await(what: Callable[[], bool]) -> None:
    until = time.monotonic() + LONGEST
    while not what():
        assert time.monotonic() < until
        time.sleep(0.05)


def _is_alive(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


@pytest.fixture
def served(village_index: Path) -> Iterator[Served]:
    options = ("--index", str(village_index), "--port", "0", "--probe-port", "0", "--workers", "2")
    command = python("-m", "address_match.service.cli", "serve", *options)
    with subprocess.Popen(command, env=environment(), stderr=subprocess.PIPE, text=True) as process:
        try:
            assert process.stderr is not None
            ports = [int(re.findall(r":(\d+)", process.stderr.readline())[0]) for _ in range(2)]
            yield Served(process, ports[1], ports[0])
        finally:
            process.terminate()


def test_both_workers_answer_and_are_told_apart_in_the_metrics(served: Served) -> None:
    assert served.ready() == (200, "2 of 2")
    asked = 0
    while len(served.requests_by_worker()) < 2:
        assert served.ask() == 200
        asked += 1
        assert asked < 1_000
    assert sum(served.requests_by_worker().values()) == asked
    assert "address_match_workers 2.0" in served.metrics()
    assert "address_match_deployment_info{" in served.metrics()


def test_a_worker_that_is_killed_is_replaced_and_the_other_answers_meanwhile(served: Served) -> None:
    before = served.workers()
    os.kill(before[0], signal.SIGKILL)
    _await(lambda: not _is_alive(before[0]))
    statuses = []

    def is_whole_again() -> bool:
        statuses.append(served.ask())
        status, workers = served.ready()
        statuses.append(status)
        return workers == "2 of 2" and len(served.workers()) == 2

    _await(is_whole_again)
    assert set(statuses) == {200}
    assert set(served.workers()) & set(before) == {before[1]}
    assert "address_match_worker_restarts_total 1.0" in served.metrics()


def test_no_worker_outlives_a_parent_that_is_killed(served: Served) -> None:
    workers = served.workers()
    assert len(workers) == 2
    served.process.kill()
    served.process.wait(LONGEST)
    _await(lambda: not any(map(_is_alive, workers)))


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_the_service_ends_with_all_its_workers_when_it_is_told_to(
    served: Served, number: signal.Signals
) -> None:
    workers = served.workers()
    served.process.send_signal(number)
    assert served.process.wait(LONGEST) == 0
    assert not any(map(_is_alive, workers))


def test_a_service_that_cannot_start_says_so_once(tmp_path: Path) -> None:
    ran = subprocess.run(
        python(
            "-m",
            "address_match.service.cli",
            "serve",
            "--index",
            str(tmp_path),
            "--port",
            "0",
            "--workers",
            "2",
        ),
        env=environment(),
        capture_output=True,
        text=True,
        timeout=LONGEST,
        check=False,
    )
    assert ran.returncode not in {0, None}
    assert len(ran.stderr.strip().splitlines()) == 1
    assert str(tmp_path) in ran.stderr


def test_jobs_are_refused_with_several_workers(tmp_path: Path) -> None:
    options = ("--index", str(tmp_path), "--workers", "2", "--jobs", str(tmp_path / "jobs"))
    ran = subprocess.run(
        python("-m", "address_match.service.cli", "serve", *options),
        env=environment(),
        capture_output=True,
        text=True,
        timeout=LONGEST,
        check=False,
    )
    assert ran.returncode == 2
    assert "--workers 1" in ran.stderr
