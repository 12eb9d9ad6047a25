"""Opening the index of an alias."""

from contextlib import ExitStack
from pathlib import Path
from tempfile import TemporaryDirectory

from indexer.elastic.calling import Caller
from indexer.elastic.connection import connect
from indexer.elastic.counted import restore_files
from indexer.elastic.generations import Generation, Generations
from indexer.elastic.location import ElasticIndex
from indexer.elastic.retriever import ElasticRetriever


def read_generation(index: ElasticIndex) -> Generation:
    """Read which index an alias names and what it says of itself; raises the errors of `open_elastic_index`."""
    with connect(index.cluster, index.patience.request_seconds) as client:
        return Generations(client, Caller(index.cluster.place, index.patience), index.alias).in_force()


def open_elastic_index(index: ElasticIndex) -> ElasticRetriever:
    """Open the index that an alias names; whoever opens it checks its models (`check_bundle`) and closes it.

    Raises EngineUnavailableError when the cluster does not answer, EngineAccessError when it refuses the credentials,
    and IndexUnusableError when the alias names no index or none that can be read.
    """
    with ExitStack() as opened:
        client = opened.enter_context(connect(index.cluster, index.patience.request_seconds))
        caller = Caller(index.cluster.place, index.patience)
        generation = Generations(client, caller, index.alias).in_force()
        counted = opened.enter_context(TemporaryDirectory(prefix="address-match-"))
        restore_files(client, caller, generation, Path(counted))
        retriever = ElasticRetriever(
            client, caller, generation, counted=Path(counted), seconds=index.patience.request_seconds
        )
        retriever.closes(opened.pop_all())
    return retriever
