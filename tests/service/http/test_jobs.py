"""The routes of jobs, whose work a stand-in does."""

import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient

from address_match.service.access.api_key import Role
from address_match.service.access.guard import Guard
from address_match.service.access.key_file import KeyFile
from address_match.service.settings.access_settings import AccessSettings
from tests.service.http.service_under_test import metrics_of, running
from tests.service.jobs.arrangements import StandInWork, jobs_in

FILE = b"ref,address\nA,7 secret lane\n"


@pytest.fixture
def client(tmp_path: Path) -> Iterator[TestClient]:
    with running(jobs=jobs_in(tmp_path, job_bytes=5_000_000, jobs_of_one=3)) as one:
        yield one


def send(
    client: TestClient,
    query: str = "name=in.csv",
    file: bytes = FILE,
    headers: dict[str, str] | None = None,
) -> dict[str, Any]:
    answer = client.post(f"/v1/jobs?{query}", content=file, headers=headers)
    assert answer.status_code == 202
    job: dict[str, Any] = answer.json()
    assert answer.headers["location"] == f"/v1/jobs/{job['id']}"
    return job


def ended(client: TestClient, job: dict[str, Any]) -> dict[str, Any]:
    while (now := client.get(f"/v1/jobs/{job['id']}").json())["state"] in {"queued", "running"}:
        time.sleep(0.01)
    found: dict[str, Any] = now
    return found


def problem_of(answer: Any) -> tuple[int, str]:
    assert answer.headers["content-type"] == "application/problem+json"
    return answer.status_code, answer.json()["type"].rpartition("/")[2]


def test_a_file_is_sent_seen_and_fetched(client: TestClient) -> None:
    sent = send(client, "name=in.csv&outputs=csv,parquet&precision=0.98&top=2")
    assert (sent["state"], sent["rows_done"], sent["bytes"]) == ("queued", 0, len(FILE))
    assert (sent["options"]["precision"], sent["options"]["top"]) == (0.98, 2)
    done = ended(client, sent)
    assert (done["state"], done["rows_done"], done["rows"], done["problem"]) == ("done", 3, 3, "")
    assert done["results"] == {"csv": len(FILE), "parquet": len(FILE)}
    assert done["summary"]["status"]["matched"] == 2
    fetched = client.get(f"/v1/jobs/{sent['id']}/result")
    assert (fetched.content, fetched.headers["content-type"]) == (FILE, "text/csv; charset=utf-8")
    assert fetched.headers["content-disposition"] == 'attachment; filename="answers.csv"'
    assert fetched.headers["cache-control"] == "private, no-store"
    packed = client.get(f"/v1/jobs/{sent['id']}/result?format=parquet")
    assert packed.headers["content-type"] == "application/vnd.apache.parquet"


def test_addresses_are_sent_with_ids_to_know_them_by(client: TestClient) -> None:
    body = {"addresses": ["1 mill lane", "2 mill lane"], "ids": ["A", "B"], "absence_prior": "0.2"}
    answer = client.post("/v1/jobs/addresses", json=body)
    assert answer.status_code == 202
    done = ended(client, answer.json())
    assert (done["name"], done["options"]["columns"]) == ("addresses.ndjson", "address")
    rows = client.get(f"/v1/jobs/{done['id']}/result").text.splitlines()
    assert rows == ['{"id":"A","address":"1 mill lane"}', '{"id":"B","address":"2 mill lane"}']


def test_jobs_are_listed_the_newest_first(client: TestClient) -> None:
    ids = [ended(client, send(client))["id"] for _ in range(3)]
    first = client.get("/v1/jobs?limit=2").json()
    assert ([job["id"] for job in first["jobs"]], first["total"]) == (ids[:0:-1], 3)
    second = client.get(f"/v1/jobs?limit=2&cursor={first['cursor']}").json()
    assert ([job["id"] for job in second["jobs"]], second["cursor"]) == (ids[:1], "")
    assert problem_of(client.get("/v1/jobs?cursor=unknown")) == (422, "unknown-cursor")


def test_a_file_that_is_held_is_looked_at_chosen_for_and_started(client: TestClient) -> None:
    place = f"/v1/jobs/{send(client, 'name=.csv&hold=true')['id']}"
    while (seen := client.get(place).json())["columns"] is None:
        time.sleep(0.01)
    assert (seen["state"], seen["columns"]["address_columns"]) == ("held", ["address"])
    chosen = client.put(f"{place}/options", json={"name": "the roll.csv", "columns": "ref, address"}).json()
    assert (chosen["name"], chosen["options"]["columns"]) == ("the roll.csv", "ref,address")
    started = client.post(f"{place}/start")
    assert (started.status_code, started.json()["state"]) == (202, "queued")
    assert ended(client, seen)["state"] == "done"
    assert problem_of(client.post(f"{place}/start")) == (409, "job-state")
    assert problem_of(client.put(f"{place}/options", json={})) == (409, "job-state")


def test_a_job_is_cancelled_and_then_removed(client: TestClient) -> None:
    place = f"/v1/jobs/{send(client, 'name=.csv&hold=true')['id']}"
    assert problem_of(client.get(f"{place}/result")) == (409, "job-state")
    assert client.delete(place).status_code == 204
    assert client.get(place).json()["state"] == "cancelled"
    assert client.delete(place).status_code == 204
    assert problem_of(client.get(place)) == (404, "unknown-job")


