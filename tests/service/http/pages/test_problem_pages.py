"""The `type` of every problem is a page of the service."""

import re
from pathlib import Path

import pytest

from address_match.service.http.pages.problem_pages import ExplainedProblem, explained_problems
from tests.service.http.service_under_test import running

API = Path(__file__).parents[4] / "docs" / "use" / "http-api.md"


def test_the_type_of_a_problem_leads_to_what_it_means() -> None:
    with running() as client:
        problem = client.get("/v1/addresses/999").json()
        page = client.get(problem["type"])
    assert problem["type"] == "/docs/problems/unknown-uprn"
    assert (page.status_code, page.headers["content-type"]) == (200, "text/html; charset=utf-8")
    assert problem["title"] in page.text
    assert "The reference does not hold the premises that a URL names." in page.text


def test_every_problem_has_a_page() -> None:
    with running() as client:
        pages = [client.get(f"/docs/problems/{name}").status_code for name in explained_problems()]
        unknown = client.get("/docs/problems/nothing")
    assert set(pages) == {200}
    assert (unknown.status_code, unknown.json()["type"]) == (404, "/docs/problems/http")


@pytest.mark.parametrize("explained", explained_problems().values(), ids=explained_problems())
def test_a_page_says_in_a_sentence_when_its_problem_is_answered(explained: ExplainedProblem) -> None:
    assert re.fullmatch(r"[A-Z].+\.", explained.meaning)


def test_the_problems_that_the_documents_name_have_a_page() -> None:
    named = set(re.findall(r"\b[45][0-9]{2} `([a-z-]+)`", API.read_text("utf-8")))
    assert named
    assert named <= explained_problems().keys()
