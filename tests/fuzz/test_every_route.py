"""Whatever a request holds, it is answered, or refused by a problem document that repeats nothing unknown."""

from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from fastapi.testclient import TestClient
from hypothesis import strategies as st

from tests.fuzz.requests_of import UNKNOWN, Asked, requests_of
from tests.fuzz.rounds import hold, rounds
from tests.service.http.service_under_test import running
from tests.service.jobs.arrangements import jobs_in

with TemporaryDirectory() as folder, running(jobs=jobs_in(Path(folder))) as described:
    ROUTES = requests_of(described.get("/openapi.json").json())


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    jobs = jobs_in(tmp_path_factory.mktemp("jobs"))
    with running(jobs=jobs) as running_client:
        yield running_client


@rounds(60, 1_000)
@pytest.mark.parametrize("requests", ROUTES.values(), ids=ROUTES)
def test_every_request_is_answered_or_refused_as_the_document_says(
    client: TestClient, requests: st.SearchStrategy[Asked], tries: int
) -> None:
    def check(asked: Asked) -> None:
        headers = {"content-type": asked.content_type} if asked.content_type else {}
        answer = client.request(asked.method, asked.path, content=asked.body, headers=headers)
        assert answer.status_code in asked.described - {503}
        assert UNKNOWN not in answer.text
        if answer.status_code >= 400:
            problem = answer.json()
            assert answer.headers["content-type"] == "application/problem+json"
            assert problem["status"] == answer.status_code
            assert problem.keys() >= {"type", "title", "detail", "request_id"}
            assert problem.keys() <= {"type", "title", "status", "detail", "errors", "request_id"}

    hold(tries, check, asked=requests)
