"""What each way to keep the texts in Elasticsearch finds, and costs in time and on disk.

Every way holds the same texts and is asked the same addresses. Recall is that of the neighbours, against all vectors
compared exactly as the encoder gave them; a text as near as the last of the true ones counts as found. What matters
more is `right@15`: of the addresses whose premises the reference holds, the share of those that have it among 15
neighbours.
"""

import argparse
import sys
import time
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass
from functools import partial
from typing import Any

import numpy as np
from elasticsearch import Elasticsearch
from numpy.typing import NDArray

from address_match.indexer.elastic.connection.cluster import Cluster, connect
from address_match.indexer.elastic.connection.retrying_client import BULK, RetryingClient
from address_match.indexer.elastic.elastic_index import ElasticIndex, open_elastic_index, read_generation
from address_match.indexer.elastic.search.searcher import Searcher
from address_match.indexer.elastic.stored.documents import (
    SortedTexts,
    document_name,
    documents,
    numbers_of_texts,
)
from address_match.indexer.elastic.stored.mapping import IndexLayout
from address_match.indexer.elastic.writing.bulk_load import await_leases
from address_match.indexer.elastic.writing.bulk_writer import DOCUMENTS_A_REQUEST, BulkWriter, in_parallel
from address_match.indexer.ports import BuildModels
from address_match.indexer.reference.load import load_reference
from address_match.indexer.reference.reference_source import open_reference
from address_match.indexer.reference.sorted_reference import SortedReference
from address_match.indexer.retrieval import QueryBatch, Quotas
from address_match.models.bundle import load_bundle
from address_match.service.build import build_elastic
from address_match.service.matching.query.parse_and_encode import parse_and_encode
from address_match.service.opening.bundle_models import identity, load_bundle_models
from benchmarks.elastic_sizing.variants import Variant, Vectors, variants
from benchmarks.harness.elastic_node import CpuSeconds, node_at
from benchmarks.harness.options import add_common_options
from benchmarks.harness.result import Result, Table, publish
from benchmarks.harness.synthetic import Country, evaluation_queries, reference_of

