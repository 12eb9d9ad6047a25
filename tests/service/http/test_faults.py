"""An address at fault costs no other its answer."""

import logging
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from address_match.service.lifecycle.model_runs.model_runs import ModelRuns
from address_match.service.lifecycle.model_runs.model_work import CommandModelWork
from address_match.service.matching.answer import Answer
from tests.service.http.model_client import places_in
from tests.service.http.service_under_test import SmallPipeline, running


class FragilePipeline(SmallPipeline):
    """Fails whenever a secret address is among those it is given."""

    def match(self, texts: Sequence[str], *, top: int = 5, thorough: bool = False) -> list[Answer]:
        if any("secret" in text for text in texts):
            raise ValueError(f"cannot read {texts}")
        return super().match(texts, top=top, thorough=thorough)


def test_bulk_answers_the_others_and_says_which_could_not_be(caplog: pytest.LogCaptureFixture) -> None:
    texts = ["1 mill lane", "7 secret lane", "2 mill lane"]
    with caplog.at_level(logging.DEBUG), running(FragilePipeline()) as client:
        found = client.post("/v1/bulk", json={"addresses": texts})
    answers = found.json()["answers"]
    assert [(a["uprn"], a["reason"]) for a in answers] == [("100", ""), ("", "error"), ("0200", "")]
    assert answers[1]["error"].startswith("unexpected ValueError in FragilePipeline.match:")
    assert [r for r in caplog.records if "secret" in r.getMessage()] == []


def test_single_addresses_that_were_gathered_with_it_are_answered() -> None:
    texts = ["1 mill lane", "7 secret lane", "2 mill lane", "nowhere"] * 10
    with running(FragilePipeline(), threads=1, gathered=8) as client, ThreadPoolExecutor(8) as pool:
        found = list(pool.map(lambda t: client.get("/v1/addresses", params={"input": t}), texts))
    assert [f.status_code for f in found] == [200, 500, 200, 200] * 10
    assert [f.json()["uprn"] for f in found if f.status_code == 200] == ["100", "0200", ""] * 10


class FailingRuns(ModelRuns):
    """Ends at once, by an error that nobody foresaw."""

    async def run(self) -> None:
        raise RuntimeError("7 secret lane")


def test_what_runs_beside_the_requests_and_fails_is_logged_and_all_else_is_closed(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    pipeline, places = SmallPipeline(), places_in(tmp_path)
    runs = FailingRuns(places.registry, CommandModelWork(places))
    with running(pipeline, model=places, runs=runs) as client:
        assert client.get("/v1/addresses", params={"input": "1 mill lane"}).status_code == 200
    assert pipeline.retriever.closed
    (said,) = [record.getMessage() for record in caplog.records if "has ended" in record.getMessage()]
    assert said.startswith("FailingRuns has ended, unexpected RuntimeError in FailingRuns.run:")
    assert "secret" not in caplog.text
