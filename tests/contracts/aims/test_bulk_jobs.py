"""The service for bulk beside AIMS: what is documented of it, on jobs of ours that the command works on."""

import csv
import gzip
import io
import json
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient

from address_match.service.access.api_key import Role
from address_match.service.access.guard import Guard
from address_match.service.access.key_file import KeyFile
from address_match.service.http.aims.bulk_job_rows import COLUMNS
from address_match.service.http.aims.bulk_jobs import MOST_RECORDS
from address_match.service.http.app import create_app
from address_match.service.http.deployments.deployment import ActiveDeployment, LeasedDeployment
from address_match.service.http.service_parts import ServiceParts
from address_match.service.jobs.job_store import JobStore
from address_match.service.jobs.job_work import CommandWork, JobWork
from address_match.service.jobs.jobs import Jobs
from address_match.service.settings.access_settings import AccessSettings
from address_match.service.settings.facade_settings import AimsSettings, Facades, OsPlacesSettings
from address_match.service.settings.job_settings import JobSettings
from address_match.service.settings.server_settings import ServerSettings
from tests.built_index import built_index
from tests.contracts.aims.reference import REFERENCE
from tests.contracts.aims.services import EPOCH, first_code
from tests.integration.conftest import active_deployment
from tests.service.http.service_under_test import DEPLOYMENT, SmallPipeline
from tests.service.jobs.arrangements import StandInWork

SENT = {
    "addresses": [
        {"id": "a", "address": "2 thornbeck road ostwick ab12 3cd"},
        {"id": "b", "address": "14a thornbeck road, ostwick"},
        {"id": "c", "address": "16 thornbeck road ostwick ab12 3cd"},
        {"id": "d", "address": "zzyzx qqqqq"},
        {"id": "e", "address": ""},
    ]
}
BASE = "/aims/bulk-service"
Start = Callable[..., TestClient]


