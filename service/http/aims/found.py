"""Premises of lists as a request wants to see them: those that it lets pass, a page of them, with all their texts."""

from collections.abc import Iterable
from dataclasses import dataclass

import pyarrow as pa

from address_match.indexer.retrieval import PremisesLists
from address_match.service.http.addresses.requests import MOST_SHOWN
from address_match.service.http.aims.narrowing import Narrowing
from address_match.service.lookup.premises_texts import PremisesTexts, premises_of, whole


@dataclass(frozen=True, slots=True)
class Found:
    """A page of premises."""

    premises: tuple[PremisesTexts, ...]
    total: int
    """Of all pages."""


def page_of(
    lists: PremisesLists, texts: Iterable[pa.Table], narrowing: Narrowing, *, offset: int, limit: int
) -> Found:
    """Return a page of the premises of texts; a list holds some texts of a premises, what is shown holds all."""
    passing = {
        premises.uprn: premises
        for table in texts
        for premises in premises_of(table)
        if narrowing.lets_pass(premises)
    }
    uprns = list(passing)
    return Found(whole(lists, uprns[offset : offset + min(limit, MOST_SHOWN)]), len(uprns))
