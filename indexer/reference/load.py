"""The first half of every build: a reference is read, enriched by the models and put in order."""

import time
from collections.abc import Callable, Iterator
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager

from address_match.indexer.errors import BuildError, NothingUsableError
from address_match.indexer.reference.enrichment import Models, enriched_batches
from address_match.indexer.reference.sorted_reference import ReferenceCollector, SortedReference
from address_match.indexer.sources.reference_source import ReferenceSource

BATCH_ROWS = 10_000
"""Rows that go to a worker at once: a second or two of work."""

Progress = Callable[[str, int, int | None], None]
"""Called with the stage, what of it is done, and its total where that is known."""


def load_reference(
    source: ReferenceSource,
    *,
    models: Models,
    load_models: Callable[[], Models] | None,
    processes: int,
    tell: Progress,
    seconds: dict[str, float],
) -> SortedReference:
    """Read a whole reference; the stages `enrich` and `arrange` are told and timed.

    Several processes need `load_models`, a function that can be named across processes and gives the same models
    (ValueError without). Raises NothingUsableError when nothing can be indexed, BuildError when a worker dies, and
    SourceError when the reference breaks off.
    """
    if processes > 1 and load_models is None:
        raise ValueError(
            f"{processes} processes need load_models: each loads a reader and an encoder of its own"
        )
    with timed(seconds, "enrich"):
        gathering = ReferenceCollector()
        batches = source.batches(BATCH_ROWS)
        try:
            for batch in enriched_batches(
                batches, models=models, load_models=load_models, processes=processes
            ):
                gathering.add(batch)
                tell("read", gathering.texts, source.rows_total)
        except BrokenProcessPool as error:
            raise BuildError(
                "A worker process of the build died, probably for want of memory; use fewer processes"
            ) from error
    if not gathering.texts:
        raise NothingUsableError(_nothing_to_index(source))
    tell("arrange", 0, None)
    with timed(seconds, "arrange"):
        sorted_reference = gathering.arranged(source.names.counted())
    for conflict in sorted_reference.conflicts:
        source.problems.add(conflict.row, conflict.what, conflict.detail)
    return sorted_reference


@contextmanager
def timed(seconds: dict[str, float], stage: str) -> Iterator[None]:
    """Write down how long a stage took, wall-clock."""
    start = time.perf_counter()
    yield
    seconds[stage] = time.perf_counter() - start


def silent(_stage: str, _done: int, _total: int | None) -> None:
    """Tell nobody."""


def _nothing_to_index(source: ReferenceSource) -> str:
    found = ", ".join(f"{count:,} × {what}" for what, count in source.problems.counts.items())
    return f"{source.path} holds no usable row ({found or 'only a header'}); nothing was indexed"
