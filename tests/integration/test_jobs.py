"""Jobs of a real service, killed and gone on with: what comes out is what `match` writes, to the byte."""

import os
import re
import shutil
import signal
import subprocess
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import httpx
import pytest

from tests.integration.conftest import Command, environment, python

ROWS = ["1 thornbeck row, marlow fold", "flat 3 osier court ZE1 7BD", "9 nowhere lane", ""]
pytestmark = pytest.mark.slow


class Service:
    """A service that takes jobs, in a process of its own."""

    def __init__(self, index: Path, jobs: Path) -> None:
        command = ["-m", "address_match.service.cli", "serve", "--index", str(index), "--port", "0"]
        self.jobs = jobs
        self.process = subprocess.Popen(
            python(*command, "--jobs", str(jobs)), env=environment(), stderr=subprocess.PIPE, text=True
        )
        self.said = ""
        for line in self.process.stderr or ():
            self.said += line
            if found := re.search(r"http://[\w.:]+", line):
                self.url = found[0]
                return
        raise RuntimeError(self.said)

    def send(self, file: Path, query: str = "") -> str:
        with file.open("rb") as content:
            answer = httpx.post(f"{self.url}/v1/jobs?name={file.name}{query}", content=content, timeout=60)
        assert answer.status_code == 202, answer.text
        return str(answer.json()["id"])

    def job(self, name: str) -> dict[str, Any]:
        found: dict[str, Any] = httpx.get(f"{self.url}/v1/jobs/{name}", timeout=60).json()
        return found

    def ended(self, name: str) -> dict[str, Any]:
        while (job := self.job(name))["state"] in {"queued", "running"}:
            time.sleep(0.2)
        return job

    def result(self, name: str, kind: str = "") -> bytes:
        return httpx.get(f"{self.url}/v1/jobs/{name}/result?format={kind}", timeout=60).content

    def worker(self, but: int = 0) -> int:
        """The process that matches, another than one, once some rows are answered."""
        while True:
            for log in self.jobs.glob("*/answers.part.unfinished"):
                out = f"--out={log.with_suffix('')}"
                found = [pid for pid, line in _processes() if out in line and pid != but]
                if found and log.read_bytes().count(b"\n") >= 3:
                    return found[0]
            time.sleep(0.01)

    def end(self, number: signal.Signals = signal.SIGTERM) -> None:
        self.process.send_signal(number)
        self.said += self.process.communicate(timeout=60)[1]


def _processes() -> Iterator[tuple[int, str]]:
    for place in Path("/proc").iterdir():
        if place.name.isdecimal():
            with suppress(OSError):
                yield int(place.name), (place / "cmdline").read_bytes().replace(b"\0", b" ").decode()


@pytest.fixture
def queries(command: Command) -> Path:
    """22,501 rows, which are five batches, in the folder in which the commands run."""
    rows = (f'{number},"{ROWS[number % len(ROWS)]}"\n' for number in range(22_501))
    Path("in.csv").write_text("".join(["ref,address\n", *rows]))
    return Path("in.csv")


@pytest.fixture
def service(tmp_path: Path, village_index: Path) -> Iterator[Service]:
    service = Service(village_index, tmp_path / "jobs")
    yield service
    service.end()


def test_a_file_is_matched_to_the_bytes_of_match(
    command: Command, village_index: Path, service: Service
) -> None:
    Path("in.csv").write_text("ref,address\n" + "".join(f'{n},"{row}"\n' for n, row in enumerate(ROWS)))
    chosen = "&outputs=csv,ndjson,parquet,xlsx&top=2&fields=postcode&estimate_precision=true"
    name = service.send(Path("in.csv"), chosen)
    job = service.ended(name)
    assert (job["state"], job["problem"], job["missing"]) == ("done", "", {})
    assert job["columns"]["address_columns"] == job["summary"]["address_columns"] == ["address"]
    assert (job["columns"]["sample"], job["rows_done"]) == (ROWS[:3], 4)
    assert job["summary"]["expected"]["precision"] is None
    for kind in ("csv", "ndjson", "parquet"):
        out = f"out.{kind}"
        arguments = ["match", "in.csv", "--index", village_index, "--out", out]
        assert command(*arguments, "--top", 2, "--fields", "postcode").code == 0
        assert service.result(name, kind) == Path(out).read_bytes()
    assert service.result(name, "xlsx").startswith(b"PK")


