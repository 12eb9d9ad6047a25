"""The routes by which the answers of a sample are labelled one by one, as the rows of a job are."""

from functools import partial
from typing import Annotated

from fastapi import APIRouter, Depends, Path, Query, Request

from address_match.service.http.errors import ActRefusedError
from address_match.service.http.jobs.requests import QueueParameters, VerdictRequest
from address_match.service.http.jobs.responses import ReviewQueue
from address_match.service.http.jobs.review_routes import SAYING, keep, refuse_unfit, shown_rows
from address_match.service.http.model.act_routes import OF_A_PERSON
from address_match.service.http.model.label_routes import LABELS
from address_match.service.http.model.refusals import in_thread
from address_match.service.http.model.required_roles import OwnerOrLabeller
from address_match.service.http.model.routes import Places
from address_match.service.http.problems.described_problems import describe
from address_match.service.http.routing.dependencies import Client, Service
from address_match.service.jobs.errors import UnknownSampleError
from address_match.service.jobs.review_book import ReviewBook
from address_match.service.jobs.sample_reviews import SampleReviews

SampleId = Annotated[str, Path(pattern="^[0-9a-f]{16}$", examples=["0123456789abcdef"])]

router = APIRouter(prefix=f"{LABELS}/samples/{{sample}}", tags=["model"])


async def reviews_of(request: Request) -> SampleReviews:
    """Return the samples of the application."""
    reviews: SampleReviews = request.app.state.sample_reviews
    return reviews


Held = Annotated[SampleReviews, Depends(reviews_of)]


async def book_of(reviews: Held, places: Places, sample: SampleId) -> ReviewBook:
    """Return the book of a sample."""
    return await in_thread(places, partial(reviews.book, sample))


Book = Annotated[ReviewBook, Depends(book_of)]


@router.get(
    "/review",
    summary="List the answers of a sample",
    responses=describe(*OF_A_PERSON, UnknownSampleError, ActRefusedError),
)
async def sample_answers(
    person: OwnerOrLabeller, book: Book, places: Places, part: Annotated[QueueParameters, Query()]
) -> ReviewQueue:
    """Give answers in the order of their file, with what was said of each; the next is one that waits for who asks, as second coder too."""
    return await in_thread(places, partial(shown_rows, book, part, person.name))


@router.post(
    "/verdicts",
    summary="Label an answer of a sample",
    responses=describe(*OF_A_PERSON, UnknownSampleError, *SAYING, ActRefusedError),
)
async def label_answer(
    person: OwnerOrLabeller,
    book: Book,
    places: Places,
    service: Service,
    client: Client,
    said: VerdictRequest,
) -> ReviewQueue:
    """Keep the verdict of who is signed in beside what others said, as `address-match label import` does for a whole file."""
    await refuse_unfit(said, person, service, client)
    return await in_thread(places, partial(keep, book, said, person.name))
