"""Whichever way an address comes in, its answer is the same."""

import csv
import json
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from address_match.service.cli import main
from address_match.service.http.app import create_app
from address_match.service.matching.answer import Answer, Relation
from address_match.service.settings.server_settings import ServerSettings
from address_match.service.wiring import open_pipeline
from tests.integration.conftest import Command, active_deployment

LIMIT = 3


@pytest.fixture(scope="module")
def texts(country: Path) -> list[str]:
    with (country / "queries.csv").open(newline="") as stream:
        return [row["address"] for row in csv.DictReader(stream)]


@pytest.fixture(scope="module")
def one_by_one(country_index: Path, texts: list[str]) -> list[Answer]:
    """The answers of the pipeline to one address at a time."""
    pipeline = open_pipeline(country_index)
    answers = [pipeline.match([text], top=LIMIT, thorough=True)[0] for text in texts]
    pipeline.close()
    return answers


@pytest.fixture(scope="module")
def client(country_index: Path) -> Iterator[TestClient]:
    with TestClient(create_app(active_deployment(country_index), ServerSettings())) as served:
        yield served


def _same(found: dict[str, object], answer: Answer) -> bool:
    listed = [(c["uprn"], c["relation"]) for c in found["candidates"]]  # type: ignore[attr-defined]  # parsed JSON
    return (
        (found["uprn"], found["status"], found["reason"], found["related_uprn"], found["address"])
        == (answer.uprn, answer.status, answer.reason, answer.related_uprn, answer.address)
        and found["probability"] == pytest.approx(answer.probability, abs=1e-9)
        and found["absent_probability"] == pytest.approx(answer.absent_probability, abs=1e-9)
        and listed == [(c.uprn, c.relation) for c in answer.candidates]
    )


def test_the_queries_are_of_every_status(one_by_one: list[Answer]) -> None:
    assert len(one_by_one) == 200
    assert {a.status.value for a in one_by_one} >= {"matched", "unmatched"}


def test_addresses_asked_for_at_once_are_answered_as_one_by_one(
    client: TestClient, texts: list[str], one_by_one: list[Answer]
) -> None:
    def by_url(text: str) -> dict[str, object]:
        found = client.get("/v1/addresses", params={"input": text, "limit": LIMIT})
        return found.json()  # type: ignore[no-any-return]

    def by_body(text: str) -> dict[str, object]:
        return client.post("/v1/addresses", json={"input": text, "limit": LIMIT}).json()  # type: ignore[no-any-return]

    with ThreadPoolExecutor(8) as pool:
        for ask in (by_url, by_body):
            found = list(pool.map(ask, texts))
            assert [t for t, f, a in zip(texts, found, one_by_one, strict=True) if not _same(f, a)] == []


def test_addresses_in_bulk_are_answered_as_one_by_one(
    client: TestClient, texts: list[str], one_by_one: list[Answer]
) -> None:
    found = client.post("/v1/bulk", json={"addresses": texts, "limit": LIMIT}).json()["answers"]
    assert [f["input"] for f in found] == texts
    assert [t for t, f, a in zip(texts, found, one_by_one, strict=True) if not _same(f, a)] == []


def test_the_command_answers_as_the_pipeline_does(
    command: Command, country_index: Path, texts: list[str], one_by_one: list[Answer]
) -> None:
    for place in range(0, 200, 20):  # each opens the index anew
        said = command("find", "--index", country_index, "--top", LIMIT, "--json", "--", texts[place])
        assert _same(json.loads(said.out), one_by_one[place])


@pytest.fixture(scope="module")
def matched(country: Path, country_index: Path) -> list[dict[str, str]]:
    assert _match(country, country_index, "thorough.csv", "--thorough", "--top", str(LIMIT)) == 0
    with (country / "thorough.csv").open(newline="") as stream:
        return list(csv.DictReader(stream))


def _match(country: Path, index: Path, out: str, *options: str) -> int:
    arguments = ("--index", str(index), "--columns", "address", *options)
    return main(["match", str(country / "queries.csv"), "--out", str(country / out), *arguments])


def test_a_file_that_is_matched_thoroughly_is_answered_as_one_by_one(
    matched: list[dict[str, str]], one_by_one: list[Answer]
) -> None:
    """A file holds probabilities of six digits."""
    names = ("status", "uprn", "reason", "related_uprn")
    found = [tuple(row[f"match_{name}"] for name in names) for row in matched]
    assert found == [(a.status, a.uprn, a.reason, a.related_uprn) for a in one_by_one]
    for name in ("probability", "absent_probability"):
        written = [float(row[f"match_{name}"]) for row in matched]
        assert written == pytest.approx([getattr(a, name) for a in one_by_one], abs=5.1e-7)
    uprns = [[c["uprn"] for c in json.loads(row["match_candidates"])] for row in matched]
    assert uprns == [[c.uprn for c in a.candidates] for a in one_by_one]


def test_several_processes_write_the_bytes_of_one(country: Path, country_index: Path) -> None:
    """200 rows are one batch; a file ten times as long is cut into as many as there are processes."""
    header, *rows = (country / "queries.csv").read_text().splitlines(keepends=True)
    (country / "many.csv").write_text("".join([header, *rows * 11]))
    for jobs in ("1", "2"):
        arguments = ("--index", str(country_index), "--columns", "address", "--jobs", jobs)
        out = str(country / f"jobs_{jobs}.csv")
        assert main(["match", str(country / "many.csv"), "--out", out, *arguments]) == 0
    one = (country / "jobs_1.csv").read_bytes()
    assert one.count(b"\n") > 2_200
    assert (country / "jobs_2.csv").read_bytes() == one


def test_why_nothing_matched_does_not_depend_on_what_is_listed_or_how_long_is_searched(
    country_index: Path, texts: list[str], one_by_one: list[Answer]
) -> None:
    """But for which house of its street, or which part of it, is offered where the short search tells that a house is absent."""
    pipeline = open_pipeline(country_index)
    for top in (1, 20, 40):
        for thorough in (False, True):
            found = pipeline.match(texts, top=top, thorough=thorough)
            is_short = top == 1 and not thorough
            assert [_why(each, any_offered=is_short) for each in found] == [
                _why(each, any_offered=is_short) for each in one_by_one
            ]
    pipeline.close()


def _why(answer: Answer, *, any_offered: bool) -> tuple[str, ...]:
    """Return why nothing matched and what is offered, but not which house of the street or part of the house where that
    may be any.
    """
    may_be_any = any_offered and answer.relation in (Relation.SAME_STREET, Relation.CHILD)
    related = "" if may_be_any else answer.related_uprn
    return answer.status, answer.reason, answer.relation, related
