"""Whether what was written can be found again."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np
from elasticsearch import Elasticsearch

from indexer.arrangement import Arrangement
from indexer.elastic.calling import Caller
from indexer.elastic.generations import Generation
from indexer.elastic.queries import all_texts
from indexer.elastic.retriever import ElasticRetriever
from indexer.errors import BuildError
from indexer.local.vectors import SCALE
from indexer.retrieval import Query, QueryBatch, Quotas
from indexer.sources.batches import RowError

SAMPLE = 200
_SECONDS_A_SEARCH = 60.0


def verify(
    client: Elasticsearch,
    caller: Caller,
    generation: Generation,
    arrangement: Arrangement,
    refused: Sequence[RowError],
    counted: Path,
) -> None:
    """Raise BuildError unless every text is counted and a sample of them finds itself by each channel."""
    held = caller.ask(lambda: client.count(index=generation.index, query=all_texts()))["count"]
    expected = arrangement.texts.num_rows - len(refused)
    if held != expected:
        raise BuildError(
            f"{generation.index} holds {held:,} texts of {expected:,}; it was not put in force. Build again"
        )
    lines = {error.row for error in refused}
    rows = [row for row in _sample(arrangement) if int(arrangement.lines[row]) not in lines]
    retriever = ElasticRetriever(client, caller, generation, counted=counted, seconds=_SECONDS_A_SEARCH)
    try:
        missing = _missing(retriever, arrangement, rows)
    finally:
        retriever.close()
    if missing:
        raise BuildError(
            f"{len(missing)} of {len(rows)} texts that were looked for in {generation.index} were not found, the first "
            f"by {missing[0]}; it was not put in force. Build again, with a higher --graph-effort if it stays so"
        )


def _sample(arrangement: Arrangement) -> list[int]:
    texts = arrangement.texts.num_rows
    return sorted({int(row) for row in np.linspace(0, texts - 1, min(SAMPLE, texts))})


def _missing(retriever: ElasticRetriever, arrangement: Arrangement, rows: Sequence[int]) -> list[str]:
    """Ask for texts by their own words, vectors and postcodes; name the channel and line of each that is not found."""
    queries = [_query(arrangement, row) for row in rows]
    vectors = arrangement.vectors[rows].astype(np.float32) / np.float32(SCALE)
    addresses = arrangement.texts.column("address").take(rows).to_pylist()
    missing: list[str] = []
    for name, quotas in (("words", Quotas(0, 30, 0)), ("vector", Quotas(0, 0, 30))):
        found = retriever.retrieve(QueryBatch(queries, vectors), quotas)
        held = found.texts.column("address").to_pylist()
        pairs = {(int(q), held[t]) for q, t in zip(found.query, found.text, strict=True)}
        missing += [
            f"its {name}, line {arrangement.lines[row]}"
            for position, (row, address) in enumerate(zip(rows, addresses, strict=True))
            if (position, address) not in pairs and _can_be_asked(name, queries[position], vectors[position])
        ]
    return missing


def _can_be_asked(name: str, query: Query, vector: "np.ndarray[tuple[int], np.dtype[np.float32]]") -> bool:
    return bool(query.terms) if name == "words" else bool(vector.any())


def _query(arrangement: Arrangement, row: int) -> Query:
    end = int(arrangement.lengths[: row + 1].sum())
    words = arrangement.text_terms[end - int(arrangement.lengths[row]) : end]
    postcode = arrangement.postcodes[row]
    return Query(tuple(arrangement.words[word] for word in words), (postcode,) if postcode else ())