PREMISES = 15_000
"""About 20,000 texts, a minute or two for each way."""
QUERIES = 400
SEED = 31
LEFT_OUT = 0.15
FEW, MANY = 15, 50
"""Neighbours."""
_EMPTY_DOCUMENTS = 12
"""A segment of their own in each shard: what is in one segment already is not merged."""
_TIE = np.float32(1e-6)
_ALIAS = "benchmark-sizing"
_INDEX = "benchmark-sizing-variant"
_COLUMNS = (
    "way", "right@15", "recall@15", "recall@50", "bytes a text", "write s", "merge s", "build, node CPU s", "p50 ms",
    "node CPU ms a search", "searches/s by _msearch",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Asked:
    """The texts, the addresses that are asked for, and what is right."""

    sorted_reference: SortedReference
    names: list[str]
    """Of the document of each text."""
    vectors_of_texts: Vectors
    """As the encoder gives them, of unit length."""
    vectors: Vectors
    """Of the addresses."""
    bodies: list[dict[str, Any]]
    """What the cluster is asked for each of them, by all channels."""
    uprns: list[str]
    """Of the premises meant, empty where the reference does not hold it."""
    products: NDArray[np.float32]
    """Of each address with each text."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure and write the result."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.elastic_sizing", description=__doc__)
    add_common_options(parser, size=PREMISES, queries=QUERIES, seed=SEED)
    parser.add_argument("--url", default="", help="of Elasticsearch (a node of this machine is started)")
    parser.add_argument("--only", default="", help="measure only ways whose name contains this")
    options = parser.parse_args(arguments)
    country = Country(options.seed, options.size, LEFT_OUT)
    with node_at(options.url) as (url, node_seconds), connect(Cluster(url), BULK.request_seconds) as client:
        asked = _asked(country, options.queries, ElasticIndex(Cluster(url), _ALIAS), options)
        rows = []
        for variant in variants():
            if options.only in variant.name:
                rows.append(_row(variant, asked, client, node_seconds))
                print(*rows[-1], sep=" | ", file=sys.stderr, flush=True)
    result = Result(
        benchmark="elastic_sizing",
        settings={"premises": country.premises, "queries": options.queries, "seed": country.seed},
        figures={"texts": float(asked.sorted_reference.texts.num_rows)},
        tables=(Table("Ways to keep the texts", _COLUMNS, tuple(rows)),),
    )
    publish(result, options.out)
    return 0


def _asked(country: Country, count: int, index: ElasticIndex, options: argparse.Namespace) -> Asked:
    """Build an index as `es build` does, to learn what is asked of it."""
    reference = reference_of(country, reuse=options.reuse)
    build_elastic(reference, index, IndexLayout(), bundle=options.bundle)
    chosen = load_bundle(options.bundle)
    learned = load_bundle_models(chosen)
    with closing(open_reference(reference)) as source:
        bundle = identity(chosen, learned.parser, learned.encoder)
        sorted_reference = load_reference(source, BuildModels(learned.parser, learned.encoder, bundle))
    queries = evaluation_queries(country, count, LEFT_OUT)
    texts = [query.text for query in queries]
    meant = ["" if query.absent else query.uprn for query in queries]
    batch: QueryBatch = parse_and_encode(texts, learned.parser, learned.encoder).queries
    with closing(open_elastic_index(index, read_generation(index))) as retriever:
        bodies = [body for body in retriever.bodies(batch, Quotas()) if body is not None]
    uprns = sorted_reference.texts.column("uprn").to_pylist()
    names = [document_name(u, n) for u, n in zip(uprns, numbers_of_texts(uprns), strict=True)]
    vectors_of_texts = learned.encoder.encode(sorted_reference.texts.column("address").to_pylist())
    products = batch.vectors @ vectors_of_texts.T
    if len(bodies) != len(texts):
        raise ValueError(f"{len(texts) - len(bodies)} addresses ask for nothing; take another --seed")
    return Asked(sorted_reference, names, vectors_of_texts, batch.vectors, bodies, meant, products)


def _row(
    variant: Variant, asked: Asked, client: Elasticsearch, node_seconds: CpuSeconds
) -> tuple[str | float | None, ...]:
    retrying = RetryingClient(client, "the node", BULK)
    client.options(ignore_status=404).indices.delete(index=_INDEX)
    client.indices.create(index=_INDEX, mappings=variant.mapping(), settings=variant.settings())
    before, started = node_seconds(), time.perf_counter()
    _write(variant, asked, BulkWriter(retrying, _INDEX))
    written = time.perf_counter()
    await_leases(retrying, _INDEX)
    for number in range(_EMPTY_DOCUMENTS):
        client.index(index=_INDEX, id=f"~{number}", document={})
    client.indices.refresh(index=_INDEX)
    ready = time.perf_counter()
    client.options(request_timeout=1_200).indices.forcemerge(index=_INDEX, max_num_segments=1)
    client.indices.refresh(index=_INDEX)
    merged, after = time.perf_counter(), node_seconds()
    texts = len(asked.names)
    size = client.indices.stats(index=_INDEX, metric="store")["_all"]["primaries"]["store"]["size_in_bytes"]
    with closing(Searcher(retrying, _INDEX)) as searcher:
        few, many = (_neighbours(variant, asked, searcher, k) for k in (FEW, MANY))
        costs = _costs(variant, asked, searcher, node_seconds)
    cpu = None if before is None or after is None else after - before
    return (
        variant.name,
        _right(asked, few),
        _recall(asked, few, FEW),
        _recall(asked, many, MANY),
        size / texts,
        written - started,
        merged - ready,
        cpu,
        *costs,
    )


def _write(variant: Variant, asked: Asked, writer: BulkWriter) -> None:
    texts = SortedTexts(asked.sorted_reference)
    vectors = variant.vectors(asked.vectors_of_texts)
    requests = (
        [
            variant.document(document, vector)
            for document, vector in zip(documents(texts.at(rows)), vectors[rows], strict=True)
        ]
        for rows in np.array_split(np.arange(len(texts)), -(-len(texts) // DOCUMENTS_A_REQUEST))
    )
    for sent in in_parallel(requests, partial(writer.write, version=1)):
        if sent.refused:
            raise ValueError(f"{variant.name}: {sent.refused[0].detail}")


def _neighbours(variant: Variant, asked: Asked, searcher: Searcher, count: int) -> list[list[str]]:
    """Name the texts that are found near each address, ten times as many as asked for being kept in mind."""
    bodies = []
    for body, vector in zip(asked.bodies, variant.vectors(asked.vectors), strict=True):
        nearest = {**body["knn"][0], "k": count, "num_candidates": count * 10}
        bodies.append(variant.body({"_source": False, "size": count, "knn": [nearest]}, vector))
    return [[hit["_id"] for hit in hits] for hits in searcher.search(bodies)]


def _recall(asked: Asked, found: list[list[str]], count: int) -> float:
    """Return the share of the true neighbours that were found."""
    least = -np.partition(-asked.products, count - 1, axis=1)[:, count - 1]
    row_of = {name: row for row, name in enumerate(asked.names)}
    true = sum(
        asked.products[at, row_of[name]] > least[at] - _TIE
        for at, names in enumerate(found)
        for name in names
    )
    return float(true) / (count * len(found))


def _right(asked: Asked, found: list[list[str]]) -> float:
    """Return the share of the addresses whose premises was found, of those whose premises the reference holds."""
    pairs = [(uprn, names) for uprn, names in zip(asked.uprns, found, strict=True) if uprn]
    return sum(any(name.rpartition("#")[0] == uprn for name in names) for uprn, names in pairs) / len(pairs)


def _costs(
    variant: Variant, asked: Asked, searcher: Searcher, node_seconds: CpuSeconds
) -> tuple[float | None, ...]:
    """Return the median milliseconds of a search alone, the node's CPU time of one among many, and many a second."""
    vectors = variant.vectors(asked.vectors)
    bodies = [variant.body(body, vector) for body, vector in zip(asked.bodies, vectors, strict=True)]
    searcher.search(bodies)
    alone = []
    for body in bodies:
        started = time.perf_counter()
        searcher.search([body])
        alone.append((time.perf_counter() - started) * 1_000)
    before, started = node_seconds(), time.perf_counter()
    searcher.search(bodies)
    seconds, after = time.perf_counter() - started, node_seconds()
    cpu = None if before is None or after is None else (after - before) * 1_000 / len(bodies)
    return float(np.median(alone)), cpu, len(bodies) / seconds


if __name__ == "__main__":
    sys.exit(main())
