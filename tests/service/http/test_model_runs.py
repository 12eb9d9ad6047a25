"""The routes of retraining, comparing and labelling: with a stand-in for the commands, except for one walk through them
all.
"""

import asyncio
import csv
import io
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient

from address_match.models.registry import Deployment
from address_match.service.access.api_key import Role
from address_match.service.lifecycle.model_places import ModelPlaces
from address_match.service.lifecycle.model_runs.model_run import ModelRun, RunState
from address_match.service.lifecycle.model_runs.model_runs import ModelRuns
from address_match.service.lifecycle.model_runs.model_work import SAID
from tests.service.http.model_client import as_person, model_client, places_in
from tests.service.http.test_jobs import ended, problem_of, send
from tests.service.http.test_review import ANSWERS
from tests.service.jobs.arrangements import jobs_in

RETRAINING = {"scope": "calibration", "name": "candidate"}


class StandInModelWork:
    """Says something, and ends as it is told to; where it `waits`, it does not."""

    def __init__(self, problem: str = "", *, waits: bool = False) -> None:
        self.problem = problem
        self.waits = waits

    async def do(self, run: ModelRun, _served: Deployment, folder: Path) -> str:
        (folder / SAID).write_text(f"{folder}/labels: 3 of {run.bundle}\n", encoding="utf-8")
        (folder / "labels.csv").write_text("1 secret lane", encoding="utf-8")
        if self.waits:
            await asyncio.Event().wait()
        return self.problem


@pytest.fixture
def places(tmp_path: Path) -> ModelPlaces:
    return places_in(tmp_path)


def runs_with(places: ModelPlaces, work: StandInModelWork) -> ModelRuns:
    return ModelRuns(places.registry, work)


def begin(client: TestClient, what: str = "retraining", **said: object) -> Any:
    return client.post(f"/v1/model/runs/{what}", json=RETRAINING | said if what == "retraining" else said)


def at_its_end(client: TestClient, place: str) -> dict[str, Any]:
    for _ in range(1_000):
        found: dict[str, Any] = client.get(place).json()
        if found["state"] != "running":
            return found
        time.sleep(0.01)
    raise AssertionError("it goes on")


class OnAFullDisk(ModelRuns):
    """Cannot write down how a run began, or ended."""

    refused: tuple[RunState, ...] = ()

    def _write(self, run: ModelRun) -> None:
        if run.state in self.refused:
            raise OSError(28, "secret lane")
        super()._write(run)


def test_a_run_whose_record_cannot_be_written_leaves_room_for_the_next(
    places: ModelPlaces, caplog: pytest.LogCaptureFixture
) -> None:
    runs = OnAFullDisk(places.registry, StandInModelWork())
    with model_client(places, runs=runs) as client:
        owner = as_person(client, "Ann", Role.OWNER)
        for refused in (RunState.RUNNING, RunState.DONE):
            runs.refused = (refused,)
            begin(owner)
        runs.refused = ()
        for _ in range(1_000):
            if (answer := begin(owner)).status_code != 409:
                break
            time.sleep(0.01)
        assert at_its_end(client, answer.headers["Location"])["state"] == "done"
    assert "secret" not in caplog.text


def test_a_retraining_is_begun_and_comes_to_its_end(places: ModelPlaces) -> None:
    with model_client(places, runs=runs_with(places, StandInModelWork())) as client:
        answer = begin(as_person(client, "Ann", Role.OWNER))
        found = at_its_end(client, answer.headers["Location"])
        listed = client.get("/v1/model/runs").json()
    assert (answer.status_code, found["state"], found["by"], found["scope"]) == (
        202,
        "done",
        "Ann",
        "calibration",
    )
    assert [run["id"] for run in listed["runs"]] == [found["id"]]
    assert (listed["scopes"], listed["queries"]) == (["threshold", "calibration"], ["labels"])
    left = sorted(path.name for path in (places.registry.folder / "runs" / found["id"]).iterdir())
    assert left == ["run.json"]


