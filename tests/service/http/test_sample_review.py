"""Labelling the answers of a sample one by one."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient

from address_match.service.access.api_key import Role
from address_match.service.lifecycle.labels.draw_sample import draw_sample
from address_match.service.lifecycle.labels.drawing_design import DrawingDesign
from tests.service.http.model_client import as_person, model_client, places_in
from tests.service.http.test_jobs import problem_of
from tests.service.jobs.arrangements import jobs_in
from tests.service.lifecycle.model_runs.arrangements import HEADER

ABSENT = "not in the reference"
ANSWERS = f"""{HEADER}
"9 secret lane",matched,100,"9 SECRET LANE",.95,
"9 other lane",unmatched,,,.2,
"""


@pytest.fixture
def client(tmp_path: Path) -> Iterator[TestClient]:
    """A client of a service whose store holds a sample, both of whose answers are blind and for two coders."""
    (tmp_path / "answers.csv").write_text(ANSWERS)
    places = places_in(tmp_path)
    places.labels.add_sample(draw_sample(tmp_path / "answers.csv", DrawingDesign(2, 0, 0, 1, 1), 1))
    with model_client(places, jobs=jobs_in(tmp_path / "jobs")) as client:
        yield client


def routes(client: TestClient) -> str:
    """Where the rows of the only sample are."""
    (sample,) = client.get("/v1/model/labels").json()["samples"]
    return f"/v1/model/labels/samples/{sample['id']}"


def look(client: TestClient, who: str) -> dict[str, Any]:
    as_person(client, who, Role.LABELLER)
    shown: dict[str, Any] = client.get(f"{routes(client)}/review").json()
    return shown


def say(client: TestClient, who: str, row: str, verdict: str, *, coder: str = "", **said: object) -> Any:
    as_person(client, who, Role.LABELLER)
    asked = {"id": row, "coder": coder or who, "verdict": verdict, **said}
    return client.post(f"{routes(client)}/verdicts", json=asked)


def test_a_row_that_was_drawn_for_two_comes_to_a_second_coder_and_to_no_third(client: TestClient) -> None:
    first = look(client, "Lena")
    assert (first["total"], first["next"]) == (2, 0)
    row = first["rows"][0]["id"]
    assert say(client, "Lena", row, ABSENT).json()["next"] == 1
    assert look(client, "Mo")["next"] == 0
    assert say(client, "Mo", row, ABSENT).json()["next"] == 1
    assert look(client, "Nia")["next"] == 1
    shown = client.get("/v1/model/labels").json()
    assert (shown["labels"], shown["agreement"][0]["alike"]) == (1, 1)


def test_a_blind_answer_is_not_told(client: TestClient) -> None:
    row = look(client, "Lena")["rows"][0]
    assert row["blind"]
    assert (row["status"], row["uprn"], row["matched_address"], row["probability"]) == (None, "", "", None)


def test_what_two_differ_in_is_settled_by_a_third(client: TestClient) -> None:
    row = look(client, "Lena")["rows"][0]["id"]
    say(client, "Lena", row, ABSENT)
    assert say(client, "Mo", row, "cannot tell").json()["disputed"] == 1
    assert problem_of(say(client, "Mo", row, ABSENT, settles=True)) == (422, "unfit-verdict")
    assert say(client, "Nia", row, ABSENT, settles=True).json()["disputed"] == 0
    assert client.get("/v1/model/labels").json()["verdicts"] == {ABSENT: 1}


def test_nobody_labels_in_the_name_of_another_nor_without_the_role(client: TestClient) -> None:
    row = look(client, "Lena")["rows"][0]["id"]
    assert problem_of(say(client, "Mo", row, ABSENT, coder="Lena")) == (422, "unfit-verdict")
    address = f"{routes(client)}/review"
    as_person(client, "Rea", Role.READER)
    assert problem_of(client.get(address))[0] == 403


def test_a_sample_that_is_not_there_is_none(client: TestClient) -> None:
    as_person(client, "Lena", Role.LABELLER)
    found = client.get("/v1/model/labels/samples/0123456789abcdef/review")
    assert problem_of(found) == (404, "unknown-sample")
