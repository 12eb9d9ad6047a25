"""Verify that what was written can be found again."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from address_match.indexer.elastic.connection.retrying_client import RetryingClient
from address_match.indexer.elastic.search.queries import all_texts
from address_match.indexer.elastic.search.retriever import ElasticRetriever
from address_match.indexer.elastic.stored.generations import Generation
from address_match.indexer.errors import BuildError
from address_match.indexer.lexical.analysis import terms
from address_match.indexer.reference.sorted_reference import SortedReference
from address_match.indexer.retrieval import Query, QueryBatch, Quotas
from address_match.indexer.search.quantisation import SCALE
from address_match.indexer.sources.table_batch import RowError

SAMPLE = 200
_LEAST_FOUND_BY_VECTOR = 0.97
"""The graph of neighbours is walked, not searched; in a street of near-equal texts it may miss one."""
_BY = {"words": Quotas(0, 30, 0), "vector": Quotas(0, 0, 30)}


def verify(
    client: RetryingClient,
    generation: Generation,
    sorted_reference: SortedReference,
    refused: Sequence[RowError],
    statistics: Path,
) -> None:
    """Raise BuildError unless every text is counted and a sample of them finds itself by its words and its vector."""
    held = texts_held(client, generation.index)
    expected = sorted_reference.texts.num_rows - len(refused)
    if held != expected:
        raise BuildError(
            f"{generation.index} holds {held:,} texts of {expected:,}; it was not put in force. Build again"
        )
    rows = _sample(sorted_reference, {error.row for error in refused})
    addresses = sorted_reference.texts.column("address").take(rows).to_pylist()
    retriever = ElasticRetriever(client, generation, statistics)
    try:
        missing = not_found(retriever, addresses, sorted_reference.vectors[rows])
    finally:
        retriever.close()
    if missing:
        by, position = missing[0]
        raise BuildError(
            f"{len(missing)} of {len(rows)} texts that were looked for in {generation.index} were not found, the first by "
            f"its {by}, row {sorted_reference.lines[rows[position]]}; it was not put in force. Build again"
        )


def texts_held(client: RetryingClient, index: str) -> int:
    """Count the texts of an index."""
    return client.ask_for(
        lambda es: es.count(index=index, query=all_texts()), lambda answer: int(answer["count"])
    )


def not_found(
    retriever: ElasticRetriever, addresses: Sequence[str], vectors: NDArray[np.int8]
) -> list[tuple[str, int]]:
    """Ask for texts by their own words, then by their own vectors; name what each was not found by, and its position.

    A few that are not found by their vectors are ignored.
    """
    queries = [Query(terms(address), ()) for address in addresses]
    units = vectors.astype(np.float32) / np.float32(SCALE)
    missing: list[tuple[str, int]] = []
    for by, quotas in _BY.items():
        found = retriever.retrieve(QueryBatch(queries, units), quotas)
        held = found.texts.strings("address").rows()
        pairs = {(int(query), held[text]) for query, text in zip(found.query, found.text, strict=True)}
        lost = [
            (by, position)
            for position, address in enumerate(addresses)
            if (queries[position].terms if by == "words" else vectors[position].any())
            and (position, address) not in pairs
        ]
        if by == "words" or len(lost) > (1 - _LEAST_FOUND_BY_VECTOR) * len(addresses):
            missing += lost
    return missing


def _sample(sorted_reference: SortedReference, refused: set[int]) -> list[int]:
    texts = sorted_reference.texts.num_rows
    spread = np.unique(np.linspace(0, texts - 1, min(SAMPLE, texts)).astype(np.int64)).tolist()
    return [row for row in spread if int(sorted_reference.lines[row]) not in refused]
