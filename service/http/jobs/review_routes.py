"""The routes by which people decide the rows of a job that the matcher leaves to them."""

import asyncio
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Query, Request, Response
from starlette.background import BackgroundTask

from address_match.indexer.errors import EngineUnavailableError
from address_match.service.access.api_key import Role
from address_match.service.access.person import Person
from address_match.service.errors import UsageError
from address_match.service.http.answering.matching_service import MatchingService
from address_match.service.http.connections.connection_bounds import UPLOAD
from address_match.service.http.entrance.door import refuse_other_roles
from address_match.service.http.entrance.signed_in import session_person_of
from address_match.service.http.errors import (
    NoSuchPartError,
    OverloadedError,
    UnknownUprnError,
)
from address_match.service.http.jobs.requests import (
    QueueParameters,
    ReviewedParameters,
    VerdictParameters,
    VerdictRequest,
)
from address_match.service.http.jobs.responses import ReviewQueue
from address_match.service.http.jobs.routes import MEDIA_TYPES, RESULT, JobId, Owner
from address_match.service.http.problems.described_problems import OF_A_BODY, describe
from address_match.service.http.routing.dependencies import Client, Service
from address_match.service.http.routing.stored_file import StoredFile
from address_match.service.jobs.errors import (
    JobStateError,
    NoResultError,
    OtherVerdictError,
    UnfitVerdictError,
    UnknownJobError,
    UnknownRowError,
)
from address_match.service.jobs.job_options import ResultFormat
from address_match.service.jobs.review_book import ReviewBook
from address_match.service.jobs.reviews import Reviews
from address_match.service.lifecycle.labels.written_labels import write_labelled, write_verdicts

_VERDICTS: dict[int | str, dict[str, Any]] = {
    200: {
        "description": "The verdicts, as `label import` reads them",
        "content": {"text/csv": {"schema": {"type": "string"}}},
    }
}
LABEL = frozenset({Role.LABELLER, Role.OWNER})
"""Who may say which premises a row means."""
SAYING = (
    *OF_A_BODY,
    UnknownRowError,
    OtherVerdictError,
    UnfitVerdictError,
    UnknownUprnError,
    OverloadedError,
    EngineUnavailableError,
)
"""What is refused of a verdict."""
_OF_A_QUEUE = (UnknownJobError, JobStateError, NoResultError)

router = APIRouter(tags=["review"])


async def reviews_of(request: Request) -> Reviews:
    """Return the reviews of the application."""
    reviews: Reviews = request.app.state.reviews
    return reviews


Held = Annotated[Reviews, Depends(reviews_of)]


async def book_of(reviews: Held, owner: Owner, job: JobId) -> ReviewBook:
    """Return the book of a job of who asks."""
    return await reviews.book(owner, job)


Book = Annotated[ReviewBook, Depends(book_of)]


@router.get(
    f"{UPLOAD}/{{job}}/review",
    summary="List the rows of a job that a person has to decide",
    responses=describe(*_OF_A_QUEUE),
)
async def queue(book: Book, part: Annotated[QueueParameters, Query()]) -> ReviewQueue:
    """Give rows for review, and those not matched that have a candidate, nearest to the threshold first, with what was said of each."""
    return await asyncio.to_thread(shown_rows, book, part)


@router.post(
    f"{UPLOAD}/{{job}}/verdicts",
    summary="Say which premises a row means",
    responses=describe(*_OF_A_QUEUE, *SAYING),
)
async def say(
    request: Request, book: Book, service: Service, client: Client, said: VerdictRequest
) -> ReviewQueue:
    """Keep a verdict in the words of `label import`. What others said of the row stays: coders are compared, not overruled.

    Of who is signed in, the coder is his name. A key or a person has to be that of a labeller or an owner.
    """
    refuse_other_roles(request.scope, LABEL)
    await refuse_unfit(said, session_person_of(request.scope), service, client)
    return await asyncio.to_thread(keep, book, said)


@router.get(
    f"{UPLOAD}/{{job}}/verdicts",
    summary="Fetch the verdicts on a job",
    response_class=Response,
    responses={**_VERDICTS, **describe(*_OF_A_QUEUE)},
)
async def verdicts(book: Book, whose: Annotated[VerdictParameters, Query()]) -> Response:
    """Give what a coder said, or what stands of what all said, as CSV; what coders contradict each other in does not stand."""
    return Response(
        await asyncio.to_thread(_written, book, whose.coder),
        media_type="text/csv",
        headers={
            "Cache-Control": "private, no-store",
            "Content-Disposition": 'attachment; filename="verdicts.csv"',
        },
    )


@router.get(
    f"{UPLOAD}/{{job}}/reviewed",
    summary="Fetch the result of a job with the verdicts on its rows",
    response_class=StoredFile,
    responses={**RESULT, **describe(*_OF_A_QUEUE, NoSuchPartError)},
)
async def reviewed(
    reviews: Held, owner: Owner, job: JobId, book: Book, question: Annotated[ReviewedParameters, Query()]
) -> StoredFile:
    """Give all rows of the file with their answers, the verdict that stands of each, and the premises that is meant."""
    kind = ResultFormat(question.format)
    folder = TemporaryDirectory(ignore_cleanup_errors=True)
    path = Path(folder.name) / f"reviewed.{kind}"
    try:
        await asyncio.to_thread(_write_reviewed, path, reviews.answers(owner, job), book)
    except BaseException:
        folder.cleanup()
        raise
    return StoredFile(
        path,
        media_type=MEDIA_TYPES[kind],
        filename=path.name,
        headers={"Cache-Control": "private, no-store"},
        background=BackgroundTask(folder.cleanup),
    )


def shown_rows(book: ReviewBook, part: QueueParameters, coder: str = "") -> ReviewQueue:
    """Show a part of a queue, and which of its rows is open next, to a coder where one is named."""
    return ReviewQueue.of(book, book.rows(part.place, part.limit), part.place, coder)


async def refuse_unfit(
    said: VerdictRequest, person: Person | None, service: MatchingService, client: str
) -> None:
    """Raise `UnfitVerdictError` for a verdict in another's name than who is signed in, and `UnknownUprnError` for premises that are not held."""
    if person is not None and said.coder != person.name:
        raise UnfitVerdictError(f"you are signed in as {person.name}, and the verdict is of {said.coder}")
    if said.uprn and not await service.lookups.held([said.uprn], client=client):
        raise UnknownUprnError("the reference holds no premises of that UPRN")


def keep(book: ReviewBook, said: VerdictRequest, coder: str = "") -> ReviewQueue:
    """Keep a verdict, and show its row and the next that is open, to a coder where one is named."""
    row = book.say(
        said.id, said.coder, said.verdict, said.uprn, said.note, replace=said.replace, settles=said.settles
    )
    return ReviewQueue.of(book, [row], row.place, coder)


def _write_reviewed(path: Path, answers: Path, book: ReviewBook) -> None:
    try:
        write_labelled(path, answers, book.labels())
    except UsageError as error:  # its message names a place on the server
        raise NoResultError(
            f"the rows cannot be written as {path.suffix[1:]}; take another format"
        ) from error


def _written(book: ReviewBook, coder: str) -> bytes:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "verdicts.csv"
        write_verdicts(path, book.labels(coder))
        return path.read_bytes()
