"""Premises by what names them: a UPRN, several, a postcode; and premises at random."""

import secrets
from collections.abc import Sequence

from address_match.service.http.addresses.requests import MOST_SEED, MOST_SHOWN
from address_match.service.http.aims import envelope
from address_match.service.http.aims.address_objects import address_object
from address_match.service.http.aims.ask import Ask, Json, RefusedError
from address_match.service.http.aims.error_texts import refusal
from address_match.service.http.aims.found import Found, page_of
from address_match.service.http.aims.narrowing import Narrowing
from address_match.service.http.aims.scores import CERTAIN, ratings
from address_match.service.http.answering.work_cost import COST_OF_A_PREMISES, LIST_COST, LOOKUP_COST
from address_match.service.lookup.premises_texts import PremisesTexts, whole

_DRAWN_FOR_ONE = 20
"""Premises drawn for each that is wanted, where not all of them pass."""


async def one_by_uprn(ask: Ask) -> Json:
    """Answer with one premises, in the shape of `/addresses/uprn`."""
    premises = await held_by_uprn(ask, takes_historical=ask.parameters.flag("historical"))
    return envelope.answered(envelope.uprn(ask, {"address": shown(ask, [premises], rating="A")[0]}))


async def several_by_uprn(ask: Ask) -> Json:
    """Answer with the premises of a body, in the shape of `/addresses/multiuprn`; what is not held is left out."""
    wanted: list[str] = ask.body["uprns"]
    found = await _by_uprns(ask, list(dict.fromkeys(wanted)))
    passing = [one for one in found if ask.parameters.flag("historical") or not one.is_historical]
    addresses = shown(ask, passing, rating="A", has_relatives=False)
    return envelope.answered(envelope.uprn(ask, {"addresses": addresses}))


async def by_postcode(ask: Ask) -> Json:
    """Answer with the premises of a postcode, in the shape of `/addresses/postcode`."""
    found = await in_postcode(ask)
    container = envelope.postcode(
        ask, shown(ask, found.premises), total=found.total, most=CERTAIN if found.premises else 0.0
    )
    return envelope.answered(container)


async def at_random(ask: Ask) -> Json:
    """Answer with premises drawn at random, in the shape of `/addresses/random`."""
    limit = min(ask.parameters.whole("limit"), MOST_SHOWN)
    narrowing, seed = Narrowing.of(ask.parameters), secrets.randbelow(MOST_SEED) + 1
    drawn = min(MOST_SHOWN, _DRAWN_FOR_ONE * limit)
    found = await ask.service.lookups.ask(
        lambda lists: whole(lists, lists.random_uprns(drawn, seed)),
        route="random",
        client=ask.client,
        cost=LOOKUP_COST + COST_OF_A_PREMISES * drawn,
    )
    passing = [premises for premises in found if narrowing.lets_pass(premises)]
    return envelope.answered(envelope.drawn(ask, shown(ask, passing[:limit])))


def names_uprns(body: object) -> bool:
    """Return whether a body is a list of UPRNs, each a text."""
    uprns = body.get("uprns") if isinstance(body, dict) else None
    return isinstance(uprns, list) and all(isinstance(uprn, str) for uprn in uprns)


async def held_by_uprn(ask: Ask, *, takes_historical: bool) -> PremisesTexts:
    """Return the premises that the path names, with or without zeros before its number; raises RefusedError where it is not held."""
    written = ask.in_path["uprn"]
    found = await _by_uprns(ask, [written, str(int(written))])
    if not found or (found[0].is_historical and not takes_historical):
        raise RefusedError(refusal(3))
    return found[0]


async def in_postcode(ask: Ask) -> Found:
    """Return the page of the premises of the postcode that is asked for."""
    said, narrowing = ask.parameters, Narrowing.of(ask.parameters)
    code = envelope.asked_postcode(ask).upper().replace(" ", "")
    return await ask.service.lookups.ask(
        lambda lists: page_of(
            lists,
            [lists.in_postcode(code)],
            narrowing,
            offset=said.whole("offset"),
            limit=said.whole("limit"),
        ),
        route="postcodes",
        client=ask.client,
        cost=LIST_COST,
    )


def shown(
    ask: Ask, premises: Sequence[PremisesTexts], *, rating: str = "", has_relatives: bool = True
) -> list[Json]:
    """Write premises that were looked up; without a rating the first is rated A and the others R."""
    rated = [rating] * len(premises) if rating else ratings("A", len(premises))
    return [
        address_object(
            one,
            CERTAIN,
            rate,
            favours_paf=ask.parameters.flag("pafdefault"),
            is_verbose=ask.parameters.flag("verbose"),
            has_relatives=has_relatives,
        )
        for one, rate in zip(premises, rated, strict=True)
    ]


async def _by_uprns(ask: Ask, uprns: list[str]) -> tuple[PremisesTexts, ...]:
    cost = LOOKUP_COST + COST_OF_A_PREMISES * len(uprns)
    return await ask.service.lookups.ask(
        lambda lists: whole(lists, uprns), route="lookup", client=ask.client, cost=cost
    )