def test_a_job_is_for_the_key_that_made_it(tmp_path: Path) -> None:
    keys = KeyFile(tmp_path / "keys.json")
    one, other, operator = (
        {"Authorization": f"Bearer {keys.add(name, role)[1]}"}
        for name, role in (("one", Role.READER), ("other", Role.OWNER), ("runs it", Role.OPERATOR))
    )
    with running(guard=Guard.of(AccessSettings(keys=keys.path)), jobs=jobs_in(tmp_path / "jobs")) as client:
        job = send(client, headers=one)["id"]
        assert len(client.get("/v1/jobs", headers=one).json()["jobs"]) == 1
        assert client.get("/v1/jobs", headers=other).json()["jobs"] == []
        for method, path in (("GET", ""), ("DELETE", ""), ("GET", "/result"), ("POST", "/start")):
            answer = client.request(method, f"/v1/jobs/{job}{path}", headers=other)
            assert problem_of(answer) == (404, "unknown-job")
        assert problem_of(client.put(f"/v1/jobs/{job}/options", json={}, headers=other)) == (
            404,
            "unknown-job",
        )
        assert problem_of(client.get("/v1/jobs")) == (401, "missing-key")
        assert problem_of(client.post("/v1/jobs?name=.csv", content=FILE)) == (401, "missing-key")
        assert problem_of(client.get("/v1/jobs", headers=operator)) == (403, "other-role")


@pytest.mark.parametrize(
    ("query", "status", "name"),
    [
        ("", 422, "invalid-request"),
        ("name=in.doc", 422, "unknown-format"),
        ("name=in.csv&outputs=doc", 422, "invalid-request"),
        ("name=in.csv&outputs=", 422, "invalid-request"),
        ("name=in.csv&fields=address", 422, "invalid-request"),
        ("name=in.csv&as_at=2021-13-01", 422, "invalid-request"),
        ("name=in.csv&notify=http://127.0.0.1/", 422, "other-origin"),
        ("name=in.csv&threshold=high", 422, "invalid-request"),
        ("name=in.csv&absence_prior=7", 422, "invalid-request"),
        ("name=in.csv&precision=1", 422, "invalid-request"),
        ("name=in.csv&top=-1", 422, "invalid-request"),
        ("name=in.csv&hold=yes", 422, "invalid-request"),
        ("name=in.csv&unknown=1", 422, "invalid-request"),
    ],
)
def test_what_cannot_be_is_refused(client: TestClient, query: str, status: int, name: str) -> None:
    assert problem_of(client.post(f"/v1/jobs?{query}", content=FILE)) == (status, name)
    assert client.get("/v1/jobs").json()["jobs"] == []


def test_a_file_may_be_larger_than_other_bodies_and_not_larger_than_files_may(client: TestClient) -> None:
    assert send(client, file=b"x" * 4_500_000)["bytes"] == 4_500_000
    refused = client.post("/v1/jobs?name=.csv", content=b"x" * 5_000_001)
    assert problem_of(refused) == (413, "file-too-large")
    pieces = (b"x" * 1_000_000 for _ in range(6))
    assert problem_of(client.post("/v1/jobs?name=.csv", content=pieces)) == (413, "file-too-large")
    addresses = {"addresses": ["x" * 4_500_000]}
    assert problem_of(client.post("/v1/jobs/addresses", json=addresses)) == (413, "body-too-large")


def test_more_jobs_than_may_wait_are_told_to_come_back(client: TestClient) -> None:
    for _ in range(3):
        send(client, "name=.csv&hold=true")
    refused = client.post("/v1/jobs?name=.csv", content=FILE)
    assert problem_of(refused) == (429, "too-many-jobs")
    assert int(refused.headers["retry-after"]) > 0


def test_a_disk_without_room_is_a_problem_too(tmp_path: Path) -> None:
    with running(jobs=jobs_in(tmp_path, job_free_bytes=2**62)) as client:
        assert problem_of(client.post("/v1/jobs?name=.csv", content=FILE)) == (507, "no-room")


def test_as_many_ids_as_addresses_are_needed(client: TestClient) -> None:
    body = {"addresses": ["1 mill lane"], "ids": ["A", "B"]}
    assert problem_of(client.post("/v1/jobs/addresses", json=body)) == (422, "invalid-request")


def test_a_service_without_a_folder_for_jobs_has_no_such_routes() -> None:
    with running() as client:
        assert problem_of(client.post("/v1/jobs?name=.csv", content=FILE)) == (404, "http")
        assert not [path for path in client.get("/openapi.json").json()["paths"] if "jobs" in path]


def test_the_metrics_count_jobs_by_state(tmp_path: Path) -> None:
    work = StandInWork()
    work.waits = True
    with running(jobs=jobs_in(tmp_path, work)) as client:
        send(client)
        send(client)
        while not work.matched:
            time.sleep(0.01)
        counted = metrics_of(client).text().decode()
        assert "address_match_jobs_running 1.0" in counted
        assert "address_match_jobs_waiting 1.0" in counted


def test_nothing_of_a_file_is_logged(client: TestClient, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level("DEBUG")
    ended(client, send(client))
    client.post("/v1/jobs?name=7+secret+lane.doc", content=FILE)
    assert [line for line in caplog.messages if "secret" in line and "HTTP Request" not in line] == []
