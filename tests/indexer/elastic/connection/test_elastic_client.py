"""How requests are tried again, given up, and kept from a cluster that is dead."""

import time
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

import pytest
from elastic_transport import ConnectionError as NoConnection
from elasticsearch import Elasticsearch

from address_match.indexer.elastic.connection.retrying_client import Patience, RetryingClient
from address_match.indexer.elastic.connection.translated_errors import QueueFullError, may_only_be_read
from address_match.indexer.errors import EngineUnavailableError

UNASKED = Elasticsearch("http://127.0.0.1:9")
"""The requests of these tests answer by themselves."""
HURRIED = Patience(request_seconds=1.0, seconds=0.0, waits_out_failures=False)


def test_several_threads_ask_at_the_same_time() -> None:
    together = Barrier(3, timeout=20)
    retrying = RetryingClient(UNASKED, "here", HURRIED)
    with ThreadPoolExecutor(3) as threads:
        assert sorted(threads.map(lambda _: retrying.ask(lambda _: together.wait()), range(3))) == [0, 1, 2]


def test_a_dead_cluster_is_left_alone_until_the_circuit_closes() -> None:
    asked = []

    def nobody(_: Elasticsearch) -> None:
        asked.append(1)
        raise NoConnection("refused")

    retrying = RetryingClient(UNASKED, "here", HURRIED)
    for _ in range(20):
        with pytest.raises(EngineUnavailableError):
            retrying.ask(nobody)
    assert len(asked) == 5
    with pytest.raises(EngineUnavailableError, match="asked again in 5 s"):
        retrying.ask(nobody)


def test_a_full_queue_does_not_open_the_circuit() -> None:
    def full(_: Elasticsearch) -> None:
        raise QueueFullError("queue capacity 1")

    retrying = RetryingClient(UNASKED, "here", HURRIED)
    for _ in range(20):
        with pytest.raises(EngineUnavailableError, match="queue capacity 1"):
            retrying.ask(full)
    assert retrying.ask(lambda _: "an answer") == "an answer"


def test_whoever_waits_out_failures_gets_the_answer_of_a_cluster_that_comes_back() -> None:
    back = time.monotonic() + 1

    def away_for_a_second(_: Elasticsearch) -> str:
        if time.monotonic() < back:
            raise NoConnection("refused")
        return "an answer"

    retrying = RetryingClient(
        UNASKED, "here", Patience(request_seconds=1.0, seconds=60.0, waits_out_failures=True)
    )
    assert retrying.ask(away_for_a_second) == "an answer"


@pytest.mark.parametrize("error", [KeyError("mistaken"), TypeError("mistaken"), ValueError("mistaken")])
def test_what_a_request_of_ours_does_wrong_is_not_asked_again(error: Exception) -> None:
    asked = []

    def mistaken(_: Elasticsearch) -> None:
        asked.append(1)
        raise error

    patience = Patience(request_seconds=1.0, seconds=60.0, waits_out_failures=True)
    with pytest.raises(type(error), match="mistaken"):
        RetryingClient(UNASKED, "here", patience).ask(mistaken)
    assert len(asked) == 1


def test_an_answer_that_lacks_what_is_taken_from_it_is_asked_for_again() -> None:
    answers: list[dict[str, Any]] = [{}, {"count": "none"}, {"count": 3}]
    patience = Patience(request_seconds=1.0, seconds=60.0, waits_out_failures=True)
    retrying = RetryingClient(UNASKED, "here", patience)
    assert retrying.ask_for(lambda _: answers.pop(0), lambda answer: int(answer["count"])) == 3


READ_ONLY = (
    "cluster_block_exception: index [a] blocked by: [FORBIDDEN/5/index read-only (api)];",
    "cluster_block_exception: index [a] blocked by: [TOO_MANY_REQUESTS/12/disk usage exceeded flood-stage watermark];",
)
NO_MASTER = "cluster_block_exception: blocked by: [SERVICE_UNAVAILABLE/2/no master];"


def test_a_cluster_that_seeks_its_master_is_not_one_that_may_only_be_read() -> None:
    assert all(may_only_be_read(reason) for reason in READ_ONLY)
    assert not may_only_be_read(NO_MASTER)
