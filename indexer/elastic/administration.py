"""What the people who run the indices of an alias ask for: which there are, whether one is sound, back, away."""

from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass

from elasticsearch import Elasticsearch

from address_match.indexer.elastic.client import RetryingClient
from address_match.indexer.elastic.cluster import connect
from address_match.indexer.elastic.elastic_index import ElasticIndex
from address_match.indexer.elastic.generations import Generation, Generations, rebuild_command
from address_match.indexer.elastic.open_elastic_index import open_elastic_index
from address_match.indexer.elastic.verify import SAMPLE, not_found, texts_held
from address_match.indexer.errors import IndexUnusableError


@dataclass(frozen=True, slots=True)
class ListedIndex:
    """One index of an alias, for a list of them."""

    index: str
    in_force: bool
    state: str
    """`building`, `complete`, or `of another release`."""
    texts: int
    bytes: int
    """On the disks of the cluster, replicas not counted."""
    created: str
    reference: str
    bundle: str


@dataclass(frozen=True, slots=True)
class CheckedIndex:
    """An index that was found sound."""

    index: str
    texts: int
    sampled: int


def listed(location: ElasticIndex) -> list[ListedIndex]:
    """List the indices of an alias, oldest first; raises IndexUnusableError when the alias names several."""
    with _asked(location) as (client, retrying, generations):
        current = generations.name_in_force()
        readable = {generation.index: generation for generation in generations.all()}
        return [
            _listed(client, retrying, name, readable.get(name), in_force=name == current)
            for name in generations.names()
        ]


def checked(location: ElasticIndex) -> CheckedIndex:
    """Look whether the index in force holds what it says, and finds a sample of its texts.

    Raises IndexUnusableError with what is wrong, and the errors of `open_elastic_index`.
    """
    with _asked(location) as (client, retrying, generations):
        generation = generations.in_force()
        held = texts_held(client, retrying, generation.index)
    with closing(open_elastic_index(location, generation)) as retriever:
        if held != generation.manifest.texts:
            raise IndexUnusableError(
                f"{generation.index} holds {held:,} texts and says {generation.manifest.texts:,}; "
                "an update was broken off (give it again), or build it anew: "
                f"{rebuild_command(generation.alias)}"
            )
        sample = retriever.any_texts(SAMPLE)
        missing = not_found(retriever, sample.texts.column("address").to_pylist(), sample.vectors)
        if missing:
            raise IndexUnusableError(
                f"{len(missing)} of {sample.texts.num_rows} texts of {generation.index} are not found by their {missing[0][0]}; "
                f"build it anew: {rebuild_command(generation.alias)}"
            )
        return CheckedIndex(generation.index, held, int(sample.texts.num_rows))


def roll_back(location: ElasticIndex) -> str:
    """Put the index before the one in force in force again, and return its name; raises EngineRefusedError without one."""
    with _asked(location) as (_, _, generations):
        return generations.roll_back().index


def drop(location: ElasticIndex, index: str) -> None:
    """Remove an index of the alias; raises EngineRefusedError for the one in force."""
    with _asked(location) as (_, _, generations):
        generations.drop(index)


@contextmanager
def _asked(location: ElasticIndex) -> Iterator[tuple[Elasticsearch, RetryingClient, Generations]]:
    with connect(location.cluster, location.patience.request_seconds) as client:
        retrying = RetryingClient(location.cluster.place, location.patience)
        yield client, retrying, Generations(client, retrying, location.alias)


def _listed(
    client: Elasticsearch,
    retrying: RetryingClient,
    name: str,
    generation: Generation | None,
    *,
    in_force: bool,
) -> ListedIndex:
    stats = retrying.ask(lambda: client.indices.stats(index=name, metric="store"))["_all"]["primaries"]
    size = int(stats.get("store", {}).get("size_in_bytes", 0))
    if generation is None:
        return ListedIndex(name, in_force, "of another release", 0, size, "", "", "")
    manifest = generation.manifest
    return ListedIndex(
        name,
        in_force,
        generation.state,
        manifest.texts,
        size,
        manifest.created,
        manifest.reference,
        f"{manifest.bundle.name} {manifest.bundle.version}",
    )
