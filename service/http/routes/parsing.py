from typing import Annotated

from fastapi import APIRouter, Query

from address_match.parser.errors import TextTooLongError
from address_match.service.http.problems import describe
from address_match.service.http.requests import ParseRequest
from address_match.service.http.responses import AddressParse
from address_match.service.http.routes.serving import Serving

router = APIRouter(prefix="/v1/parse", tags=["parse"])


@router.get(
    "", summary="Parse one address", responses=describe(TextTooLongError), response_model_exclude_unset=True
)
async def parse(service: Serving, question: Annotated[ParseRequest, Query()]) -> AddressParse:
    """Show what each word of an address stands for, as the command `address-match parse --json` does."""
    return AddressParse.of(await service.parse(question.input, question.nbest))
