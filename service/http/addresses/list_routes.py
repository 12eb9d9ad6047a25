"""The routes that list what the reference holds, and that complete what somebody types."""

import secrets
from collections.abc import Sequence
from dataclasses import replace
from http import HTTPStatus
from operator import attrgetter
from typing import Annotated

from fastapi import APIRouter, Path, Query, Response

from address_match.indexer.directory import Street
from address_match.indexer.errors import EngineUnavailableError, IndexerError
from address_match.service.http.addresses.requests import (
    MOST_SEED,
    ListParameters,
    LookupRequest,
    RandomParameters,
    StreetParameters,
    SuggestParameters,
    SuggestRequest,
    day_in,
    fields_in,
)
from address_match.service.http.addresses.responses import FoundPremises, PremisesPage, Suggestions
from address_match.service.http.answering.matching_service import MatchingService
from address_match.service.http.answering.work_cost import (
    COST_OF_A_PREMISES,
    COUNTED_COST,
    LIST_COST,
    LOOKUP_COST,
)
from address_match.service.http.errors import (
    NoPostcodeError,
    OverloadedError,
    UnknownPostcodeError,
    UnknownStreetError,
)
from address_match.service.http.problems.described_problems import OF_A_BODY, describe
from address_match.service.http.routing.dependencies import Client, Service
from address_match.service.http.routing.plain_routes import json_response
from address_match.service.http.routing.short_route import ShortRoute
from address_match.service.lookup import premises_lists
from address_match.service.lookup.highlighter import Highlighter
from address_match.service.lookup.listed_premises import FIELDS, ListedPremises
from address_match.service.lookup.page import UnknownCursorError, page_of
from address_match.service.lookup.postcode_start import is_whole, postcode_start
from address_match.service.lookup.premises_filter import PremisesFilter
from address_match.service.lookup.premises_lists import FilterOfStreetsError, HeldList
from address_match.service.wire.premises import premises_object, street_objects, suggestion_object

router = APIRouter(tags=["lists"], route_class=ShortRoute)
_PROBLEMS = (OverloadedError, EngineUnavailableError, IndexerError)


@router.get(
    "/v1/postcodes/{postcode}",
    summary="List a postcode",
    response_model=PremisesPage,
    responses=describe(
        UnknownPostcodeError, NoPostcodeError, UnknownCursorError, FilterOfStreetsError, *_PROBLEMS
    ),
)
async def of_postcode(
    service: Service,
    client: Client,
    postcode: Annotated[str, Path(examples=["ZZ9 4QT"])],
    part: Annotated[ListParameters, Query()],
) -> Response:
    """Give the premises of a postcode; of a part of one, from its first digit, the streets with how many premises each has."""
    start = postcode_start(postcode)
    if not start:
        raise NoPostcodeError("that is no postcode; give a whole one, or its start with the first digit")
    within = _within(part)
    found = await service.lookups.ask(
        lambda lists: premises_lists.of_postcode(lists, start, within),
        route="postcodes",
        client=client,
        cost=LIST_COST if within.is_open or is_whole(start) else COUNTED_COST,
    )
    if not found.is_held:
        raise UnknownPostcodeError(f"the reference holds no postcode that starts with {start!r}")
    return json_response({**_page(found, part), "postcode": start}, HTTPStatus.OK)


@router.get(
    "/v1/streets",
    summary="List a street",
    response_model=PremisesPage,
    responses=describe(UnknownStreetError, UnknownCursorError, FilterOfStreetsError, *_PROBLEMS),
)
async def of_street(
    service: Service, client: Client, question: Annotated[StreetParameters, Query()]
) -> Response:
    """Give the premises of a street, by its name and place as suggestions give them."""
    within = _within(question)
    found = await service.lookups.ask(
        lambda lists: premises_lists.of_street(lists, question.street, question.place, within),
        route="streets",
        client=client,
        cost=LIST_COST if within.is_open or question.place else COUNTED_COST,
    )
    if not found.is_held:
        raise UnknownStreetError("the reference holds no such street; suggestions give its name and place")
    shown = {**_page(found, question), "street": question.street, "place": question.place}
    return json_response(shown, HTTPStatus.OK)


