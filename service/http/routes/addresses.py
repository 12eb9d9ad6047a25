from typing import Annotated

from fastapi import APIRouter, Path, Query

from indexer.errors import EngineUnavailableError
from parser.errors import TextTooLongError
from service.http.matching_service import MatchingService
from service.http.problems import LimitTooHighError, OverloadedError, UnknownUprnError, describe
from service.http.routes.serving import Serving
from service.http.schemas import AddressAnswer, AddressQuestion, HeldPremises

router = APIRouter(prefix="/v1/addresses", tags=["addresses"])
_PROBLEMS = describe(TextTooLongError, LimitTooHighError, OverloadedError, EngineUnavailableError)


@router.get("", summary="Match one address", responses=_PROBLEMS)
async def match_by_url(
    service: Serving,
    text: Annotated[str, Query(alias="input", description="An address.", examples=["14a thornbeck row"])],
    limit: Annotated[int, Query(ge=1, description="Candidates to list.")] = 5,
    *,
    explain: Annotated[bool, Query(description="Show what the answer rests on.")] = False,
) -> AddressAnswer:
    """Find the premises of one address. Use POST where an address must not stand in a URL."""
    return await _answer(service, text, limit, explain=explain)


@router.post("", summary="Match one address, sent in the body", responses=_PROBLEMS)
async def match_by_body(service: Serving, question: AddressQuestion) -> AddressAnswer:
    """Find the premises of one address."""
    return await _answer(service, question.input, question.limit, explain=question.explain)


async def _answer(service: MatchingService, text: str, limit: int, *, explain: bool) -> AddressAnswer:
    if not explain:
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