@pytest.mark.parametrize("ended_by", [signal.SIGKILL, signal.SIGTERM])
def test_a_job_goes_on_after_its_worker_and_its_service_were_killed(
    command: Command, queries: Path, village_index: Path, tmp_path: Path, ended_by: signal.Signals
) -> None:
    assert command("match", queries, "--index", village_index, "--out", "whole.csv").code == 0
    service = Service(village_index, tmp_path / "jobs")
    name, waiting = service.send(queries), service.send(queries, "&top=1")
    killed = service.worker()
    os.kill(killed, signal.SIGKILL)
    worker = service.worker(but=killed)
    service.end(ended_by)
    while any(pid == worker for pid, _ in _processes()):  # it ends with the service, however that ends
        time.sleep(0.01)
    service = Service(village_index, tmp_path / "jobs")
    try:
        job = service.ended(name)
        assert (job["state"], job["rows_done"], job["restarts"]) == ("done", 22_501, 0)
        assert service.result(name) == Path("whole.csv").read_bytes()
        assert service.ended(waiting)["state"] == "done"
    finally:
        service.end()


def test_a_job_whose_index_was_built_anew_meanwhile_is_begun_again_and_never_mixed(
    command: Command, queries: Path, village_index: Path, tmp_path: Path
) -> None:
    shutil.copytree(village_index, "index")
    service = Service(Path("index"), tmp_path / "jobs")
    name = service.send(queries)
    service.worker()
    service.end(signal.SIGKILL)
    reference = village_index.parent / "reference.csv"
    assert command("index", "build", reference, "--out", "index", "--force").code == 0
    service = Service(Path("index"), tmp_path / "jobs")
    try:
        job = service.ended(name)
    finally:
        service.end()
    assert (job["state"], job["restarts"], job["summary"]["generation"]) == ("done", 1, "g000002")


@pytest.mark.parametrize(
    ("name", "content", "problem"),
    [
        ("in.parquet", b"PAR1 and nothing more", "cannot be read as parquet"),
        ("in.csv.gz", b"\x1f\x8b\x08 broken", "cannot be read as csv"),
        ("in.csv", b"", "is empty"),
        ("in.csv", b"ref,colour\n1,red\n", "has no address column"),
    ],
)
def test_a_damaged_file_fails_and_says_why(
    service: Service, tmp_path: Path, name: str, content: bytes, problem: str
) -> None:
    (tmp_path / name).write_bytes(content)
    job = service.ended(service.send(tmp_path / name))
    assert (job["state"], problem in job["problem"]) == ("failed", True), job["problem"]
    assert str(tmp_path) not in job["problem"]


def test_a_job_that_runs_is_cancelled_with_its_worker(queries: Path, service: Service) -> None:
    name = service.send(queries)
    worker = service.worker()
    assert httpx.delete(f"{service.url}/v1/jobs/{name}", timeout=60).status_code == 204
    assert service.job(name)["state"] == "cancelled"
    assert [pid for pid, _ in _processes() if pid == worker] == []
    assert [file.name for file in (service.jobs / name).iterdir()] == ["job.json"]


def test_an_upload_that_breaks_off_leaves_nothing(service: Service) -> None:
    def broken() -> Iterator[bytes]:
        yield b"address\n"
        raise RuntimeError("the line went dead")

    with pytest.raises(RuntimeError):
        httpx.post(f"{service.url}/v1/jobs?name=in.csv", content=broken(), timeout=60)
    while list(service.jobs.glob(".address-match-*")):
        time.sleep(0.01)
    assert httpx.get(f"{service.url}/v1/jobs", timeout=60).json()["total"] == 0


def test_an_upload_may_last_longer_than_another_body(
    village_index: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ADDRESS_MATCH_BODY_SECONDS", "0.5")

    def slow() -> Iterator[bytes]:
        for _ in range(3):
            time.sleep(0.5)
            yield b"address\n"

    service = Service(village_index, tmp_path / "jobs")
    try:
        sent = httpx.post(f"{service.url}/v1/jobs?name=in.csv", content=slow(), timeout=60)
        other = httpx.post(f"{service.url}/v1/jobs/addresses", content=slow(), timeout=60)
    finally:
        service.end()
    assert (sent.status_code, other.status_code) == (202, 408)