def _within(question: ListParameters | LookupRequest) -> PremisesFilter:
    within, day = question.premises_filter(), day_in(question.as_at)
    return within if day is None else replace(within, as_at=day)


def _page(found: HeldList, part: ListParameters) -> PremisesPage:
    empty: PremisesPage = {
        "postcode": "",
        "street": "",
        "place": "",
        "total": 0,
        "premises": [],
        "streets": [],
        "cursor": "",
    }
    if found.streets:
        streets = page_of(found.streets, _name_of, cursor=part.cursor, limit=part.limit)
        shown = street_objects(streets.items)
        return {**empty, "total": streets.total, "streets": shown, "cursor": streets.cursor}
    premises = page_of(found.premises, attrgetter("uprn"), cursor=part.cursor, limit=part.limit)
    fields = fields_in(part.fields) or FIELDS
    listed = [premises_object(one, fields) for one in premises.items]
    return {**empty, "total": premises.total, "premises": listed, "cursor": premises.cursor}


def _name_of(street: Street) -> str:
    return f"{street.name}|{street.place}"


@router.post(
    "/v1/lookup",
    summary="Look several premises up",
    response_model=FoundPremises,
    responses=describe(*OF_A_BODY, *_PROBLEMS),
)
async def of_uprns(service: Service, client: Client, question: LookupRequest) -> Response:
    """Give some premises by their identifiers; the texts of one of them are at `/v1/addresses/{uprn}`."""
    found = await service.lookups.ask(
        lambda lists: premises_lists.looked_up(lists, question.uprns, _within(question)),
        route="lookup",
        client=client,
        cost=LOOKUP_COST + COST_OF_A_PREMISES * len(question.uprns),
    )
    return _found(found.premises, found.unknown, question.fields)


@router.get(
    "/v1/random",
    summary="Draw premises at random",
    response_model=FoundPremises,
    responses=describe(*_PROBLEMS),
)
async def drawn(service: Service, client: Client, question: Annotated[RandomParameters, Query()]) -> Response:
    """Give premises drawn at random, for trials."""
    seed = question.seed or secrets.randbelow(MOST_SEED) + 1
    found = await service.lookups.ask(
        lambda lists: premises_lists.drawn(lists, question.limit, seed),
        route="random",
        client=client,
        cost=LOOKUP_COST + COST_OF_A_PREMISES * question.limit,
    )
    return _found(found, [], question.fields)


def _found(premises: Sequence[ListedPremises], unknown: list[str], written_fields: str) -> Response:
    fields = fields_in(written_fields) or FIELDS
    shown: FoundPremises = {
        "premises": [premises_object(one, fields) for one in premises],
        "unknown": unknown,
    }
    return json_response(shown, HTTPStatus.OK)


@router.get(
    "/v1/suggest",
    summary="Complete what is typed",
    response_model=Suggestions,
    responses=describe(*_PROBLEMS),
)
async def suggestions(
    service: Service, client: Client, question: Annotated[SuggestParameters, Query()]
) -> Response:
    """Give postcodes, streets and premises that go on from what is typed; where no name fits, what matching finds likely."""
    return await _suggestions(service, question, client)


@router.post(
    "/v1/suggest",
    summary="Complete what is typed, sent in the body",
    response_model=Suggestions,
    responses=describe(*OF_A_BODY, *_PROBLEMS),
)
async def suggestions_by_body(service: Service, client: Client, question: SuggestRequest) -> Response:
    """Give what goes on from what is typed, where that must not stand in a URL."""
    return await _suggestions(service, question, client)


async def _suggestions(service: MatchingService, question: SuggestRequest, client: str) -> Response:
    within = question.premises_filter()
    found = await service.suggest(question.q, question.limit, client=client, within=within)
    typed = Highlighter.of(question.q)
    shown: Suggestions = {
        "q": question.q,
        "suggestions": [suggestion_object(one, typed) for one in found],
    }
    return json_response(shown, HTTPStatus.OK)
