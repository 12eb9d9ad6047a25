"""The route by which clients say whether an answer was right."""

import asyncio

from fastapi import APIRouter, Request

from address_match.indexer.errors import EngineUnavailableError
from address_match.service.http.addresses.requests import FeedbackRequest
from address_match.service.http.addresses.responses import KeptFeedback
from address_match.service.http.errors import (
    OverloadedError,
    UnknownUprnError,
)
from address_match.service.http.problems.described_problems import OF_A_BODY, describe
from address_match.service.http.routing.dependencies import Client, Service
from address_match.service.lifecycle.feedback.answer_id import UnknownAnswerError
from address_match.service.lifecycle.feedback.feedback import Feedback
from address_match.service.lifecycle.feedback.feedback_book import FeedbackBook, FeedbackNotWrittenError

router = APIRouter(tags=["feedback"])


@router.post(
    "/v1/feedback",
    summary="Say whether an answer was right",
    responses=describe(
        *OF_A_BODY,
        UnknownAnswerError,
        UnknownUprnError,
        OverloadedError,
        EngineUnavailableError,
        FeedbackNotWrittenError,
    ),
)
async def feedback(request: Request, service: Service, client: Client, said: FeedbackRequest) -> KeptFeedback:
    """Keep what a client says of an answer: accepted, corrected to another premises, or not there. Of an answer the last counts."""
    book: FeedbackBook = request.app.state.feedback  # without one there is no such route
    named = book.ids.read(said.answer_id)
    if said.uprn and not await service.lookups.held([said.uprn], client=client):
        raise UnknownUprnError("the reference holds no premises of that UPRN; say not_there if it should")
    await asyncio.to_thread(book.keep, Feedback(named, said.verdict, said.uprn))
    request.app.state.metrics.count_feedback(said.verdict)
    return {"answer_id": said.answer_id, "verdict": said.verdict}
