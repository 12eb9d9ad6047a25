"""What becomes of a search when the cluster is full, slow, or answers in part."""

import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from typing import Any

import pytest

from address_match.indexer.elastic.connection.retrying_client import Patience
from address_match.indexer.elastic.elastic_index import ElasticIndex
from address_match.indexer.elastic.search.searcher import Searcher
from address_match.indexer.elastic.stored.documents import TextDocument
from address_match.indexer.elastic.writing.bulk_writer import BulkWriter
from address_match.indexer.errors import EngineUnavailableError
from tests.indexer.elastic.answers import Trouble, answering

PATIENT = Patience(request_seconds=5.0, seconds=20.0, waits_out_failures=True)
HURRIED = Patience(request_seconds=0.5, seconds=1.0, waits_out_failures=False)
FULL = {"type": "es_rejected_execution_exception", "reason": "queue capacity = 1"}
HIT = {"_id": "100#0"}
WHOLE = {"status": 200, "timed_out": False, "_shards": {"total": 3, "failed": 0}, "hits": {"hits": [HIT]}}
REFUSED = {"status": 429, "error": FULL}
IN_PART = {**WHOLE, "_shards": {"total": 3, "failed": 1}}
LATE = {**WHOLE, "timed_out": True}


def answers(*responses: dict[str, Any]) -> tuple[int, dict[str, Any]]:
    return 200, {"took": 1, "responses": list(responses)}


@contextmanager
def searching(trouble: Trouble, patience: Patience) -> Iterator[Searcher]:
    with (
        answering(trouble) as cluster,
        closing(ElasticIndex(cluster, "addresses", patience).connect()) as client,
        closing(Searcher(client, "addresses-000001")) as searcher,
    ):
        yield searcher


@pytest.mark.parametrize("full", [(429, {"status": 429, "error": FULL}), answers(REFUSED)])
def test_a_full_queue_is_asked_again_later_and_then_answers(full: tuple[int, Any]) -> None:
    trouble = Trouble([full, full, full, answers(WHOLE)])
    with searching(trouble, PATIENT) as searcher:
        assert searcher.search([{}]) == [[HIT]]
    waits = [after - before for before, after in zip(trouble.asked, trouble.asked[1:], strict=False)]
    assert len(waits) == 3
    assert waits[0] < waits[2], "each wait is longer than the one before"


def test_of_several_searches_only_those_without_an_answer_are_asked_again() -> None:
    trouble = Trouble([answers(WHOLE, REFUSED, WHOLE), answers(WHOLE)])
    with searching(trouble, PATIENT) as searcher:
        assert searcher.search([{}, {}, {}]) == [[HIT]] * 3


@pytest.mark.parametrize("incomplete", [IN_PART, LATE])
def test_an_answer_that_lacks_a_part_of_the_index_is_asked_for_again(incomplete: dict[str, Any]) -> None:
    with searching(Trouble([answers(incomplete), answers(WHOLE)]), PATIENT) as searcher:
        assert searcher.search([{}]) == [[HIT]]


@pytest.mark.parametrize("incomplete", [IN_PART, LATE])
def test_an_answer_that_stays_incomplete_is_an_error(incomplete: dict[str, Any]) -> None:
    with (
        searching(Trouble([answers(incomplete)]), HURRIED) as searcher,
        pytest.raises(EngineUnavailableError),
    ):
        searcher.search([{}])


def test_a_slow_node_is_given_up_in_time() -> None:
    started = time.monotonic()
    with searching(Trouble([answers(WHOLE)], seconds=30), HURRIED) as searcher:
        with pytest.raises(EngineUnavailableError):
            searcher.search([{}])
        assert time.monotonic() - started < 5


def test_documents_that_a_full_queue_turned_away_are_sent_again_and_the_others_are_not() -> None:
    written = {"index": {"status": 201}}
    turned_away = {"index": {"status": 429, "error": FULL}}
    first = (200, {"errors": True, "items": [written, turned_away]})
    trouble = Trouble([first, (200, {"errors": False, "items": [written]})])
    documents = [TextDocument(f"{n}#0", n, b"{}") for n in range(2)]
    with answering(trouble) as cluster, closing(ElasticIndex(cluster, "a", PATIENT).connect()) as client:
        sent = BulkWriter(client, "addresses-000001").write(documents, 1)
    assert (sent.written, sent.newer, sent.refused) == (2, (), ())


@pytest.mark.parametrize(
    "half",
    [
        (200, {}),
        answers(),
        answers({**WHOLE, "hits": None}),
        answers({**WHOLE, "hits": {"hits": "x"}}),
        (200, []),
    ],
)
def test_half_an_answer_is_asked_for_again_and_never_given(half: tuple[int, Any]) -> None:
    with searching(Trouble([half, answers(WHOLE)]), PATIENT) as searcher:
        assert searcher.search([{}]) == [[HIT]]
    with searching(Trouble([half]), HURRIED) as searcher, pytest.raises(EngineUnavailableError):
        searcher.search([{}])
