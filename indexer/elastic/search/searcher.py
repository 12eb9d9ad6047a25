"""Send searches: few requests for many of them, and no answer that lacks a part of the index."""

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import orjson
from elastic_transport import ObjectApiResponse
from elasticsearch import Elasticsearch

from address_match.indexer.elastic.connection.retrying_client import RetryingClient
from address_match.indexer.elastic.connection.translated_errors import (
    PassingError,
    QueueFullError,
    is_full_or_away,
    reason_of,
)
from address_match.indexer.errors import EngineRefusedError

SEARCHES_A_REQUEST = 64
REQUESTS_AT_ONCE = 2
"""While one answer is read, the cluster works on the next."""
_OK = 200

Hit = dict[str, Any]


class Searcher:
    """Searches one index; safe to share between threads. Whoever makes it closes it."""

    def __init__(self, client: RetryingClient, index: str) -> None:
        self._client = client
        # A shard that fails or is late is an error: what is left would pass for the whole.
        self._head = orjson.dumps({"index": index, "allow_partial_search_results": False})
        self._timeout = f"{client.patience.request_seconds:g}s"
        self._threads = ThreadPoolExecutor(REQUESTS_AT_ONCE, thread_name_prefix="search")

    def search(self, bodies: Sequence[dict[str, Any]]) -> list[list[Hit]]:
        """Return the hits of each search, in order; raises errors of `address_match.indexer.errors`."""
        chunks = [
            bodies[start : start + SEARCHES_A_REQUEST] for start in range(0, len(bodies), SEARCHES_A_REQUEST)
        ]
        if len(chunks) == 1:
            return self._chunk(chunks[0])
        return [hits for answered in self._threads.map(self._chunk, chunks) for hits in answered]

    def close(self) -> None:
        """Let go of the threads."""
        self._threads.shutdown(cancel_futures=True)

    def _chunk(self, bodies: Sequence[dict[str, Any]]) -> list[list[Hit]]:
        answers: dict[int, list[Hit]] = {}

        def open_ones() -> list[int]:
            return [position for position in range(len(bodies)) if position not in answers]

        def send_the_rest(es: Elasticsearch) -> ObjectApiResponse[Any]:
            lines = [line for at in open_ones() for line in (self._head, self._line(bodies[at]))]
            return es.msearch(searches=lines)  # type: ignore[arg-type]  # lines of JSON are taken too

        def take(answer: ObjectApiResponse[Any]) -> None:
            problems: list[Exception] = []
            for position, response in zip(open_ones(), answer["responses"], strict=True):
                if problem := problem_of(response):
                    problems.append(problem)
                else:
                    answers[position] = _hits(response)
            if problems:
                raise next((p for p in problems if not isinstance(p, PassingError)), problems[0])

        self._client.ask_for(send_the_rest, take)
        return [answers[position] for position in range(len(bodies))]

    def _line(self, body: dict[str, Any]) -> bytes:
        return orjson.dumps({**body, "timeout": self._timeout})


def _hits(response: dict[str, Any]) -> list[Hit]:
    hits = response["hits"]["hits"]
    if not isinstance(hits, list):
        raise TypeError(f"hits are a {type(hits).__name__}")
    return hits


def problem_of(response: dict[str, Any]) -> Exception | None:
    """Return what is wrong with the answer to one search; None when it is whole."""
    status = response.get("status", _OK)
    if status != _OK:
        reason = reason_of(response)
        if is_full_or_away(status):
            return QueueFullError(reason) if status not in (502, 503, 504) else PassingError(reason)
        return EngineRefusedError(f"A search was refused ({status}): {reason}")
    shards = response["_shards"]
    if response["timed_out"] or shards["failed"]:
        return PassingError(f"{shards['failed']} of {shards['total']} shards gave no answer in time")
    return None