@pytest.fixture(scope="module")
def matching(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    """A service whose jobs are matched."""
    index = built_index(tmp_path_factory.mktemp("reference"), REFERENCE)
    work = CommandWork(lambda: [f"--index={index}"], processes=1)
    with served(active_deployment(index), tmp_path_factory.mktemp("jobs"), work) as client:
        yield client


@pytest.fixture
def start(tmp_path: Path) -> Iterator[Start]:
    """Starts a service whose jobs are worked on by a stand-in."""
    with ExitStack() as started:

        def with_jobs(guard: Guard | None = None, *, waits: bool = False, **bounds: int) -> TestClient:
            work = StandInWork()
            work.waits = waits
            active = ActiveDeployment(LeasedDeployment(DEPLOYMENT, SmallPipeline()))
            return started.enter_context(served(active, tmp_path / "jobs", work, guard, **bounds))

        yield with_jobs


@contextmanager
def served(
    active: ActiveDeployment, folder: Path, work: JobWork, guard: Guard | None = None, **bounds: int
) -> Iterator[TestClient]:
    """Keep a service with jobs in a folder for as long as the context lasts."""
    jobs = Jobs(JobStore(folder), work, JobSettings.model_validate({"job_free_bytes": 0, **bounds}))
    facades = Facades(AimsSettings(prefix="/aims", epoch=EPOCH), OsPlacesSettings())
    parts = ServiceParts(guard=guard, facades=facades, jobs=jobs)
    with TestClient(create_app(active, ServerSettings(), parts)) as client:
        yield client


def submitted(client: TestClient, query: str = "", **headers: str) -> str:
    answer = client.post(f"{BASE}/bulk{query}", json=SENT, headers=headers)
    assert answer.status_code == 200, answer.text
    return str(answer.json()["jobId"])


def ended(client: TestClient, job: str) -> Any:
    while (now := client.get(f"{BASE}/bulk-progress/{job}").json())["state"] in {"queued", "running"}:
        time.sleep(0.05)
    return now


def rows_of(client: TestClient, job: str) -> list[dict[str, str]]:
    answer = client.get(f"{BASE}/bulk-result/{job}")
    assert answer.status_code == 200, answer.text
    assert answer.headers["content-type"] == "application/gzip"
    assert answer.headers["content-disposition"] == f'attachment; filename="{job}.csv.gz"'
    return list(csv.DictReader(io.StringIO(gzip.decompress(answer.content).decode())))


QUERY = "?limitperaddress=3&matchthreshold=0"


@pytest.fixture(scope="module")
def done(matching: TestClient) -> Any:
    """A job of the addresses that were sent, at its end."""
    return ended(matching, submitted(matching, QUERY))


def test_a_job_answers_as_the_call_in_bulk_does(matching: TestClient, done: Any) -> None:
    assert (done["state"], done["problem"], done["records"], done["recordsDone"]) == ("done", "", 5, 5)
    at_once = matching.post(f"/aims/bulk{QUERY}", json=SENT).json()["bulkAddresses"]
    rows = rows_of(matching, done["jobId"])
    shared = ("id", "inputAddress", "uprn", "recommendationCode", "matchtype")
    assert [[row[name] for name in shared] for row in rows] == [
        [item[name] for name in shared] for item in at_once
    ]
    scores = [float(row["confidenceScore"]) for row in rows]
    assert scores == pytest.approx([item["confidenceScore"] for item in at_once], abs=1e-4)


def test_a_row_names_the_parent_and_what_the_service_says_itself(matching: TestClient, done: Any) -> None:
    first, *others = rows_of(matching, done["jobId"])
    blank = others[-1]
    assert tuple(first) == COLUMNS
    assert (first["uprn"], first["parentUprn"], first["status"]) == ("12345", "900", "matched")
    assert (blank["id"], blank["uprn"], blank["parentUprn"], blank["matchtype"]) == ("e", "", "", "N")
    assert (blank["status"], blank["recommendationCode"]) == ("unmatched", "I")


def test_jobs_are_listed_the_newest_first_and_are_those_of_v1(start: Start) -> None:
    client = start()
    jobs = [submitted(client) for _ in range(2)]
    client.post("/v1/jobs?name=in.csv", content=b"address\n1 mill lane\n")
    assert [job["jobId"] for job in client.get(f"{BASE}/jobs").json()["jobs"]] == jobs[::-1]
    assert client.get(f"/v1/jobs/{jobs[0]}").json()["options"]["top"] == 6


def test_a_file_that_was_sent_to_v1_is_no_job_of_this_service(start: Start) -> None:
    client = start()
    job = client.post("/v1/jobs?name=in.csv", content=b"address\n1 mill lane\n").json()["id"]
    assert client.get(f"{BASE}/bulk-progress/{job}").status_code == 404


def test_the_document_names_every_call(start: Start) -> None:
    described = start().get(f"{BASE}/openapi.json").json()["paths"]
    assert {(method, path) for path, methods in described.items() for method in methods} == {
        ("post", f"{BASE}/bulk"),
        ("get", f"{BASE}/jobs"),
        ("get", f"{BASE}/bulk-progress/{{job}}"),
        ("get", f"{BASE}/bulk-result/{{job}}"),
    }


@pytest.mark.parametrize(
    ("query", "code"),
    [
        ("limitperaddress=0", 6),
        ("limitperaddress=101", 8),
        ("limitperaddress=thing", 4),
        ("limitperaddress=", 4),
        ("matchthreshold=101", 29),
        ("matchthreshold=thing", 28),
        ("epoch=epoch", 36),
    ],
)
def test_a_parameter_that_cannot_be_is_refused(start: Start, query: str, code: int) -> None:
    answer = start().post(f"{BASE}/bulk?{query}", json=SENT)
    assert (answer.status_code, first_code(answer.json())) == (400, code)


@pytest.mark.parametrize(
    "query", ["epoch=current", f"epoch={EPOCH}", "limitperaddress=100", "matchthreshold=0"]
)
def test_what_is_documented_is_taken(start: Start, query: str) -> None:
    assert submitted(start(), f"?{query}")


@pytest.mark.parametrize("body", ['{"addresses":[', "{}", '{"addresses":[{"id":1,"address":"x"}]}', "[]"])
def test_a_body_that_is_none_is_refused(start: Start, body: str) -> None:
    headers = {"content-type": "application/json"}
    assert start().post(f"{BASE}/bulk", content=body, headers=headers).status_code == 400


def test_more_addresses_than_a_job_holds_are_refused(start: Start) -> None:
    many = json.dumps({"addresses": [{"id": "", "address": ""}] * (MOST_RECORDS + 1)})
    answer = start().post(f"{BASE}/bulk", content=many, headers={"content-type": "application/json"})
    assert answer.status_code == 413
    assert "100,000" in answer.json()["status"]["message"]


def test_a_job_that_is_not_there_or_not_done_is_told_so(start: Start) -> None:
    client = start(waits=True)
    assert client.get(f"{BASE}/bulk-result/nowhere").status_code == 404
    answer = client.get(f"{BASE}/bulk-result/{submitted(client)}")
    assert (answer.status_code, answer.json()["status"]["code"]) == (409, 409)


def test_too_many_jobs_are_told_to_come_back(start: Start) -> None:
    client = start(waits=True, jobs_of_one=1)
    submitted(client)
    answer = client.post(f"{BASE}/bulk", json=SENT)
    assert (answer.status_code, answer.headers["retry-after"]) == (429, "60")


def test_a_job_is_there_for_the_key_that_made_it_alone(start: Start, tmp_path: Path) -> None:
    keys = KeyFile(tmp_path / "keys.json")
    mine, other = (keys.add(name, Role.READER)[1] for name in ("mine", "other"))
    client = start(Guard.of(AccessSettings(keys=keys.path)))
    job = submitted(client, authorization=mine)
    progress = f"{BASE}/bulk-progress/{job}"
    assert client.get(progress, headers={"authorization": mine}).status_code == 200
    assert client.get(progress, headers={"authorization": other}).status_code == 404
    assert client.get(f"{BASE}/jobs", headers={"authorization": other}).json()["jobs"] == []
    refused = client.get(progress)
    assert (refused.status_code, first_code(refused.json())) == (401, 11)


def test_without_jobs_there_is_no_such_service(asked: Any) -> None:
    answer = asked.get("well").ask("GET", "/bulk-service/jobs")
    assert (answer.status_code, answer.json()["status"]["message"]) == (404, "Path not found")
