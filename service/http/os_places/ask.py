"""What one request to the façade of OS Places asks, and the page of it that is shown."""

from collections.abc import Awaitable, Callable, Iterable, Mapping
from dataclasses import dataclass
from itertools import chain
from typing import Any

from address_match.service.http.answering.matching_service import MatchingService
from address_match.service.http.os_places.filter_queries import filter_queries
from address_match.service.http.os_places.parameters import (
    DATASETS,
    DPA,
    LANGUAGES,
    MOST_OFFSET,
    MOST_RESULTS,
    Parameters,
)
from address_match.service.http.os_places.records import Json, Match, Shown
from address_match.service.http.os_places.refusals import RefusedError
from address_match.service.lookup.premises_texts import PremisesTexts

MatchedPremises = tuple[PremisesTexts, Match]


@dataclass(frozen=True, slots=True)
class Ask:
    """One request, and what it is answered with."""

    parameters: Parameters
    body: Any
    """What was sent as JSON; None where nothing is."""
    uri: str
    """As it was asked, without a key."""
    service: MatchingService
    client: str
    is_gone: Callable[[], Awaitable[bool]]
    epoch: str
    """Of the reference; empty where it is not known."""
    candidates: int
    """That may be asked for at most."""


Answering = Callable[[Ask], Awaitable[Json]]


@dataclass(frozen=True, slots=True)
class Page:
    """Which records are shown, from which to which."""

    shown: Shown
    offset: int
    most: int

    @classmethod
    def of(cls, said: Parameters) -> "Page":
        """Read what all requests may say."""
        if said.word("format").upper() not in {"", "JSON"}:
            raise RefusedError("Parameter format takes JSON: answers are given in no other.")
        shown = Shown(
            said.listed("dataset", DATASETS, (DPA,)),
            said.listed("lr", LANGUAGES, LANGUAGES),
            filter_queries(said.sent.get("fq", ())),
            said.grid("output_srs"),
        )
        return cls(
            shown,
            said.whole("offset", 0, 0, MOST_OFFSET),
            said.whole("maxresults", MOST_RESULTS, 1, MOST_RESULTS),
        )

    def answer(self, ask: Ask, query: str, found: Iterable[MatchedPremises], **more: Any) -> Json:
        """Write the envelope with the records of this page; `more` of its header stands behind the number of results.

        Without any record it has no results, as OS leaves them out.
        """
        records = list(chain.from_iterable(self.shown.records(*one) for one in found))
        page = records[self.offset : self.offset + self.most]
        header = self._header(ask, query, len(records), more)
        return {"header": header, "results": page} if page else {"header": header}

    def _header(self, ask: Ask, query: str, total: int, more: Mapping[str, Any]) -> Json:
        said = ask.parameters
        epoch = {"epoch": ask.epoch} if ask.epoch else {}
        filters = "&".join(f"fq={one}" for one in said.sent.get("fq", ()) if one.strip())
        return {
            "uri": ask.uri,
            "query": query,
            "offset": self.offset,
            "totalresults": total,
            "format": "JSON",
            "dataset": ",".join(self.shown.datasets),
            "lr": ",".join(self.shown.languages),
            "maxresults": self.most,
            **more,
            **epoch,
            **({"filter": filters} if filters else {}),
            "output_srs": said.word("output_srs").upper() or "EPSG:27700",
        }
