"""An index in a cluster: where it is, which generation its alias names, and how that is opened."""

from contextlib import ExitStack, closing
from dataclasses import dataclass
from pathlib import Path
from tempfile import gettempdir

from address_match.drafts import draft_folder
from address_match.indexer.elastic.connection.cluster import Cluster, connect
from address_match.indexer.elastic.connection.retrying_client import BULK, Patience, RetryingClient
from address_match.indexer.elastic.search.retriever import ElasticRetriever
from address_match.indexer.elastic.stored.generations import Generation, Generations
from address_match.indexer.elastic.stored.stored_files import restore_files
from address_match.indexer.errors import IndexUnusableError


@dataclass(frozen=True, slots=True)
class ElasticIndex:
    """An index in a cluster, as a user names it."""

    cluster: Cluster
    alias: str
    patience: Patience = BULK

    @property
    def place(self) -> str:
        """Name it in messages."""
        return f"alias {self.alias} of {self.cluster.place}"

    def connect(self) -> RetryingClient:
        """Make a client of its cluster; no request is sent yet. Whoever calls this closes it."""
        client = connect(self.cluster, self.patience.request_seconds)
        return RetryingClient(client, self.cluster.place, self.patience)


def read_generation(index: ElasticIndex) -> Generation:
    """Read which index an alias names and what it says of itself.

    Raises IndexUnusableError when the alias names no index or none that can be read, else as `open_elastic_index` does.
    """
    with closing(index.connect()) as client:
        return Generations(client, index.alias).in_force()


def open_elastic_index(index: ElasticIndex, generation: Generation) -> ElasticRetriever:
    """Open one index of an alias, whatever this names now; whoever opens it checks its models (`check_bundle`) and
    closes it.

    Raises EngineUnavailableError when the cluster does not answer, EngineAccessError when it refuses the credentials,
    and IndexUnusableError when the index is gone or incomplete.
    """
    owned = ExitStack()
    try:
        client = owned.enter_context(closing(index.connect()))
        statistics = owned.enter_context(draft_folder(Path(gettempdir())))
        restored = _restored(client, index.alias, generation, statistics)
        return ElasticRetriever(client, restored, statistics, owned=owned)
    except BaseException:
        owned.close()
        raise


def _restored(client: RetryingClient, alias: str, generation: Generation, folder: Path) -> Generation:
    """Write the statistics files of an index into a folder, and return the generation with which they agree.

    They are those that an update has stored since the generation was read, where it removed the earlier ones.
    """
    try:
        restore_files(client, generation, folder)
    except IndexUnusableError:
        latest = Generations(client, alias).read(generation.index)
        if latest.counted == generation.counted:
            raise
        restore_files(client, latest, folder)
        return latest
    return generation
