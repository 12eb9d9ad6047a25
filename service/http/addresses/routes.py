"""The routes. `describe` names the problems that each may answer with, for /docs."""

from collections.abc import AsyncGenerator, AsyncIterator
from contextlib import aclosing
from http import HTTPStatus
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Path, Query, Request, Response
from fastapi.responses import StreamingResponse

from address_match.indexer.errors import EngineUnavailableError
from address_match.parser.errors import TextTooLongError
from address_match.service.http.addresses.bulk_lines import (
    LINES,
    MEDIA_TYPE,
    ReadLine,
    answer_lines,
    read_lines,
)
from address_match.service.http.addresses.requests import (
    AddressParameters,
    AddressRequest,
    BulkParameters,
    BulkRequest,
    ParseParameters,
    ParseRequest,
    day_in,
    fields_in,
)
from address_match.service.http.addresses.responses import BulkAnswer, HeldPremises
from address_match.service.http.answering.beside import PartsNotHeld
from address_match.service.http.answering.matching_service import MatchingService
from address_match.service.http.answering.question import Question
from address_match.service.http.deployments.canary import ChosenDeployment
from address_match.service.http.errors import (
    LimitTooHighError,
    OverloadedError,
    TooManyAddressesError,
    TooMuchWorkError,
    UnknownUprnError,
)
from address_match.service.http.problems.described_problems import OF_A_BODY, describe
from address_match.service.http.routing.binary_body import BINARY
from address_match.service.http.routing.dependencies import Client, Service
from address_match.service.http.routing.plain_routes import json_response
from address_match.service.http.routing.short_route import ShortRoute
from address_match.service.lifecycle.feedback.feedback_book import FeedbackBook
from address_match.service.matching.answer import Answer
from address_match.service.wire.answer import AddressAnswer, answer_object, show_not_held
from address_match.service.wire.explanation import explanation_object
from address_match.service.wire.parse import AddressParse, parse_object
from address_match.service.wire.premises import show_held

router = APIRouter(route_class=ShortRoute)
_PROBLEMS = describe(TextTooLongError, LimitTooHighError, OverloadedError, EngineUnavailableError)
_PARSE_PROBLEMS = describe(TextTooLongError, TooMuchWorkError, OverloadedError, EngineUnavailableError)

_BULK_PROBLEMS = describe(
    *OF_A_BODY,
    TooManyAddressesError,
    LimitTooHighError,
    OverloadedError,
    EngineUnavailableError,
)
_SENT_LINES: dict[str, Any] = {
    "requestBody": {
        "required": True,
        "description": "Lines of JSON in UTF-8: each a text, or an object with `input`, as /v1/addresses takes it, and `id`.",
        "content": {"application/octet-stream": BINARY},
    }
}
_ANSWERED_LINES: dict[int | str, dict[str, Any]] = {
    200: {
        "description": "One line of JSON an address, in their order, as those of /v1/addresses",
        "content": {MEDIA_TYPE: BINARY},
    }
}


async def feedback_book_of(request: Request) -> FeedbackBook | None:
    """Return where feedback is kept; None where none is."""
    book: FeedbackBook | None = request.app.state.feedback
    return book


Book = Annotated[FeedbackBook | None, Depends(feedback_book_of)]


@router.get(
    "/v1/addresses",
    tags=["addresses"],
    summary="Match one address",
    response_model=AddressAnswer,
    responses=_PROBLEMS,
)
async def match_by_url(
    service: Service, client: Client, book: Book, question: Annotated[AddressParameters, Query()]
) -> Response:
    """Find the premises of one address. Use POST where an address must not stand in a URL."""
    return await _answer(service, question, client, book)


@router.post(
    "/v1/addresses",
    tags=["addresses"],
    summary="Match one address, sent in the body",
    response_model=AddressAnswer,
    responses=_PROBLEMS | describe(*OF_A_BODY),
)
async def match_by_body(service: Service, client: Client, book: Book, question: AddressRequest) -> Response:
    """Find the premises of one address."""
    return await _answer(service, question, client, book)


async def _answer(
    service: MatchingService, question: AddressRequest, client: str, book: FeedbackBook | None
) -> Response:
    text, limit, within = question.text(), question.limit, question.premises_filter()
    with service.choosing(question.dataset) as by:
        asked = Question(limit, client, within, day_in(question.as_at), by)
        if not question.explain:
            answer, lacking = await service.match_and_find(PartsNotHeld(within), text, asked)
            shown = answer_object(text, answer, limit=limit)
        else:
            explanation = await service.explain(text, asked)
            answer = explanation.answer
            lacking = await service.lookups.not_held(text, answer, client=client, within=within)
            shown = answer_object(text, answer, limit=limit, explanation=explanation_object(explanation))
    if book is not None:
        shown["answer_id"] = book.ids.name(answer)
    if question.dataset:
        shown["answered_by"] = by.bundle
    show_not_held(shown, lacking)
    if fields := fields_in(question.fields):
        uprns = [candidate["uprn"] for candidate in shown["candidates"]]
        show_held(shown, await service.lookups.held(uprns, client=client), fields)
    return json_response(shown, HTTPStatus.OK)


