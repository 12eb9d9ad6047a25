"""A file is sent whole, or as the one part that is asked for."""

from pathlib import Path

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from address_match.service.http.routing.stored_file import StoredFile


@pytest.fixture
def client(tmp_path: Path) -> TestClient:
    file = tmp_path / "answers.csv"
    file.write_bytes(b"0123456789")
    app = FastAPI()
    app.add_api_route("/file", lambda: StoredFile(file), methods=["GET", "POST"])
    return TestClient(app)


@pytest.mark.parametrize(
    ("part", "sent"),
    [("0-3", b"0123"), ("8-", b"89"), ("8-99", b"89"), ("-3", b"789"), ("1-10", b"123456789")],
)
def test_a_part_is_sent_as_such(client: TestClient, part: str, sent: bytes) -> None:
    answer = client.get("/file", headers={"range": f"bytes={part}"})
    assert (answer.status_code, answer.content) == (206, sent)


@pytest.mark.parametrize(
    "said",
    [
        "bytes=5-2",
        "bytes=",
        "bytes=-",
        "bytes=a-b",
        "lines=1-2",
        "bytes=0-1,4-5",
        "bytes=" + "9" * 5_000 + "-",
        "x",
    ],
)
def test_what_is_no_part_is_passed_over(client: TestClient, said: str) -> None:
    answer = client.get("/file", headers={"range": said})
    assert (answer.status_code, answer.content) == (200, b"0123456789")


@pytest.mark.parametrize("part", ["10-", "10-12", "99-", "-0"])
def test_a_part_behind_the_end_is_a_problem_that_says_how_long_the_file_is(
    client: TestClient, part: str
) -> None:
    answer = client.get("/file", headers={"range": f"bytes={part}"})
    assert (answer.status_code, answer.headers["content-range"]) == (416, "bytes */10")
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.json()["type"] == "/docs/problems/no-such-part"


def test_only_who_reads_asks_for_parts(client: TestClient) -> None:
    assert client.post("/file", headers={"range": "bytes=0-3"}).content == b"0123456789"


def test_a_part_of_another_state_of_the_file_is_the_whole(client: TestClient) -> None:
    etag = client.get("/file").headers["etag"]
    same = client.get("/file", headers={"range": "bytes=0-3", "if-range": etag})
    other = client.get("/file", headers={"range": "bytes=0-3", "if-range": '"other"'})
    assert (same.content, other.content) == (b"0123", b"0123456789")
