"""Opening the index of an alias."""

from contextlib import ExitStack
from pathlib import Path
from tempfile import TemporaryDirectory

from indexer.elastic.calling import Caller, Patience
from indexer.elastic.connection import Cluster, connect
from indexer.elastic.counted import restore_files
from indexer.elastic.generations import Generation, Generations
from indexer.elastic.retriever import ElasticRetriever


def read_generation(cluster: Cluster, alias: str, patience: Patience) -> Generation:
    """Read which index an alias names and what it says of itself; raises the errors of `open_elastic_index`."""
    with connect(cluster) as client:
        return Generations(client, Caller(cluster.place, patience), alias).in_force()


def open_elastic_index(cluster: Cluster, alias: str, patience: Patience) -> ElasticRetriever:
    """Open the index that an alias names; whoever opens it checks its models (`check_bundle`) and closes it.

    Raises EngineUnavailableError when the cluster does not answer, EngineAccessError when it refuses the credentials,
    and IndexUnusableError when the alias names no index or none that can be read.
    """
    with ExitStack() as opened:
        client = opened.enter_context(connect(cluster))
        caller = Caller(cluster.place, patience)
        generation = Generations(client, caller, alias).in_force()
        counted = opened.enter_context(TemporaryDirectory(prefix="address-match-"))
        restore_files(client, caller, generation.index, generation.manifest.files, Path(counted))
        retriever = ElasticRetriever(
            client, caller, generation, counted=Path(counted), seconds=cluster.request_seconds
        )
        retriever.closes(opened.pop_all())
    return retriever
