"""The first half of every build: a reference is read, enriched by the models and sorted."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pyarrow as pa

from address_match.cycle_search import search_behind_batches
from address_match.indexer.errors import BuildError, NothingUsableError
from address_match.indexer.ports import ModelSource
from address_match.indexer.reference.enrichment import (
    HeldEnrichments,
    enrich,
    enriched_batches,
    enriched_beside,
    enriched_by_workers,
)
from address_match.indexer.reference.reference import Reference
from address_match.indexer.reference.sorted_reference import ReferenceCollector, SortedReference
from address_match.indexer.texts.schemas import REFERENCE_SCHEMA
from address_match.worker_processes import WorkerDiedError

BATCH_ROWS = 10_000
"""Rows that go to a worker at once: a second or two of work."""

Progress = Callable[[str, int, int | None], None]
"""Called with the stage, what of it is done, and its total where that is known."""


def silent(_stage: str, _done: int, _total: int | None) -> None:
    """Report no progress."""


def load_reference(
    source: Reference,
    models: ModelSource,
    *,
    processes: int = 1,
    held: HeldEnrichments | None = None,
    progress: Progress = silent,
    seconds: dict[str, float] | None = None,
) -> SortedReference:
    """Read a whole reference, in worker processes where they are several; report the stages `read` and `arrange`.

    Of changes, texts that are `held` are not parsed and encoded again, the others in this process, and there may be none.
    `seconds` receives how long `enrich` and `arrange` took. Raises NothingUsableError when nothing can be indexed, BuildError
    when a worker dies, and SourceError when the reference breaks off.
    """
    seconds = {} if seconds is None else seconds
    collector = ReferenceCollector()
    batches = source.batches(BATCH_ROWS)
    if held is not None:
        enriched = enriched_beside(batches, models.load(), held)
    elif processes > 1:
        enriched = enriched_by_workers(batches, models, processes)
    else:
        enriched = enriched_batches(batches, models.load())
    with timed(seconds, "enrich"), search_behind_batches() as search:
        try:
            for batch in enriched:
                collector.add(batch)
                search()
                progress("read", collector.texts, source.rows_total)
        except WorkerDiedError as error:
            raise BuildError(
                "A worker process of the build died, probably for want of memory; use fewer processes"
            ) from error
    if not collector.texts:
        if held is None:
            raise nothing_usable(source)
        collector.add(enrich(pa.RecordBatch.from_pylist([], schema=REFERENCE_SCHEMA), models.load()))
    progress("arrange", 0, None)
    # What reading took and gave back is room for what sorting takes.
    pa.default_memory_pool().release_unused()
    with timed(seconds, "arrange"):
        sorted_reference = collector.sorted(source.column_names(), source.precedence)
    for conflict in sorted_reference.conflicts:
        source.problems.add(conflict.row, conflict.what, conflict.detail, conflict.file)
    return sorted_reference


@contextmanager
def timed(seconds: dict[str, float], stage: str) -> Iterator[None]:
    """Note how long a stage took, wall-clock."""
    start = time.perf_counter()
    yield
    seconds[stage] = time.perf_counter() - start


def nothing_usable(source: Reference) -> NothingUsableError:
    """Return what to raise of a reference without a usable row."""
    found = ", ".join(f"{count:,} × {what}" for what, count in source.problems.counts.items())
    return NothingUsableError(
        f"{source.path} holds no usable row ({found or 'only a header'}); nothing was indexed"
    )
