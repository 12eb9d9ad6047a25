"""The routes by which people decide rows of a job."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient

from address_match.service.access.api_key import Role
from address_match.service.access.guard import Guard
from address_match.service.access.key_file import KeyFile
from address_match.service.lifecycle.labels.label_file import read_label_file
from address_match.service.lifecycle.labels.store import LabelStore
from address_match.service.lifecycle.labels.take_in import TakenIn, take_in
from address_match.service.settings.access_settings import AccessSettings
from tests.service.http.service_under_test import running
from tests.service.http.test_jobs import ended, problem_of, send
from tests.service.jobs.arrangements import jobs_in

ANSWERS = b"""address,match_status,match_uprn,match_address,match_probability,match_error
1 secret lane,matched,100,1 MILL LANE,0.97,
=9 secret lane,unmatched,,,0.1,
2 secret lane,review,0200,2 MILL LANE,0.7,
8 secret lane,unmatched,,,0,
"""
"""The stand-in for matching leaves the file as it is: these are the answers of the job."""


TOLD = ("blind", "status", "uprn", "matched_address", "probability")


@pytest.fixture
def client(tmp_path: Path) -> Iterator[TestClient]:
    with running(jobs=jobs_in(tmp_path)) as one:
        yield one


@pytest.fixture
def job(client: TestClient) -> str:
    return f"/v1/jobs/{ended(client, send(client, file=ANSWERS))['id']}"


def queue_of(client: TestClient, job: str) -> dict[str, Any]:
    found: dict[str, Any] = client.get(f"{job}/review?limit=100").json()
    return found


def say(client: TestClient, job: str, **said: object) -> Any:
    """Say something of the first row of the queue, or of another."""
    row = queue_of(client, job)["rows"][0]["id"]
    return client.post(f"{job}/verdicts", json={"id": row, "coder": "ann", **said})


def test_rows_wait_for_a_person_nearest_to_the_threshold_first(client: TestClient, job: str) -> None:
    queue = queue_of(client, job)
    assert [(row["place"], row["row"], row["address"]) for row in queue["rows"]] == [
        (0, 3, "2 secret lane"),
        (1, 2, "=9 secret lane"),
    ]
    assert (queue["total"], queue["decided"], queue["next"]) == (2, 0, 0)
    assert (queue["rows"][0]["status"], queue["rows"][0]["probability"]) == ("review", 0.7)
    assert [row["row"] for row in client.get(f"{job}/review?place=1").json()["rows"]] == [2]
    assert client.get(f"{job}/review?place=2").json()["rows"] == []
    assert problem_of(client.get(f"{job}/review?place=-1")) == (422, "invalid-request")


def test_a_candidate_that_is_the_answer_is_right_and_the_next_row_is_named(
    client: TestClient, job: str
) -> None:
    kept = say(client, job, verdict="other premises", uprn="0200").json()
    assert kept["rows"][0]["verdicts"] == [{"coder": "ann", "verdict": "right", "uprn": "0200", "note": ""}]
    assert (kept["decided"], kept["next"]) == (1, 1)
    again = say(client, job, verdict="right")
    assert (again.status_code, again.json()["decided"]) == (200, 1)


def test_a_verdict_is_there_after_the_service_ended(tmp_path: Path) -> None:
    with running(jobs=jobs_in(tmp_path)) as first:
        job = f"/v1/jobs/{ended(first, send(first, file=ANSWERS))['id']}"
        say(first, job, verdict="cannot tell")
    with running(jobs=jobs_in(tmp_path)) as second:
        assert [row["verdicts"] for row in queue_of(second, job)["rows"]] == [
            [{"coder": "ann", "verdict": "cannot tell", "uprn": "", "note": ""}],
            [],
        ]


def test_who_says_otherwise_than_before_has_to_mean_it(client: TestClient, job: str) -> None:
    say(client, job, verdict="cannot tell")
    assert problem_of(say(client, job, verdict="not in the reference")) == (409, "other-verdict")
    assert queue_of(client, job)["rows"][0]["verdicts"][0]["verdict"] == "cannot tell"
    replaced = say(client, job, verdict="not in the reference", replace=True).json()
    assert [one["verdict"] for one in replaced["rows"][0]["verdicts"]] == ["not in the reference"]


def test_a_note_is_kept_with_its_verdict_until_another_is_written(client: TestClient, job: str) -> None:
    noted = [
        say(client, job, verdict="cannot tell", **said).json()["rows"][0]["verdicts"][0]["note"]
        for said in ({"note": " two \n doors "}, {}, {"note": "one door"}, {"note": ""})
    ]
    assert noted == ["two doors", "two doors", "one door", ""]


def test_a_note_is_fetched_with_the_verdicts_and_the_rows_and_taken_in_again(
    client: TestClient, job: str, tmp_path: Path
) -> None:
    say(client, job, verdict="cannot tell", note='=rear, or the "side"')
    fetched = client.get(f"{job}/verdicts").content
    assert b'"\'=rear, or the ""side"""' in fetched
    assert b"=rear" in client.get(f"{job}/reviewed?format=ndjson").content
    (tmp_path / "verdicts.csv").write_bytes(fetched)
    store = LabelStore(tmp_path / job.rpartition("/")[2] / "labels")
    assert take_in(read_label_file(tmp_path / "verdicts.csv"), store, "ann") == TakenIn(0, 1, 0)


