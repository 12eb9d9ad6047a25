"""Building an index in a cluster: read, write, merge, verify, put in force; nothing is in force before the end."""

import hashlib
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from elasticsearch import Elasticsearch

from indexer.analysis import ANALYSIS_FINGERPRINT
from indexer.arrangement import Arrangement, manifest_of
from indexer.elastic.calling import Caller
from indexer.elastic.connection import connect
from indexer.elastic.filling import Filling, refuse_living_builds
from indexer.elastic.generations import BUILDING, Generation, Generations
from indexer.elastic.location import ElasticIndex
from indexer.elastic.mapping import IndexLayout
from indexer.elastic.verifying import verify
from indexer.enrichment import Models
from indexer.errors import BuildError
from indexer.local.counted import write_counted
from indexer.manifest import FORMAT_VERSION, BundleIdentity
from indexer.reading import Progress, read_arranged, silent, timed
from indexer.sources.problems import Problems
from indexer.sources.reference import ReferenceSource

FIRST_VERSION = 1
"""Of the texts of a build that is told no other; every update is later."""


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


def build_elastic_index(
    source: ReferenceSource,
    index: ElasticIndex,
    layout: IndexLayout,
    *,
    models: Models,
    bundle: BundleIdentity,
    version: int = FIRST_VERSION,
    processes: int = 1,
    load_models: Callable[[], Models] | None = None,
    progress: Progress | None = None,
) -> ElasticBuildReport:
    """Build a new index of a reference and make the alias name it; the one that it named before stays.

    A build of the same texts, models and layout that was broken off is gone on with. `version` is that of every text: an
    update must have a later one. Raises BuildError when nothing can be indexed, another build runs or what was written
    cannot be found again, SourceError when the reference breaks off, and the errors of the engine.
    """
    tell = progress or silent
    seconds: dict[str, float] = {}
    with (
        closing(source),
        connect(index.cluster, index.patience.request_seconds) as client,
        TemporaryDirectory(prefix="address-match-") as folder,
    ):
        caller = Caller(index.cluster.place, index.patience)
        generations = Generations(client, caller, index.alias)
        previous = generations.name_in_force()
        refuse_living_builds(client, caller, generations)
        arrangement = read_arranged(
            source, models=models, load_models=load_models, processes=processes, tell=tell, seconds=seconds
        )
        planned = _planned(generations, arrangement, source, bundle, layout, version)
        filling = Filling.begun(client, caller, generations, planned, layout)
        with timed(seconds, "write"):
            refused = filling.write(arrangement, version, tell)
        for error in refused:
            source.problems.add(error.row, error.what, error.detail)
        counted = Path(folder)
        with timed(seconds, "count"):
            write_counted(counted, arrangement)
            filling.store_counted(counted, len(refused), dict(source.problems.counts))
        with timed(seconds, "merge"):
            filling.merge(tell)
        with timed(seconds, "verify"):
            try:
                verify(client, caller, filling.generation, arrangement, refused, counted)
            except BuildError:
                filling.begin_again()
                raise
        with timed(seconds, "replicate"):
            filling.complete(tell)
        generations.put_in_force(filling.generation.index)
        generations.sweep(previous)
        size = _bytes_of(client, caller, filling.generation.index)
        return ElasticBuildReport(
            filling.generation, previous, filling.resumed_from, source.problems, seconds, size
        )


def _planned(
    generations: Generations,
    arrangement: Arrangement,
    source: ReferenceSource,
    bundle: BundleIdentity,
    layout: IndexLayout,
    version: int,
) -> Generation:
    index = generations.next_name()
    manifest = manifest_of(
        arrangement, generation=index, reference=source.path.name, bundle=bundle, problems={}, files={}
    )
    return Generation(
        index=index,
        alias=generations.alias,
        state=BUILDING,
        work=_fingerprint(arrangement, bundle, layout, version),
        terms_a_text=float(arrangement.lengths.mean()),
        manifest=manifest,
        next_row=arrangement.texts.num_rows,
    )


def _fingerprint(arrangement: Arrangement, bundle: BundleIdentity, layout: IndexLayout, version: int) -> str:
    """Name everything that goes into an index: two builds with one fingerprint write the same documents."""
    digest = hashlib.blake2b(digest_size=16)
    digest.update(repr((bundle, layout, version, ANALYSIS_FINGERPRINT, FORMAT_VERSION)).encode())
    digest.update(arrangement.vectors.tobytes())
    for batch in arrangement.texts.to_batches():
        for column in batch.columns:
            for buffer in column.buffers():
                if buffer is not None:
                    digest.update(buffer)
    return digest.hexdigest()


def _bytes_of(client: Elasticsearch, caller: Caller, index: str) -> int:
    stats = caller.ask(lambda: client.indices.stats(index=index, metric="store"))
    return int(stats["_all"]["primaries"]["store"]["size_in_bytes"])
