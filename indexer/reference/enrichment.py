"""What the models add to the texts of a reference: parsed fields, vectors and words."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Protocol

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from address_match.cycle_search import search_the_new, without_search_for_cycles
from address_match.indexer.lexical.analysis import terms_of_words
from address_match.indexer.ports import BuildModels, ModelSource, reads_words
from address_match.indexer.search.quantisation import quantise
from address_match.indexer.texts.schemas import field_columns
from address_match.parser.tokens import words_of
from address_match.ragged import bounds_of, places_in_rows
from address_match.worker_processes import done_in_order


@dataclass(frozen=True, slots=True)
class Enrichment:
    """What the models and the analysis make of texts."""

    fields: pa.RecordBatch
    """Columns of `PARSED_FIELDS_SCHEMA`."""
    vectors: NDArray[np.int8]
    """Shape (rows, dimensions)."""
    terms: pa.DictionaryArray
    """The distinct words of each row, one row after the other."""
    lengths: NDArray[np.int32]
    """Shape (rows,): number of words of each row."""


@dataclass(frozen=True, slots=True)
class EnrichedBatch:
    """Rows of a reference with all that an index keeps of them."""

    reference: pa.RecordBatch
    """Columns of `REFERENCE_SCHEMA`."""
    enrichment: Enrichment
    """Of their addresses, in their order."""


class HeldEnrichments(Protocol):
    """Texts that the same models have read before."""

    def rows_of(self, uprns: pa.StringArray, addresses: pa.StringArray) -> NDArray[np.int64]:
        """Return under which row each address of a premises is held, -1 where it is not."""
        ...

    def enrichment(self, rows: NDArray[np.int64]) -> Enrichment:
        """Return what was made of the texts of some rows, in their order."""
        ...


def enrich(batch: pa.RecordBatch, models: BuildModels) -> EnrichedBatch:
    """Parse and encode the rows of a reference, columns of `REFERENCE_SCHEMA`."""
    return EnrichedBatch(batch, _enrichment(batch.column("address").to_pylist(), models))


def _enrichment(texts: list[str], models: BuildModels) -> Enrichment:
    words = [words_of(text) for text in texts]
    terms = [terms_of_words(some.texts) for some in words]
    encoder = models.encoder
    return Enrichment(
        fields=field_columns(models.parser.parse_fields(texts, words)),
        vectors=quantise(
            encoder.encode_words([some.texts for some in words])
            if reads_words(encoder)
            else encoder.encode(texts)
        ),
        terms=pa.array([term for row in terms for term in row], pa.string()).dictionary_encode(),
        lengths=np.fromiter(map(len, terms), dtype=np.int32, count=len(terms)),
    )


def enriched_beside(
    batches: Iterator[pa.RecordBatch], models: BuildModels, held: HeldEnrichments
) -> Iterator[EnrichedBatch]:
    """Yield the batches in order; texts that are held are not read again, and what comes out is the same."""
    for batch in batches:
        rows = held.rows_of(batch.column("uprn"), batch.column("address"))
        known, new = np.flatnonzero(rows >= 0), np.flatnonzero(rows < 0)
        parts = (
            held.enrichment(rows[known]),
            _enrichment(batch.column("address").take(pa.array(new)).to_pylist(), models),
        )
        order = np.argsort(np.concatenate([known, new]), kind="stable")
        yield EnrichedBatch(batch, _in_order(parts, order))


def _in_order(parts: Sequence[Enrichment], order: NDArray[np.int64]) -> Enrichment:
    """Join enrichments and put their rows in another order."""
    lengths = np.concatenate([part.lengths for part in parts])
    words = pa.concat_arrays([part.terms.cast(pa.string()) for part in parts])
    places, _ = places_in_rows(bounds_of(lengths.astype(np.int64)), order)
    return Enrichment(
        fields=pa.concat_batches([part.fields for part in parts]).take(pa.array(order)),
        vectors=np.concatenate([part.vectors for part in parts])[order],
        terms=words.take(pa.array(places)).dictionary_encode(),
        lengths=lengths[order],
    )


def enriched_batches(batches: Iterator[pa.RecordBatch], models: BuildModels) -> Iterator[EnrichedBatch]:
    """Yield the batches in order."""
    return (enrich(batch, models) for batch in batches)


def enriched_by_workers(
    batches: Iterator[pa.RecordBatch], models: ModelSource, processes: int
) -> Iterator[EnrichedBatch]:
    """Yield the batches in order, enriched by worker processes, each of which loads models of its own."""
    tasks = ((None, batch) for batch in batches)
    open_worker = partial(_open_worker, models)
    for _, enriched in done_in_order(_enrich_in_worker, tasks, processes=processes, opened_by=open_worker):
        yield enriched


_worker_models: list[BuildModels] = []
"""Of this worker process; filled once by its initialiser."""


def _open_worker(models: ModelSource) -> None:
    _worker_models.append(models.load())


def _enrich_in_worker(batch: pa.RecordBatch) -> EnrichedBatch:
    with without_search_for_cycles():
        enriched = enrich(batch, _worker_models[0])
    search_the_new()
    return enriched
