from typing import Annotated

from fastapi import APIRouter, Query

from parser.errors import TextTooLongError
from service.http.problems import describe
from service.http.routes.serving import Serving
from service.http.schemas import AddressParse

MOST_ALTERNATIVES = 20
"""Whole parses that a request may ask for; each costs as much as the first."""

router = APIRouter(prefix="/v1/parse", tags=["parse"])


@router.get(
    "", summary="Parse one address", responses=describe(TextTooLongError), response_model_exclude_unset=True
)
async def parse(
    service: Serving,
    text: Annotated[str, Query(alias="input", description="An address.", examples=["14a thornbeck row"])],
    nbest: Annotated[
        int, Query(ge=0, le=MOST_ALTERNATIVES, description="Whole parses to list, the best first.")
    ] = 0,
) -> AddressParse:
    """Show what each word of an address stands for, as the command `address-match parse --json` does."""
    return AddressParse.of(await service.parse(text, nbest))
