from dataclasses import dataclass

from address_match.indexer.elastic.client import BULK, Patience
from address_match.indexer.elastic.cluster import Cluster


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
