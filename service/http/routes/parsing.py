from typing import Annotated

from fastapi import APIRouter, Query

from parser.errors import TextTooLongError
from service.http.problems import describe
from service.http.routes.serving import Serving
from service.http.schemas import AddressParse

router = APIRouter(prefix="/v1/parse", tags=["parse"])


@router.get("", summary="Parse one address", responses=describe(TextTooLongError))
async def parse(
    service: Serving,
    text: Annotated[str, Query(alias="input", description="An address.", examples=["14a thornbeck row"])],
) -> AddressParse:
    """Show what each word of an address stands for."""
    return AddressParse.of(await service.parse(text))