def test_a_verdict_is_taken_back(client: TestClient, job: str) -> None:
    say(client, job, verdict="cannot tell")
    back = say(client, job, verdict="").json()
    assert (back["rows"][0]["verdicts"], back["decided"], back["next"]) == ([], 0, 0)
    assert say(client, job, verdict="").status_code == 200


def test_a_second_coder_stands_beside_the_first_and_a_contradiction_does_not_stand(
    client: TestClient, job: str
) -> None:
    say(client, job, verdict="other premises", uprn="0200")
    second = say(client, job, coder=" bob  b ", verdict="not in the reference").json()
    assert [one["coder"] for one in second["rows"][0]["verdicts"]] == ["ann", "bob b"]
    assert second["decided"] == 1
    assert len(client.get(f"{job}/verdicts").text.splitlines()) == 1
    assert "not in the reference" in client.get(f"{job}/verdicts?coder=bob+b").text


def test_who_has_not_labelled_a_row_settles_what_others_differ_in(client: TestClient, job: str) -> None:
    assert problem_of(say(client, job, verdict="cannot tell", settles=True)) == (422, "unfit-verdict")
    say(client, job, verdict="cannot tell")
    second = say(client, job, coder="bob", verdict="not in the reference").json()
    assert (second["disputed"], second["next_disputed"]) == (1, 0)
    assert problem_of(say(client, job, verdict="cannot tell", settles=True)) == (422, "unfit-verdict")
    third = {"coder": "cleo", "settles": True}
    settled = say(client, job, verdict="right", **third).json()
    assert (settled["disputed"], settled["next_disputed"]) == (0, None)
    assert settled["rows"][0]["settled"] == {"coder": "cleo", "verdict": "right", "uprn": "0200", "note": ""}
    assert len(settled["rows"][0]["verdicts"]) == 2
    assert "right,0200" in client.get(f"{job}/verdicts").text
    assert problem_of(say(client, job, verdict="cannot tell", **third)) == (409, "other-verdict")
    assert say(client, job, verdict="", **third).json()["disputed"] == 1
    assert len(client.get(f"{job}/verdicts").text.splitlines()) == 1


def test_verdicts_are_fetched_as_label_import_reads_them(
    client: TestClient, job: str, tmp_path: Path
) -> None:
    say(client, job, verdict="other premises", uprn="0200")
    row = queue_of(client, job)["rows"][1]["id"]
    say(client, job, id=row, verdict="not in the reference")
    fetched = client.get(f"{job}/verdicts")
    assert fetched.headers["content-type"].startswith("text/csv")
    assert fetched.headers["cache-control"] == "private, no-store"
    assert "'=9 secret lane" in fetched.text
    (tmp_path / "verdicts.csv").write_bytes(fetched.content)
    store = LabelStore(tmp_path / job.rpartition("/")[2] / "labels")
    assert take_in(read_label_file(tmp_path / "verdicts.csv"), store, "ann") == TakenIn(0, 2, 0)


def test_the_whole_file_is_fetched_with_what_stands_of_each_row(client: TestClient, job: str) -> None:
    say(client, job, verdict="other premises", uprn="100")
    fetched = client.get(f"{job}/reviewed")
    assert fetched.headers["content-disposition"] == 'attachment; filename="reviewed.csv"'
    assert fetched.text.splitlines()[0].endswith("match_error,label_verdict,label_uprn,label_note")
    assert fetched.text.splitlines()[3] == "2 secret lane,review,0200,2 MILL LANE,0.7,,other premises,100,"
    assert len(fetched.text.splitlines()) == 5
    assert client.get(f"{job}/reviewed?format=xlsx").content.startswith(b"PK")
    assert problem_of(client.get(f"{job}/reviewed?format=doc")) == (422, "invalid-request")


def test_labels_that_another_program_takes_in_are_seen(client: TestClient, job: str, tmp_path: Path) -> None:
    row = queue_of(client, job)["rows"][0]["id"]
    (tmp_path / "said.csv").write_text(f"label_id,label_verdict,label_uprn\n{row},cannot tell,\n")
    store = LabelStore(tmp_path / job.rpartition("/")[2] / "labels")
    take_in(read_label_file(tmp_path / "said.csv"), store, "cleo")
    assert queue_of(client, job)["decided"] == 1


