from typing import Annotated

from fastapi import APIRouter, Path, Query

from indexer.errors import EngineUnavailableError
from parser.errors import TextTooLongError
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
) -> AddressAnswer:
    """Find the premises of one address. Use POST where an address must not stand in a URL."""
    return AddressAnswer.of(text, await service.match(text, limit), limit)


@router.post("", summary="Match one address, sent in the body", responses=_PROBLEMS)
async def match_by_body(service: Serving, question: AddressQuestion) -> AddressAnswer:
    """Find the premises of one address."""
    answer = await service.match(question.input, question.limit)
    return AddressAnswer.of(question.input, answer, question.limit)


@router.get(
    "/{uprn}", summary="Look a premises up", responses=describe(UnknownUprnError, EngineUnavailableError)
)
async def lookup(service: Serving, uprn: Annotated[str, Path(examples=["900000000017"])]) -> HeldPremises:
    """Give everything that the reference holds of a premises."""
    return HeldPremises.of(await service.lookup(uprn))
