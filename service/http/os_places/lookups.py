"""Premises by what names them: a UPRN, a postcode or a part of one."""

from collections.abc import Sequence

from address_match.indexer.retrieval import PremisesLists
from address_match.service.http.answering.work_cost import LIST_COST, LOOKUP_COST
from address_match.service.http.os_places import refusals
from address_match.service.http.os_places.ask import Ask, Page
from address_match.service.http.os_places.records import FOUND, Json
from address_match.service.lookup.postcode_start import is_whole, postcode_start
from address_match.service.lookup.premises_texts import PremisesTexts, premises_of, whole

MOST_POSTCODES = 50
"""Of those that begin as is asked: what one request may read."""


async def by_uprn(ask: Ask) -> Json:
    """Answer with one premises, by its identifier with or without zeros before its number."""
    page, written = Page.of(ask.parameters), ask.parameters.needed("uprn")
    named = dict.fromkeys((written, written.lstrip("0")))
    found = await ask.service.lookups.ask(
        lambda lists: whole(lists, [uprn for uprn in named if uprn]),
        route="lookup",
        client=ask.client,
        cost=LOOKUP_COST,
    )
    return page.answer(ask, f"uprn={written}", ((premises, FOUND) for premises in found[:1]))


async def by_postcode(ask: Ask) -> Json:
    """Answer with the texts that stand in a postcode, or in the first of those that begin so."""
    page, written = Page.of(ask.parameters), ask.parameters.needed("postcode")
    start = postcode_start(written)
    if not start:
        raise refusals.no_postcode(written)
    found = await ask.service.lookups.ask(
        lambda lists: _in_postcodes(lists, start),
        route="postcodes",
        client=ask.client,
        cost=LIST_COST * (1 if is_whole(start) else MOST_POSTCODES),
    )
    return page.answer(ask, f"postcode={written}", ((premises, FOUND) for premises in found))


def _in_postcodes(lists: PremisesLists, start: str) -> Sequence[PremisesTexts]:
    """Return premises with their texts of each postcode; one that stands in several comes with each."""
    if is_whole(start):
        return premises_of(lists.in_postcode(start.replace(" ", "")))
    postcodes = lists.directory.postcodes_from(start, MOST_POSTCODES)
    return [premises for held in postcodes for premises in premises_of(lists.in_postcode(held.postcode))]
