from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import pyarrow as pa

from address_match.indexer.directory import Directory
from address_match.indexer.retrieval import (
    Candidates,
    EqualTexts,
    QueryBatch,
    Quotas,
    ReferenceStatistics,
    Retriever,
)
from address_match.indexer.texts.extent import Extent
from address_match.indexer.texts.text_columns import TextColumns


@dataclass
class CountingRetriever:
    """A retriever that counts how many queries were put to every channel, and passes all on."""

    retriever: Retriever
    searched_in_full: int = 0

    @property
    def statistics(self) -> ReferenceStatistics:
        """Counts over the whole reference."""
        return self.retriever.statistics

    def retrieve(self, batch: QueryBatch, quotas: Quotas, as_at: date | None = None) -> Candidates:
        """Propose candidates."""
        if quotas.lexical or quotas.dense:
            self.searched_in_full += len(batch.queries)
        return self.retriever.retrieve(batch, quotas, as_at)

    @property
    def finds_street_numbers(self) -> bool:
        """Return whether texts are found by the number of their street."""
        return self.retriever.finds_street_numbers

    def equal_texts(self, addresses: Sequence[str]) -> EqualTexts:
        """Return which addresses are texts of one premises."""
        return self.retriever.equal_texts(addresses)

    def lookup(self, uprn: str) -> pa.Table:
        """Return all texts of one premises."""
        return self.retriever.lookup(uprn)

    @property
    def directory(self) -> Directory:
        """The streets and postcodes by name."""
        return self.retriever.directory

    def lookup_all(self, uprns: Sequence[str]) -> pa.Table:
        """Return all texts of some premises."""
        return self.retriever.lookup_all(uprns)

    def in_postcode(self, postcode: str) -> pa.Table:
        """Return the texts of a postcode."""
        return self.retriever.in_postcode(postcode)

    def columns_in_postcode(self, postcode: str) -> TextColumns:
        """Return the same texts by their columns."""
        return self.retriever.columns_in_postcode(postcode)

    def on_street(self, name: str, place: str) -> pa.Table:
        """Return the texts of a street."""
        return self.retriever.on_street(name, place)

    def columns_on_street(self, name: str, place: str) -> TextColumns:
        """Return the same texts by their columns."""
        return self.retriever.columns_on_street(name, place)

    def lying_in(self, extent: Extent) -> pa.Table:
        """Return the texts of premises that lie in a rectangle."""
        return self.retriever.lying_in(extent)

    def random_uprns(self, count: int, seed: int) -> list[str]:
        """Draw premises."""
        return self.retriever.random_uprns(count, seed)

    def ping(self) -> None:
        """Raise unless the engine can answer."""
        self.retriever.ping()

    def close(self) -> None:
        """Release the engine."""
        self.retriever.close()
