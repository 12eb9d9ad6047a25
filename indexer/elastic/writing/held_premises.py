"""What an index holds of premises that are about to change, and of the places where they stand."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from address_match.indexer.elastic.connection.retrying_client import RetryingClient
from address_match.indexer.elastic.search.queries import premises_at, text_in_sector, texts_ever_of
from address_match.indexer.elastic.search.searcher import Hit, Searcher
from address_match.indexer.elastic.stored.documents import place_of
from address_match.indexer.elastic.stored.mapping import RECORD
from address_match.indexer.elastic.stored.records import Records, read_records, unpack_record
from address_match.indexer.lexical.analysis import normal_postcode


@dataclass(frozen=True, slots=True)
class HeldPremises:
    """The documents of one UPRN."""

    version: int
    """The latest of them; 0 where there is none, also none that was deleted."""
    documents: int
    """Texts, also those that are gone: their numbers are 0 to this."""
    texts: int
    """Those that are there."""
    term_ids: NDArray[np.int64]
    """Words of all texts, each as often as texts hold it."""
    places: frozenset[str]
    """Streets on which they stand (`address_match.indexer.elastic.stored.documents.place_of`)."""


class HeldPremisesReader:
    """Reads what an index holds of premises; it must have been refreshed since it was last written to."""

    def __init__(self, client: RetryingClient, searcher: Searcher, index: str, dimensions: int) -> None:
        self._client = client
        self._searcher = searcher
        self._index = index
        self._dimensions = dimensions

    def of(self, uprns: Sequence[str]) -> list[HeldPremises]:
        """Return what is held of each UPRN, in order."""
        answers = self._searcher.search([texts_ever_of(uprn) for uprn in uprns])
        return [self._premises(hits) for hits in answers]

    def street_sizes(self, places: Sequence[str]) -> dict[str, int]:
        """Count the premises on each street."""
        return {place: self._premises_at(place) for place in places}

    def place_names(self, sectors: Sequence[str]) -> dict[str, str]:
        """Return what each postcode sector is called, for those that hold a text."""
        answers = self._searcher.search([text_in_sector(sector) for sector in sectors])
        return {
            sector: self._read(hits).texts.column("place_names")[0].as_py()
            for sector, hits in zip(sectors, answers, strict=True)
            if hits
        }

    def _premises_at(self, place: str) -> int:
        body = premises_at(place)
        return self._client.ask_for(
            lambda es: es.search(index=self._index, allow_partial_search_results=False, **body),
            lambda answer: int(answer["aggregations"]["premises"]["value"]),
        )

    def _premises(self, hits: Sequence[Hit]) -> HeldPremises:
        records = self._read([hit for hit in hits if "fields" in hit])
        columns = (
            records.texts.column(name).to_pylist()
            for name in ("street", "town", "postcode", "reading_postcode")
        )
        places = (
            place_of(street, town, normal_postcode(code) or normal_postcode(read_code))
            for street, town, code, read_code in zip(*columns, strict=True)
        )
        return HeldPremises(
            version=max((int(hit["_version"]) for hit in hits), default=0),
            documents=len(hits),
            texts=int(records.texts.num_rows),
            term_ids=records.terms()[0],
            places=frozenset(place for place in places if place),
        )

    def _read(self, hits: Sequence[Hit]) -> Records:
        contents = dict(unpack_record(hit["fields"][RECORD][0]) for hit in hits)
        return read_records([contents[row] for row in sorted(contents)], self._dimensions)