@router.get(
    "/v1/addresses/{uprn:path}",  # any identifier serves, one with a slash too
    tags=["addresses"],
    summary="Look a premises up",
    responses=describe(UnknownUprnError, OverloadedError, EngineUnavailableError),
)
async def lookup(
    service: Service, client: Client, uprn: Annotated[str, Path(examples=["900000000017"])]
) -> HeldPremises:
    """Give everything that the reference holds of a premises."""
    return HeldPremises.of(await service.lookups.lookup(uprn, client=client))


@router.get(
    "/v1/parse",
    tags=["parse"],
    summary="Parse one address",
    responses=_PARSE_PROBLEMS,
)
async def parse(
    service: Service, client: Client, question: Annotated[ParseParameters, Query()]
) -> AddressParse:
    """Show what each word of an address stands for, as `address-match parse --json` does. Use POST where it must not stand in a URL."""
    return parse_object(await service.parse(question.input, question.nbest, client=client))


@router.post(
    "/v1/parse",
    tags=["parse"],
    summary="Parse one address, sent in the body",
    responses=_PARSE_PROBLEMS | describe(*OF_A_BODY),
)
async def parse_by_body(service: Service, client: Client, question: ParseRequest) -> AddressParse:
    """Show what each word of an address stands for."""
    return parse_object(await service.parse(question.input, question.nbest, client=client))


@router.post(
    "/v1/bulk",
    tags=["addresses"],
    summary="Match several addresses",
    response_model=BulkAnswer,
    responses=_BULK_PROBLEMS,
)
async def match_all(service: Service, client: Client, request: Request, question: BulkRequest) -> Response:
    """Answer several addresses, in their order; for files there is the command `address-match match`."""
    texts = question.texts()
    with service.choosing(question.dataset) as by:
        chunks = _chunks(service, client, request, question, texts, by)
        answers = [answer async for chunk in chunks for answer in chunk]
    shown: BulkAnswer = {
        "answers": [
            answer_object(text, answer, limit=question.limit)
            for text, answer in zip(texts, answers, strict=True)
        ]
    }
    for one, name in zip(shown["answers"], question.ids, strict=False):  # no ids, or one for each
        one["id"] = name
    if question.dataset:
        shown["answered_by"] = by.bundle
    return json_response(shown, HTTPStatus.OK)


@router.post(
    LINES,
    tags=["addresses"],
    summary="Match lines of addresses, each answered with a line",
    response_class=StreamingResponse,
    responses=_ANSWERED_LINES | _BULK_PROBLEMS,
    openapi_extra=_SENT_LINES,
)
async def match_lines(
    service: Service, client: Client, request: Request, question: Annotated[BulkParameters, Query()]
) -> StreamingResponse:
    """Answer lines of NDJSON with such lines, some at a time as they are matched; a line that cannot be read is answered by what is wrong with it."""
    lines = read_lines(await request.body(), service.bulk.refuse_count)
    answered = _answered_lines(service, client, request, question, lines)
    first = await anext(answered, b"")  # what is refused is a problem, and no stream

    async def whole() -> AsyncIterator[bytes]:
        async with aclosing(answered):  # a client that goes leaves it half read
            yield first
            async for part in answered:
                yield part

    return StreamingResponse(whole(), media_type=MEDIA_TYPE)


async def _answered_lines(
    service: MatchingService,
    client: str,
    request: Request,
    question: BulkParameters,
    lines: list[ReadLine],
) -> AsyncGenerator[bytes]:
    with service.choosing(question.dataset) as by:
        chunks = _chunks(service, client, request, question, [line.text for line in lines], by)
        async with aclosing(chunks):
            async for part in answer_lines(
                lines, chunks, question.limit, by.bundle if question.dataset else ""
            ):
                yield part


def _chunks(
    service: MatchingService,
    client: str,
    request: Request,
    question: BulkRequest | BulkParameters,
    texts: list[str],
    by: ChosenDeployment,
) -> AsyncGenerator[list[Answer]]:
    asked = Question(question.limit, client, question.premises_filter(), day_in(question.as_at), by)
    return service.bulk.match_chunks(texts, asked, request.is_disconnected)
