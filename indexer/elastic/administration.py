"""What the people who run the indices of an alias ask for: which there are, whether one is sound, back, away."""

from contextlib import closing
from dataclasses import dataclass

from address_match.indexer.elastic.connection.retrying_client import RetryingClient
from address_match.indexer.elastic.elastic_index import ElasticIndex, open_elastic_index
from address_match.indexer.elastic.stored.generations import Generation, Generations, rebuild_command
from address_match.indexer.elastic.writing.verify import SAMPLE, not_found, texts_held
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


def list_indices(index: ElasticIndex) -> list[ListedIndex]:
    """List the indices of an alias, oldest first; raises IndexUnusableError when the alias names several."""
    with closing(index.connect()) as client:
        generations = Generations(client, index.alias)
        current = generations.name_in_force()
        readable = {generation.index: generation for generation in generations.all()}
        return [
            _listed(client, name, readable.get(name), in_force=name == current)
            for name in generations.names()
        ]


def check_index(index: ElasticIndex) -> CheckedIndex:
    """Look whether the index in force holds what it says, and finds a sample of its texts.

    Raises IndexUnusableError with what is wrong, and the errors of `open_elastic_index`.
    """
    with closing(index.connect()) as client:
        generation = Generations(client, index.alias).in_force()
        held = texts_held(client, generation.index)
    with closing(open_elastic_index(index, generation)) as retriever:
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


def roll_back(index: ElasticIndex) -> str:
    """Put the index before the one in force in force again, and return its name; raises EngineRefusedError without one."""
    with closing(index.connect()) as client:
        return Generations(client, index.alias).roll_back().index


def drop_index(index: ElasticIndex, name: str) -> None:
    """Remove an index of the alias; raises EngineRefusedError for the one in force."""
    with closing(index.connect()) as client:
        Generations(client, index.alias).drop(name)


def _listed(
    client: RetryingClient,
    name: str,
    generation: Generation | None,
    *,
    in_force: bool,
) -> ListedIndex:
    size = client.ask_for(
        lambda es: es.indices.stats(index=name, metric="store"),
        lambda answer: int(answer["_all"]["primaries"].get("store", {}).get("size_in_bytes", 0)),
    )
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
