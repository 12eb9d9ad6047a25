from typing import Annotated

from fastapi import APIRouter, Query

from parser.errors import TextTooLongError
from service.http.problems import describe
from service.http.questions import ParseQuestion
from service.http.routes.serving import Serving
from service.http.schemas import AddressParse

router = APIRouter(prefix="/v1/parse", tags=["parse"])


@router.get(
    "", summary="Parse one address", responses=describe(TextTooLongError), response_model_exclude_unset=True
)
async def parse(service: Serving, question: Annotated[ParseQuestion, Query()]) -> AddressParse:
    """Show what each word of an address stands for, as the command `address-match parse --json` does."""
    return AddressParse.of(await service.parse(question.input, question.nbest))
