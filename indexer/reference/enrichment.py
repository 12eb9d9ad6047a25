"""What the models add to the texts of a reference: parsed fields, vectors and words."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from address_match.indexer.lexical.analysis import terms
from address_match.indexer.ports import BuildModels, ModelSource
from address_match.indexer.quantisation import quantise
from address_match.indexer.record import field_columns
from address_match.worker_processes import done_in_order


@dataclass(frozen=True, slots=True)
class EnrichedBatch:
    """Rows of a reference with all that an index keeps of them."""

    reference: pa.RecordBatch
    """Columns of `REFERENCE_SCHEMA`."""
    fields: pa.RecordBatch
    """Columns of `PARSED_FIELDS_SCHEMA`."""
    vectors: NDArray[np.int8]
    """Shape (rows, dimensions)."""
    terms: pa.DictionaryArray
    """The distinct words of each row, one row after the other."""
    lengths: NDArray[np.int32]
    """Shape (rows,): number of words of each row."""


def enrich(batch: pa.RecordBatch, models: BuildModels) -> EnrichedBatch:
    """Parse and encode the rows of a reference, columns of `REFERENCE_SCHEMA`."""
    texts: list[str] = batch.column("address").to_pylist()
    words = [terms(text) for text in texts]
    flat = pa.array([word for row in words for word in row], pa.string())
    return EnrichedBatch(
        reference=batch,
        fields=field_columns(models.parser.parse_fields(texts)),
        vectors=quantise(models.encoder.encode(texts)),
        terms=flat.dictionary_encode(),
        lengths=np.fromiter(map(len, words), dtype=np.int32, count=len(words)),
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
    return enrich(batch, _worker_models[0])
