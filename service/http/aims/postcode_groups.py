"""The streets within a part of a postcode: `/addresses/groupedpostcode`, and what the questionnaire is answered for one."""

from dataclasses import dataclass

from address_match.indexer.directory import Stretch
from address_match.indexer.retrieval import PremisesLists
from address_match.service.http.aims import envelope
from address_match.service.http.aims.address_objects import number_of
from address_match.service.http.aims.ask import Ask, Json
from address_match.service.http.aims.narrowing import Narrowing
from address_match.service.http.aims.scores import CERTAIN
from address_match.service.lookup.logical_status import POSTAL
from address_match.service.lookup.postcode_start import postcode_start, spaced
from address_match.service.lookup.premises_texts import HeldText, PremisesTexts, premises_of

GROUPS_COST = 1.0
"""Of a page of a hundred streets: about as long as a usual address takes to match."""


@dataclass(frozen=True, slots=True)
class Groups:
    """A page of streets by postcode."""

    groups: list[Json]
    total: int
    """Of all pages; where a filter narrows what there is and pages follow, at most that many."""


async def grouped(ask: Ask) -> Json:
    """Answer with the streets of the postcodes that start as is asked."""
    asked = envelope.asked_postcode(ask)
    return envelope.answered(grouped_container(ask, asked, await groups_of(ask, asked)))


async def groups_of(ask: Ask, asked: str) -> Groups:
    """Return the page of streets that is asked for; none for what is no part of a postcode."""
    start, narrowing = postcode_start(asked), Narrowing.of(ask.parameters)
    offset, limit = ask.parameters.whole("offset"), ask.parameters.whole("limit")
    if not start:
        return Groups([], 0)
    return await ask.service.lookups.ask(
        lambda lists: _groups(lists, start, narrowing, offset, limit),
        route="postcodes",
        client=ask.client,
        cost=GROUPS_COST,
    )


def grouped_container(ask: Ask, asked: str, found: Groups) -> Json:
    """Shape the streets of a part of a postcode."""
    said = ask.parameters
    response = {
        "partpostcode": asked,
        "postcodes": found.groups,
        "filter": said.word("classificationfilter"),
        "historical": said.flag("historical"),
        "epoch": said.word("epoch"),
        "limit": said.whole("limit"),
        "offset": said.whole("offset"),
        "total": found.total,
        "maxScore": CERTAIN if found.groups else 0.0,
        "verbose": said.flag("verbose"),
    }
    return {**envelope.with_terms(ask), "response": response}


def _groups(lists: PremisesLists, start: str, narrowing: Narrowing, offset: int, limit: int) -> Groups:
    """Read postcodes until the page is full."""
    stretches = lists.directory.stretches_from(start)
    found: list[Json] = []
    postcode, held = "", list[PremisesTexts]()
    for stretch in stretches:
        if stretch.postcode != postcode:
            postcode, held = stretch.postcode, premises_of(lists.in_postcode(stretch.postcode))
        on_it = [one for one in held if _is_on(one, stretch) and narrowing.lets_pass(one)]
        if on_it:
            found.append(_group(stretch, on_it))
        if len(found) == offset + limit:
            return Groups(found[offset:], len(stretches))
    return Groups(found[offset:], len(found))


def _is_on(premises: PremisesTexts, stretch: Stretch) -> bool:
    return bool(_texts_on(premises, stretch))


def _texts_on(premises: PremisesTexts, stretch: Stretch) -> list[HeldText]:
    return [text for text in premises.texts if text.street == stretch.street.name]


def _group(stretch: Stretch, premises: list[PremisesTexts]) -> Json:
    numbers = [number for one in premises if (number := number_of(one.uprn)) is not None]
    texts = [text for one in premises for text in _texts_on(one, stretch)]
    towns = (text.town for text in texts if text.text_kind == POSTAL and text.town)
    return {
        "postcode": spaced(stretch.postcode),
        "streetName": stretch.street.name,
        "townName": texts[0].town or texts[0].locality,
        "addressCount": len(premises),
        "firstUprn": min(numbers, default=0),
        "postTown": next(towns, ""),
    }