def test_why_it_failed_is_told(places: ModelPlaces) -> None:
    work = StandInModelWork("3 labels are too few to learn from")
    with model_client(places, runs=runs_with(places, work)) as client:
        found = at_its_end(client, begin(client).headers["Location"])
    assert (found["state"], found["problem"]) == ("failed", "3 labels are too few to learn from")


def test_one_is_done_after_the_other_and_may_be_ended(places: ModelPlaces) -> None:
    with model_client(places, runs=runs_with(places, StandInModelWork(waits=True))) as client:
        place = begin(client).headers["Location"]
        assert problem_of(begin(client, name="other")) == (409, "run-going-on")
        with model_client(places, runs=runs_with(places, StandInModelWork())) as other:
            assert problem_of(begin(other, name="other")) == (409, "run-going-on")
            assert other.get(place).json()["state"] == "running"
        for _ in range(100):
            if said := client.get(place).json()["said"]:
                break
        assert said == "labels: 3 of candidate"
        assert client.delete(place).json()["state"] == "failed"
        assert begin(client, name="other").status_code == 202


def test_what_a_service_left_when_it_was_killed_has_failed(places: ModelPlaces) -> None:
    with model_client(places, runs=runs_with(places, StandInModelWork())) as client:
        found = at_its_end(client, begin(client).headers["Location"])
        record = places.registry.folder / "runs" / found["id"] / "run.json"
        record.write_text(record.read_text("utf-8").replace('"done"', '"running"'), encoding="utf-8")
        assert client.get(f"/v1/model/runs/{found['id']}").json()["state"] == "failed"


def test_a_name_that_is_taken_is_refused_before_anything_is_begun(places: ModelPlaces) -> None:
    with model_client(places, runs=runs_with(places, StandInModelWork())) as client:
        assert problem_of(begin(client, name="default")) == (409, "act-refused")
        assert problem_of(begin(client, name="../x")) == (422, "invalid-request")
        assert problem_of(begin(client, "comparison", bundle="nobody")) == (404, "unknown-bundle")
        assert problem_of(client.get("/v1/model/runs/0123456789abcdef")) == (404, "unknown-run")
        assert client.get("/v1/model/runs").json()["runs"] == []


def test_a_reference_and_queries_of_the_operator_offer_more(places: ModelPlaces, tmp_path: Path) -> None:
    more = replace(places, reference=tmp_path / "r.csv", queries=tmp_path / "q.csv")
    with model_client(more, runs=runs_with(more, StandInModelWork())) as client:
        listed = client.get("/v1/model/runs").json()
    assert (listed["scopes"][-1], listed["queries"]) == ("all", ["labels", "own"])


@pytest.mark.parametrize("role", list(Role))
def test_owners_begin_and_end_runs(places: ModelPlaces, role: Role) -> None:
    with model_client(places, runs=runs_with(places, StandInModelWork())) as client:
        as_person(client, "Somebody", role)
        statuses = {
            begin(client).status_code,
            begin(client, "comparison", bundle="default").status_code,
            client.delete("/v1/model/runs/0123456789abcdef").status_code,
        }
    assert (403 in statuses) is (role is not Role.OWNER)
    assert role is Role.OWNER or statuses == {403}


@pytest.fixture
def labelling(places: ModelPlaces, tmp_path: Path) -> Iterator[tuple[TestClient, str]]:
    """A client, and the id of a job of it that is done."""
    with model_client(places, jobs=jobs_in(tmp_path / "jobs")) as client:
        yield client, ended(client, send(client, file=ANSWERS))["id"]


def drawn(client: TestClient, job: str, **said: object) -> Any:
    asked = {"job": job, "rows": 4, "random": 0, "blind": 0, **said}
    return client.post("/v1/model/labels/samples", json=asked)


def filled_in(sheet: str, verdict: str) -> bytes:
    """The sheet of a sample whose rows somebody judged: matched ones by a word, the others not at all."""
    rows = list(csv.DictReader(io.StringIO(sheet)))
    for row in rows:
        row["label_verdict"] = verdict if row["match_status"] == "matched" else ""
    written = io.StringIO()
    writer = csv.DictWriter(written, list(rows[0]))
    writer.writeheader()
    writer.writerows(rows)
    return written.getvalue().encode()


