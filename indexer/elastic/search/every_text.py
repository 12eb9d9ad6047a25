"""Every text of an index, a page after the other."""

from collections.abc import Iterator, Sequence
from typing import Any

import pyarrow as pa

from address_match.indexer.elastic.connection.retrying_client import RetryingClient
from address_match.indexer.elastic.search.queries import page_of_texts
from address_match.indexer.elastic.stored.generations import Generation
from address_match.indexer.elastic.stored.mapping import RECORD
from address_match.indexer.elastic.stored.records import read_records, unpack_record
from address_match.indexer.texts.schemas import LISTED_SCHEMA

_KEPT = "5m"
"""How long the cluster keeps what is read between two pages."""


def every_text(client: RetryingClient, generation: Generation) -> Iterator[pa.RecordBatch]:
    """Yield what lists show of all texts as they are now, in columns of `LISTED_SCHEMA` and no order."""
    index = generation.index
    point = client.ask_for(
        lambda es: es.open_point_in_time(index=index, keep_alive=_KEPT), lambda answer: str(answer["id"])
    )
    try:
        after: Sequence[Any] | None = None
        while hits := _page(client, point, after):
            yield from _listed(hits, generation).to_batches()
            after = hits[-1]["sort"]
    finally:
        client.ask(lambda es: es.options(ignore_status=404).close_point_in_time(id=point))


def _page(client: RetryingClient, point: str, after: Sequence[Any] | None) -> list[dict[str, Any]]:
    body = page_of_texts(after)
    return client.ask_for(
        lambda es: es.search(
            pit={"id": point, "keep_alive": _KEPT}, allow_partial_search_results=False, **body
        ),
        lambda answer: list(answer["hits"]["hits"]),
    )


def _listed(hits: Sequence[dict[str, Any]], generation: Generation) -> pa.Table:
    contents = dict(unpack_record(hit["fields"][RECORD][0]) for hit in hits)
    ascending = [contents[row] for row in sorted(contents)]
    manifest = generation.manifest
    return read_records(ascending, manifest.dimensions, manifest.lacks).texts.select(LISTED_SCHEMA.names)