@pytest.mark.parametrize(
    ("said", "status", "name"),
    [
        ({"id": "a0", "verdict": "cannot tell"}, 404, "unknown-row"),
        ({"verdict": "other premises", "uprn": "999"}, 404, "unknown-uprn"),
        ({"verdict": "other premises"}, 422, "invalid-request"),
        ({"verdict": "cannot tell", "uprn": "0200"}, 422, "invalid-request"),
        ({"verdict": "cannot tell", "note": "x" * 501}, 422, "invalid-request"),
        ({"verdict": "cannot tell", "note": "a\u202eb"}, 422, "invalid-request"),
        ({"verdict": "maybe"}, 422, "invalid-request"),
        ({"verdict": "cannot tell", "coder": " "}, 422, "invalid-request"),
        ({"verdict": "cannot tell", "coder": "ann\u202eb"}, 422, "invalid-request"),
    ],
)
def test_what_cannot_be_is_refused(
    client: TestClient, job: str, said: dict[str, object], status: int, name: str
) -> None:
    assert problem_of(say(client, job, **said)) == (status, name)
    assert queue_of(client, job)["decided"] == 0


def test_an_answer_of_no_premises_cannot_be_called_right(client: TestClient, job: str) -> None:
    row = queue_of(client, job)["rows"][1]["id"]
    assert problem_of(say(client, job, id=row, verdict="right")) == (422, "unfit-verdict")


def test_a_job_that_is_not_done_or_holds_no_answers_has_no_queue(client: TestClient) -> None:
    held = send(client, "name=.csv&hold=true")["id"]
    assert problem_of(client.get(f"/v1/jobs/{held}/review")) == (409, "job-state")
    other = ended(client, send(client))["id"]
    assert problem_of(client.get(f"/v1/jobs/{other}/review")) == (404, "no-result")


def test_a_queue_is_for_the_key_that_made_the_job(tmp_path: Path) -> None:
    keys = KeyFile(tmp_path / "keys.json")
    one, other = (
        {"Authorization": f"Bearer {keys.add(name, Role.LABELLER)[1]}"} for name in ("one", "other")
    )
    with running(guard=Guard.of(AccessSettings(keys=keys.path)), jobs=jobs_in(tmp_path / "jobs")) as client:
        job = f"/v1/jobs/{send(client, file=ANSWERS, headers=one)['id']}"
        while client.get(job, headers=one).json()["state"] != "done":
            pass
        row = client.get(f"{job}/review", headers=one).json()["rows"][0]["id"]
        said = {"id": row, "coder": "ann", "verdict": "cannot tell"}
        for answer in (
            client.get(f"{job}/review", headers=other),
            client.get(f"{job}/verdicts", headers=other),
            client.get(f"{job}/reviewed", headers=other),
            client.post(f"{job}/verdicts", json=said, headers=other),
        ):
            assert problem_of(answer) == (404, "unknown-job")
        assert problem_of(client.get(f"{job}/review")) == (401, "missing-key")
        assert client.post(f"{job}/verdicts", json=said, headers=one).status_code == 200


def test_the_answer_of_a_blind_row_is_not_told_and_found_all_the_same(tmp_path: Path) -> None:
    rows = "".join(f"{n} secret lane,review,0200,2 MILL LANE,0.7,\n" for n in range(1, 6))
    file = ANSWERS.splitlines(keepends=True)[0] + rows.encode()
    with running(jobs=jobs_in(tmp_path)) as client:
        job = f"/v1/jobs/{ended(client, send(client, file=file))['id']}"
        shown, blind = queue_of(client, job)["rows"][3:5]
        assert [shown[name] for name in TOLD] == [False, "review", "0200", "2 MILL LANE", 0.7]
        assert [blind[name] for name in TOLD] == [True, None, "", "", None]
        said = {"id": blind["id"], "coder": "ann"}
        assert problem_of(client.post(f"{job}/verdicts", json=said | {"verdict": "right"})) == (
            422,
            "unfit-verdict",
        )
        named = said | {"verdict": "other premises", "uprn": "0200"}
        assert (
            client.post(f"{job}/verdicts", json=named).json()["rows"][0]["verdicts"][0]["verdict"] == "right"
        )


def test_the_key_of_a_reader_says_no_verdict(tmp_path: Path) -> None:
    keys = KeyFile(tmp_path / "keys.json")
    reader = {"Authorization": f"Bearer {keys.add('one', Role.READER)[1]}"}
    with running(guard=Guard.of(AccessSettings(keys=keys.path)), jobs=jobs_in(tmp_path / "jobs")) as client:
        job = f"/v1/jobs/{send(client, file=ANSWERS, headers=reader)['id']}"
        while client.get(job, headers=reader).json()["state"] != "done":
            pass
        said = {"id": "any", "coder": "ann", "verdict": "cannot tell"}
        assert problem_of(client.post(f"{job}/verdicts", json=said, headers=reader)) == (403, "other-role")


def test_labels_go_with_their_job(client: TestClient, job: str, tmp_path: Path) -> None:
    say(client, job, verdict="cannot tell")
    assert client.delete(job).status_code == 204
    assert problem_of(client.get(f"{job}/review")) == (404, "unknown-job")
    assert not (tmp_path / job.rpartition("/")[2]).exists()


def test_nothing_of_a_row_is_logged(client: TestClient, job: str, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level("DEBUG")
    say(client, job, verdict="cannot tell", note="secret")
    say(client, job, verdict="cannot tell", note="secret" * 100)
    assert [line for line in caplog.messages if "secret" in line or "ann" in line.split()] == []