def give(client: TestClient, who: str, sheet: str, verdict: str, how: str = "") -> Any:
    as_person(client, who, Role.LABELLER)
    return client.post(f"/v1/model/labels/verdicts{how}", content=filled_in(sheet, verdict))


def test_a_sample_of_a_job_is_drawn_labelled_and_taken_in(labelling: tuple[TestClient, str]) -> None:
    client, job = labelling
    sheet = drawn(as_person(client, "Lena", Role.LABELLER), job)
    assert (sheet.status_code, sheet.headers["cache-control"]) == (200, "private, no-store")
    assert "'=9 secret lane" in sheet.text
    assert give(client, "Lena", sheet.text, "right").json() == {"new": 1, "known": 0, "open": 3}
    shown = client.get("/v1/model/labels").json()
    assert (shown["labels"], shown["coders"], shown["verdicts"]) == (1, {"Lena": 1}, {"right": 1})
    assert (shown["samples"][0]["answers"], shown["agreement"]) == (4, [])


def test_what_two_differ_in_is_settled_by_a_third(labelling: tuple[TestClient, str]) -> None:
    client, job = labelling
    sheet = drawn(client, job).text
    give(client, "Lena", sheet, "right")
    give(client, "Mo", sheet, "cannot tell")
    shown = client.get("/v1/model/labels").json()
    assert (shown["labels"], shown["contradicting"]) == (0, 1)
    assert [(one["coders"], one["alike"]) for one in shown["agreement"]] == [(["Lena", "Mo"], 0)]
    disputed = client.get("/v1/model/labels/contradictions").text
    assert "Lena: right 100; Mo: cannot tell" in disputed
    assert problem_of(give(client, "Mo", disputed, "right", "?settles=true")) == (409, "act-refused")
    assert give(client, "Nia", disputed, "right", "?settles=true").json()["new"] == 1
    assert client.get("/v1/model/labels").json()["labels"] == 1


def test_who_takes_the_labels_out_is_in_the_audit(labelling: tuple[TestClient, str]) -> None:
    client, job = labelling
    assert problem_of(client.get("/v1/model/labels/export")) == (409, "act-refused")
    give(client, "Lena", drawn(client, job).text, "right")
    assert problem_of(client.get("/v1/model/labels/export")) == (403, "other-role")
    saved = as_person(client, "Ann", Role.OWNER).get("/v1/model/labels/export")
    assert [row["address"] for row in csv.DictReader(io.StringIO(saved.text))] == ["1 secret lane"]
    (row,) = client.get("/v1/model/audit").json()["rows"]
    assert (row["act"], row["by"], row["subject"]) == ("label-export", "Ann", "labels.csv")
    assert "secret" not in str(row)


def test_a_file_that_is_no_sample_is_refused_without_a_place_on_the_server(
    labelling: tuple[TestClient, str],
) -> None:
    client, job = labelling
    assert drawn(client, job).status_code == 200
    answer = client.post(
        "/v1/model/labels/verdicts", content=b"label_id,label_verdict,label_uprn\nx,right,\n"
    )
    assert problem_of(answer) == (409, "act-refused")
    assert answer.json()["detail"].startswith("row 1 of the file")
    assert problem_of(drawn(client, "nobody")) == (404, "unknown-job")


@pytest.mark.parametrize("role", list(Role))
def test_labellers_and_owners_draw(labelling: tuple[TestClient, str], role: Role) -> None:
    client, job = labelling
    as_person(client, "Somebody", role)
    is_let_in = role in {Role.LABELLER, Role.OWNER}
    assert (drawn(client, job).status_code != 403) is is_let_in
    assert (client.post("/v1/model/labels/verdicts", content=b"").status_code != 403) is is_let_in
    assert client.get("/v1/model/labels").status_code == 200
