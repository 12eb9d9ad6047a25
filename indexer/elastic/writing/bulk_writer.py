"""Send many documents: in parallel, again when a queue is full, what is refused by its line."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any

import orjson
from elastic_transport import ObjectApiResponse
from elasticsearch import Elasticsearch

from address_match.indexer.elastic.connection.retrying_client import RetryingClient
from address_match.indexer.elastic.connection.translated_errors import (
    QueueFullError,
    is_full_or_away,
    may_only_be_read,
    reason_of,
)
from address_match.indexer.elastic.stored.documents import TextDocument
from address_match.indexer.errors import EngineRefusedError
from address_match.indexer.sources.table_batch import RowError

DOCUMENTS_A_REQUEST = 1_000
"""About a megabyte and a half."""
REQUESTS_AT_ONCE = 3
_CONFLICT = 409


@dataclass(frozen=True, slots=True)
class Sent:
    """What became of the documents of one request."""

    written: int
    """Now in the index, by this request or already by an earlier one of the same version."""
    newer: tuple[str, ...]
    """Names of documents of which the index holds the same version or a later one."""
    refused: tuple[RowError, ...]


class BulkWriter:
    """Writes documents to one index; the latest version of a document stays, in whatever order they come."""

    def __init__(self, client: RetryingClient, index: str) -> None:
        self._client = client
        self._index = index

    def write(self, documents: Sequence[TextDocument], version: int) -> Sent:
        """Send documents until each is written, refused or known to be there; raises errors of
        `address_match.indexer.errors`.
        """
        waiting = list(documents)
        newer: list[str] = []
        refused: list[RowError] = []

        def send_the_rest(es: Elasticsearch) -> ObjectApiResponse[Any]:
            return es.bulk(operations=_lines(waiting, version), index=self._index)

        def take(answer: ObjectApiResponse[Any]) -> None:
            items = zip(waiting, answer["items"], strict=True)
            outcomes = [(document, item["index"]) for document, item in items]
            full = [(d, o) for d, o in outcomes if is_full_or_away(o["status"]) and not _blocked(o)]
            newer.extend(d.name for d, o in outcomes if o["status"] == _CONFLICT)
            refused.extend(_refusal(d, o) for d, o in outcomes if _is_refusal(o))
            waiting[:] = [document for document, _ in full]
            if full:
                raise QueueFullError(reason_of(full[0][1]))

        self._client.ask_for(send_the_rest, take)
        return Sent(len(documents) - len(newer) - len(refused), tuple(newer), tuple(refused))


def in_parallel(
    batches: Iterable[Sequence[TextDocument]], write: Callable[[Sequence[TextDocument]], Sent]
) -> Iterator[Sent]:
    """Write batches, a few at once, and yield what became of each, in their order."""
    with ThreadPoolExecutor(REQUESTS_AT_ONCE, thread_name_prefix="bulk") as threads:
        waiting: list[Future[Sent]] = []
        try:
            for batch in batches:
                waiting.append(threads.submit(write, batch))
                if len(waiting) > REQUESTS_AT_ONCE:
                    yield waiting.pop(0).result()
            while waiting:
                yield waiting.pop(0).result()
        finally:
            threads.shutdown(cancel_futures=True)


def _lines(documents: Iterable[TextDocument], version: int) -> list[Any]:
    """Return an action and a content for each document; `external` keeps the later version of a document."""
    lines: list[Any] = []
    for document in documents:
        head = {"index": {"_id": document.name, "version": version, "version_type": "external"}}
        lines += (orjson.dumps(head), document.content)
    return lines


def _is_refusal(outcome: dict[str, Any]) -> bool:
    status = outcome["status"]
    if _blocked(outcome):
        raise EngineRefusedError(
            f"The index may only be read: {reason_of(outcome)}. Free disk on the nodes of the cluster, or lift the block"
        )
    return status >= 400 and status != _CONFLICT and not is_full_or_away(status)


def _blocked(outcome: dict[str, Any]) -> bool:
    return outcome["status"] >= 400 and may_only_be_read(reason_of(outcome))


def _refusal(document: TextDocument, outcome: dict[str, Any]) -> RowError:
    return RowError(document.line, "refused by the cluster", f"{document.name}: {reason_of(outcome)}")
