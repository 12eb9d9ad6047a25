from typing import Annotated

from fastapi import APIRouter, Path, Query

from address_match.indexer.errors import EngineUnavailableError
from address_match.parser.errors import TextTooLongError
from address_match.service.http.problems import LimitTooHighError, OverloadedError, UnknownUprnError, describe
from address_match.service.http.requests import AddressRequest
from address_match.service.http.responses import AddressAnswer, HeldPremises
from address_match.service.http.routes.serving import Serving
from address_match.service.http.service import MatchingService

router = APIRouter(prefix="/v1/addresses", tags=["addresses"])
_PROBLEMS = describe(TextTooLongError, LimitTooHighError, OverloadedError, EngineUnavailableError)


@router.get("", summary="Match one address", responses=_PROBLEMS)
async def match_by_url(service: Serving, question: Annotated[AddressRequest, Query()]) -> AddressAnswer:
    """Find the premises of one address. Use POST where an address must not stand in a URL."""
    return await _answer(service, question)


@router.post("", summary="Match one address, sent in the body", responses=_PROBLEMS)
async def match_by_body(service: Serving, question: AddressRequest) -> AddressAnswer:
    """Find the premises of one address."""
    return await _answer(service, question)


async def _answer(service: MatchingService, question: AddressRequest) -> AddressAnswer:
    text, limit = question.input, question.limit
    if not question.explain:
        return AddressAnswer.of(text, await service.match(text, limit), limit)
    explanation = await service.explain(text, limit)
    return AddressAnswer.of(text, explanation.answer, limit, explanation)


@router.get(
    # Any identifier serves, one with a slash too.
    "/{uprn:path}",
    summary="Look a premises up",
    responses=describe(UnknownUprnError, EngineUnavailableError),
)
async def lookup(service: Serving, uprn: Annotated[str, Path(examples=["900000000017"])]) -> HeldPremises:
    """Give everything that the reference holds of a premises."""
    return HeldPremises.of(await service.lookup(uprn))
