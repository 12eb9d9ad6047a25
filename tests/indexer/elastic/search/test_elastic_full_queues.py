"""A real node whose queues hold a few requests: whoever is turned away comes again, and gets what it came for."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path

import pytest

from address_match.indexer.elastic.connection.cluster import connect
from address_match.indexer.elastic.connection.retrying_client import Patience
from address_match.indexer.elastic.elastic_index import ElasticIndex
from address_match.indexer.elastic.stored.documents import TextDocument
from address_match.indexer.elastic.stored.mapping import IndexLayout, mapping, settings_while_building
from address_match.indexer.elastic.writing.bulk_writer import BulkWriter
from address_match.indexer.lexical.analysis import terms
from address_match.indexer.retrieval import Query, QueryBatch, Quotas
from tests.indexer.elastic.indices import build_in, opened
from tests.indexer.models import HashedTrigrams
from tests.indexer.references import synthetic
from tests.nodes import Nodes, one_node

pytestmark = pytest.mark.slow

SETTINGS = """
thread_pool.search.size: 1
thread_pool.search.queue_size: 6
thread_pool.write.size: 1
thread_pool.write.queue_size: 1
"""
PATIENT = Patience(request_seconds=30.0, seconds=120.0, waits_out_failures=True)
AT_ONCE = 8
SEARCHERS = 16


@pytest.fixture(scope="module")
def narrow() -> Iterator[Nodes]:
    with one_node(SETTINGS) as node:
        yield node


def test_searches_that_a_full_queue_turned_away_are_answered_later(narrow: Nodes, tmp_path: Path) -> None:
    index = ElasticIndex(narrow.cluster, "searched", PATIENT)
    rows = synthetic(1_500)
    build_in(index, tmp_path, rows)
    texts = [address for _, address in rows[:30]]
    batch = QueryBatch([Query(terms(text), ()) for text in texts], HashedTrigrams().encode(texts))
    with closing(opened(index)) as retriever, ThreadPoolExecutor(SEARCHERS) as threads:
        alone = retriever.retrieve(batch, Quotas())
        together = list(threads.map(lambda _: retriever.retrieve(batch, Quotas()), range(SEARCHERS * 3)))
    assert narrow.rejected("search") > 0
    assert all(found.texts.rows.tolist() == alone.texts.rows.tolist() for found in together)
    assert all((found.text == alone.text).all() for found in together)


def test_documents_that_a_full_queue_turned_away_are_written_later(narrow: Nodes) -> None:
    name, layout = "written-000001", IndexLayout()
    index = ElasticIndex(narrow.cluster, "written", PATIENT)
    with (
        connect(narrow.cluster, PATIENT.request_seconds) as client,
        closing(index.connect()) as retrying,
        ThreadPoolExecutor(AT_ONCE) as threads,
    ):
        client.indices.create(
            index=name, mappings=mapping(8, layout, {}), settings=settings_while_building(layout)
        )
        writer = BulkWriter(retrying, name)
        parts = [
            [TextDocument(f"{part}-{n}#0", n, b'{"uprn": "1"}') for n in range(500)]
            for part in range(AT_ONCE * 4)
        ]
        sent = list(threads.map(lambda part: writer.write(part, 1), parts))
        client.indices.refresh(index=name)
        assert client.count(index=name)["count"] == sum(len(part) for part in parts)
    assert narrow.rejected("write") > 0
    assert sum(each.written for each in sent) == sum(len(part) for part in parts)
