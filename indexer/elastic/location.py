from dataclasses import dataclass

from indexer.elastic.calling import BULK, Patience
from indexer.elastic.connection import Cluster


@dataclass(frozen=True, slots=True)
class ElasticIndex:
    """An index in a cluster, as whoever wants to open it names it."""

    cluster: Cluster
    alias: str
    patience: Patience = BULK

    @property
    def place(self) -> str:
        """Name it in messages."""
        return f"alias {self.alias} of {self.cluster.place}"
