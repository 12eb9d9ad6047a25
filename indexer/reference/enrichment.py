"""What the models add to the texts of a reference: parsed fields, vectors and words."""

from collections.abc import Callable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from dataclasses import dataclass
from multiprocessing import get_context

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from address_match.indexer.lexical.analysis import terms
from address_match.indexer.ports import Encoder, FieldParser
from address_match.indexer.quantisation import quantise
from address_match.indexer.record import field_columns

Models = tuple[FieldParser, Encoder]


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


def enrich(batch: pa.RecordBatch, reader: FieldParser, encoder: Encoder) -> EnrichedBatch:
    """Read and encode the rows of a reference."""
    texts: list[str] = batch.column("address").to_pylist()
    words = [terms(text) for text in texts]
    flat = pa.array([word for row in words for word in row], pa.string())
    return EnrichedBatch(
        reference=batch,
        fields=field_columns(reader.parse_fields(texts)),
        vectors=quantise(encoder.encode(texts)),
        terms=flat.dictionary_encode(),
        lengths=np.fromiter(map(len, words), dtype=np.int32, count=len(words)),
    )


def enriched_batches(
    batches: Iterator[pa.RecordBatch],
    *,
    models: Models,
    load_models: Callable[[], Models] | None,
    processes: int,
) -> Iterator[EnrichedBatch]:
    """Yield the batches in order, read in worker processes when `load_models` says how each gets its models."""
    if load_models is None or processes <= 1:
        for batch in batches:
            yield enrich(batch, *models)
        return
    # spawn: a fork would copy the threads of numpy and faiss in whatever state they are.
    with ProcessPoolExecutor(
        processes, mp_context=get_context("spawn"), initializer=_start_worker, initargs=(load_models,)
    ) as pool:
        waiting: list[Future[EnrichedBatch]] = []
        try:
            for batch in batches:
                waiting.append(pool.submit(_enrich_in_worker, batch))
                if len(waiting) > 2 * processes:
                    yield waiting.pop(0).result()
            while waiting:
                yield waiting.pop(0).result()
        finally:
            pool.shutdown(wait=True, cancel_futures=True)


_worker_models: list[Models] = []
"""Of this worker process; filled once by its initialiser."""


def _start_worker(load_models: Callable[[], Models]) -> None:
    _worker_models.append(load_models())


def _enrich_in_worker(batch: pa.RecordBatch) -> EnrichedBatch:
    return enrich(batch, *_worker_models[0])
