"""Opening the index of an alias."""

from contextlib import ExitStack
from pathlib import Path
from tempfile import TemporaryDirectory

from address_match.indexer.elastic.client import RetryingClient
from address_match.indexer.elastic.cluster import connect
from address_match.indexer.elastic.elastic_index import ElasticIndex
from address_match.indexer.elastic.generations import Generation, Generations
from address_match.indexer.elastic.retriever import ElasticRetriever
from address_match.indexer.elastic.stored_files import restore_files


def read_generation(index: ElasticIndex) -> Generation:
    """Read which index an alias names and what it says of itself.

    Raises IndexUnusableError when the alias names no index or none that can be read, else as `open_elastic_index` does.
    """
    with connect(index.cluster, index.patience.request_seconds) as client:
        return Generations(
            client, RetryingClient(index.cluster.place, index.patience), index.alias
        ).in_force()


def open_elastic_index(index: ElasticIndex, generation: Generation) -> ElasticRetriever:
    """Open one index of an alias; whoever opens it checks its models (`check_bundle`) and closes it.

    Raises EngineUnavailableError when the cluster does not answer, EngineAccessError when it refuses the credentials,
    and IndexUnusableError when the index is gone or incomplete.
    """
    with ExitStack() as opened:
        client = opened.enter_context(connect(index.cluster, index.patience.request_seconds))
        retrying = RetryingClient(index.cluster.place, index.patience)
        counted = opened.enter_context(TemporaryDirectory(prefix="address-match-"))
        restore_files(client, retrying, generation, Path(counted))
        retriever = ElasticRetriever(
            client, retrying, generation, counted=Path(counted), seconds=index.patience.request_seconds
        )
        retriever.closes(opened.pop_all())
    return retriever
