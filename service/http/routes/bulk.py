from fastapi import APIRouter

from address_match.indexer.errors import EngineUnavailableError
from address_match.service.http.problems import OverloadedError, TooManyAddressesError, describe
from address_match.service.http.requests import BulkRequest
from address_match.service.http.responses import AddressAnswer, BulkAnswer
from address_match.service.http.routes.serving import Serving

router = APIRouter(prefix="/v1/bulk", tags=["addresses"])


@router.post(
    "",
    summary="Match several addresses",
    responses=describe(TooManyAddressesError, OverloadedError, EngineUnavailableError),
)
async def match_all(service: Serving, question: BulkRequest) -> BulkAnswer:
    """Answer several addresses, in their order; for files there is the command `address-match match`."""
    answers = await service.match_all(question.addresses, question.limit)
    return BulkAnswer.model_construct(
        answers=[
            AddressAnswer.of(text, answer, question.limit)
            for text, answer in zip(question.addresses, answers, strict=True)
        ]
    )
