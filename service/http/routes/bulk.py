from fastapi import APIRouter

from indexer.errors import EngineUnavailableError
from service.http.problems import OverloadedError, TooManyAddressesError, describe
from service.http.questions import BulkQuestion
from service.http.routes.serving import Serving
from service.http.schemas import AddressAnswer, BulkAnswer

router = APIRouter(prefix="/v1/bulk", tags=["addresses"])


@router.post(
    "",
    summary="Match several addresses",
    responses=describe(TooManyAddressesError, OverloadedError, EngineUnavailableError),
)
async def match_all(service: Serving, question: BulkQuestion) -> BulkAnswer:
    """Answer several addresses, in their order; for files there is the command `address-match match`."""
    answers = await service.match_all(question.addresses, question.limit)
    return BulkAnswer.model_construct(
        answers=[
            AddressAnswer.of(text, answer, question.limit)
            for text, answer in zip(question.addresses, answers, strict=True)
        ]
    )
