"""Build an index in a cluster: read, write, merge, verify, put in force; nothing is in force before the end."""

import hashlib
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from tempfile import gettempdir

from address_match.drafts import draft_folder
from address_match.indexer.elastic.connection.retrying_client import RetryingClient
from address_match.indexer.elastic.elastic_index import ElasticIndex
from address_match.indexer.elastic.stored.generations import BUILDING, Generation, Generations
from address_match.indexer.elastic.stored.mapping import IndexLayout
from address_match.indexer.elastic.writing.bulk_load import BulkLoad, refuse_living_builds
from address_match.indexer.elastic.writing.verify import verify
from address_match.indexer.errors import BuildError
from address_match.indexer.lexical.analysis import ANALYSIS_FINGERPRINT
from address_match.indexer.manifest import FORMAT_VERSION, BundleIdentity
from address_match.indexer.ports import ModelSource
from address_match.indexer.reference.load import Progress, load_reference, silent, timed
from address_match.indexer.reference.precedence import write_overruled
from address_match.indexer.reference.reference import Reference
from address_match.indexer.reference.shared_values import refuse_shared_values
from address_match.indexer.reference.sorted_reference import SortedReference, manifest_of
from address_match.indexer.reference.statistics_files import write_statistics
from address_match.indexer.sources.problems import Problems
from address_match.indexer.texts.dictionary_columns import written_out

FIRST_VERSION = 1
"""Of the texts of a build that names no other; every update is later."""


@dataclass(frozen=True, slots=True)
class ElasticBuildReport:
    """What was built, and how long each stage took."""

    generation: Generation
    previous: str | None
    """The index that was in force before; it is kept."""
    resumed_from: int
    """Texts that an earlier, broken-off build had written."""
    problems: Problems
    seconds: dict[str, float]
    """Wall-clock, by stage."""
    bytes: int
    """On the disks of the cluster, replicas not counted."""
    samples: tuple[str, ...] = ()
    """The first addresses as they were composed."""


def build_elastic_index(
    source: Reference,
    index: ElasticIndex,
    layout: IndexLayout,
    models: ModelSource,
    *,
    version: int = FIRST_VERSION,
    processes: int = 1,
    progress: Progress | None = None,
) -> ElasticBuildReport:
    """Build a new index of a reference and make the alias name it; the one that it named before stays.

    A build of the same texts, models and layout that was broken off is gone on with. `version` is that of every text:
    an update must have a later one. Raises BuildError when nothing can be indexed, another build runs or what was
    written cannot be found again, SourceError when the reference breaks off, and the errors of the engine.
    """
    progress = progress or silent
    seconds: dict[str, float] = {}
    with closing(source), closing(index.connect()) as client:
        loaded = models.load()
        generations = Generations(client, index.alias)
        previous = generations.name_in_force()
        refuse_living_builds(client, generations)
        sorted_reference = load_reference(
            source,
            models if processes > 1 else loaded,
            processes=processes,
            progress=progress,
            seconds=seconds,
        )
        refuse_shared_values(sorted_reference.texts, source.named, str(source.path))
        planned = _planned(generations, sorted_reference, source, loaded.bundle, layout, version)
        bulk_load = BulkLoad.begin(client, generations, planned, layout)
        _load(
            bulk_load, sorted_reference, source.problems, version=version, progress=progress, seconds=seconds
        )
        generations.put_in_force(bulk_load.generation.index)
        generations.sweep(previous)
        return ElasticBuildReport(
            generation=bulk_load.generation,
            previous=previous,
            resumed_from=bulk_load.resumed_from,
            problems=source.problems,
            seconds=seconds,
            bytes=_bytes_of(client, bulk_load.generation.index),
            samples=tuple(source.samples),
        )


def _load(
    bulk_load: BulkLoad,
    sorted_reference: SortedReference,
    problems: Problems,
    *,
    version: int,
    progress: Progress,
    seconds: dict[str, float],
) -> None:
    """Take an index that was begun to where it is complete; texts that the cluster refuses are added to the problems."""
    with timed(seconds, "write"):
        refused = bulk_load.write(sorted_reference, version, progress)
    for error in refused:
        problems.add(error.row, error.what, error.detail)
    with draft_folder(Path(gettempdir())) as statistics:
        with timed(seconds, "count"):
            progress("count", 0, None)
            write_statistics(statistics, sorted_reference)
            write_overruled(statistics, sorted_reference.overruled)
            bulk_load.store_statistics(statistics, len(refused), dict(problems.counts), progress)
        with timed(seconds, "merge"):
            bulk_load.merge(progress)
        with timed(seconds, "verify"):
            progress("verify", 0, None)
            try:
                verify(bulk_load.client, bulk_load.generation, sorted_reference, refused, statistics)
            except BuildError:
                bulk_load.begin_again()
                raise
    with timed(seconds, "replicate"):
        bulk_load.complete(progress)


def _planned(
    generations: Generations,
    sorted_reference: SortedReference,
    source: Reference,
    bundle: BundleIdentity,
    layout: IndexLayout,
    version: int,
) -> Generation:
    index = generations.next_name()
    manifest = manifest_of(
        sorted_reference,
        generation=index,
        reference=source.path.name,
        bundle=bundle,
        problems={},
        files={},
        columns=source.columns_taken,
    )
    return Generation(
        index=index,
        alias=generations.alias,
        state=BUILDING,
        work=_fingerprint(sorted_reference, bundle, layout, version),
        terms_a_text=float(sorted_reference.lengths.mean()),
        manifest=manifest,
        next_row=sorted_reference.texts.num_rows,
        has_places=True,
    )


def _fingerprint(
    sorted_reference: SortedReference, bundle: BundleIdentity, layout: IndexLayout, version: int
) -> str:
    """Name everything that goes into an index: two builds with one fingerprint write the same documents."""
    digest = hashlib.blake2b(digest_size=16)
    digest.update(repr((bundle, layout, version, ANALYSIS_FINGERPRINT, FORMAT_VERSION)).encode())
    digest.update(sorted_reference.vectors.tobytes())
    for batch in sorted_reference.texts.to_batches():
        for column in map(written_out, batch.columns):
            for buffer in column.buffers():
                if buffer is not None:
                    digest.update(buffer)
    return digest.hexdigest()


def _bytes_of(client: RetryingClient, index: str) -> int:
    return client.ask_for(
        lambda es: es.indices.stats(index=index, metric="store"),
        lambda answer: int(answer["_all"]["primaries"]["store"]["size_in_bytes"]),
    )
