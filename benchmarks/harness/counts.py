from dataclasses import dataclass

import pyarrow as pa

from address_match.indexer.retrieval import Candidates, QueryBatch, Quotas, ReferenceStatistics, Retriever


@dataclass
class CountingRetriever:
    """A retriever that counts how many queries were put to every channel, and passes all on."""

    retriever: Retriever
    searched_in_full: int = 0

    @property
    def statistics(self) -> ReferenceStatistics:
        """Counts over the whole reference."""
        return self.retriever.statistics

    def retrieve(self, batch: QueryBatch, quotas: Quotas) -> Candidates:
        """Propose candidates."""
        if quotas.lexical or quotas.dense:
            self.searched_in_full += len(batch.queries)
        return self.retriever.retrieve(batch, quotas)

    def lookup(self, uprn: str) -> pa.Table:
        """Return all texts of one premises."""
        return self.retriever.lookup(uprn)

    def ping(self) -> None:
        """Raise unless the engine can answer."""
        self.retriever.ping()

    def close(self) -> None:
        """Release the engine."""
        self.retriever.close()
