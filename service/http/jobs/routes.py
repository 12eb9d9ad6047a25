"""The routes of jobs."""

from operator import attrgetter
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Path, Query, Request, Response
from starlette.requests import ClientDisconnect

from address_match.service.http.connections.connection_bounds import UPLOAD
from address_match.service.http.entrance import door
from address_match.service.http.entrance.signed_in import session_person_of
from address_match.service.http.errors import ClientGoneError, NoSuchPartError, PackedBodyError
from address_match.service.http.jobs.requests import (
    AddressesRequest,
    FileParameters,
    JobListParameters,
    OptionsRequest,
    ResultParameters,
)
from address_match.service.http.jobs.responses import JobList, JobRecord
from address_match.service.http.problems.described_problems import OF_A_BODY, describe
from address_match.service.http.routing.binary_body import BINARY
from address_match.service.http.routing.stored_file import StoredFile
from address_match.service.jobs.errors import (
    FileTooLargeError,
    JobStateError,
    NoResultError,
    NoRoomError,
    OtherOriginError,
    TooManyJobsError,
    UnknownFormatError,
    UnknownJobError,
)
from address_match.service.jobs.job import Job
from address_match.service.jobs.job_options import ResultFormat
from address_match.service.jobs.jobs import Jobs
from address_match.service.jobs.upload import rows_of
from address_match.service.lookup.page import UnknownCursorError, page_of

MEDIA_TYPES = {
    ResultFormat.CSV: "text/csv",
    ResultFormat.PACKED_CSV: "application/gzip",
    ResultFormat.TSV: "text/tab-separated-values",
    ResultFormat.NDJSON: "application/x-ndjson",
    ResultFormat.PARQUET: "application/vnd.apache.parquet",
    ResultFormat.XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
PEOPLE = "people"
"""Whose the jobs of those are who sign in."""
_FILE: dict[str, Any] = {
    "requestBody": {
        "required": True,
        "description": "The file as it is: CSV, TSV, NDJSON, JSON, Parquet or XLSX, text also packed with gzip.",
        "content": {"application/octet-stream": BINARY},
    }
}
RESULT: dict[int | str, dict[str, Any]] = {
    200: {
        "description": "The rows with their answers",
        "content": dict.fromkeys(MEDIA_TYPES.values(), BINARY),
    }
}
_TAKEN: dict[int | str, dict[str, Any]] = {
    202: {"headers": {"Location": {"description": "Of the job", "schema": {"type": "string"}}}}
}

router = APIRouter(tags=["jobs"])


async def jobs_of(request: Request) -> Jobs:
    """Return the jobs of the application."""
    jobs: Jobs = request.app.state.jobs
    return jobs


async def owner_of(request: Request) -> str:
    """Return whose jobs are asked for: the id of the key, or empty where nobody has to be known.

    Those who sign in share their jobs, as those do who share a key: one sends a file, others review it.
    """
    return PEOPLE if session_person_of(request.scope) else door.known_as(request.scope)


Held = Annotated[Jobs, Depends(jobs_of)]
Owner = Annotated[str, Depends(owner_of)]
JobId = Annotated[str, Path(max_length=100, examples=["0b5a6f0f8f0a4b0e9a3c8a3f"])]


@router.post(
    UPLOAD,
    status_code=202,
    summary="Send a file to be matched",
    responses={
        **_TAKEN,
        **describe(
            PackedBodyError,
            UnknownFormatError,
            OtherOriginError,
            FileTooLargeError,
            TooManyJobsError,
            NoRoomError,
        ),
    },
    openapi_extra=_FILE,
)
async def send_file(
    jobs: Held,
    owner: Owner,
    request: Request,
    response: Response,
    question: Annotated[FileParameters, Query()],
) -> JobRecord:
    """Take a file that `address-match match` reads, as the body itself, and match it as soon as it is its turn."""
    size = request.headers.get("content-length", "")
    try:
        job = await jobs.take(
            owner,
            question.name,
            question.options(),
            request.stream(),
            size=int(size) if size.isdecimal() else None,
            hold=question.hold,
        )
    except ClientDisconnect as error:
        raise ClientGoneError("the file did not come to its end") from error
    return _taken(jobs, job, response)


@router.post(
    f"{UPLOAD}/addresses",
    status_code=202,
    summary="Send addresses to be matched in a job",
    responses={
        **_TAKEN,
        **describe(
            *OF_A_BODY,
            OtherOriginError,
            FileTooLargeError,
            TooManyJobsError,
            NoRoomError,
        ),
    },
)
async def send_addresses(
    jobs: Held, owner: Owner, response: Response, question: AddressesRequest
) -> JobRecord:
    """Take addresses, with ids to know them by again; more than one request holds are better sent as a file of NDJSON."""
    rows = rows_of(question.texts(), question.ids)
    name = (
        question.name
        if question.name.lower().endswith(".ndjson")
        else f"{question.name or 'addresses'}.ndjson"
    )
    return _taken(jobs, await jobs.take(owner, name, question.options(), rows), response)


@router.get(UPLOAD, summary="List jobs", responses=describe(UnknownCursorError))
async def listed(jobs: Held, owner: Owner, part: Annotated[JobListParameters, Query()]) -> JobList:
    """Give the jobs of who asks, the newest first."""
    page = page_of(jobs.of_owner(owner), attrgetter("id"), cursor=part.cursor, limit=part.limit)
    return JobList(jobs=[_shown(jobs, job) for job in page.items], total=page.total, cursor=page.cursor)


@router.get(f"{UPLOAD}/{{job}}", summary="See how far a job is", responses=describe(UnknownJobError))
async def see(jobs: Held, owner: Owner, job: JobId) -> JobRecord:
    """Give a job: its state, the rows that are done, the time that is left, and at its end what came of it."""
    return _shown(jobs, jobs.get(owner, job))


@router.put(
    f"{UPLOAD}/{{job}}/options",
    summary="Choose anew for a job that is held",
    responses=describe(*OF_A_BODY, OtherOriginError, UnknownJobError, JobStateError),
)
async def choose(jobs: Held, owner: Owner, job: JobId, question: OptionsRequest) -> JobRecord:
    """Say otherwise how a file is read and matched, after `columns` showed what was understood of it."""
    return _shown(jobs, await jobs.set_options(owner, job, question.options(), question.name))


@router.post(
    f"{UPLOAD}/{{job}}/start",
    status_code=202,
    summary="Start a job that is held",
    responses=describe(UnknownJobError, JobStateError),
)
async def start(jobs: Held, owner: Owner, job: JobId) -> JobRecord:
    """Queue a job whose file was sent with `hold=true`."""
    return _shown(jobs, await jobs.start(owner, job))


@router.delete(
    f"{UPLOAD}/{{job}}",
    status_code=204,
    summary="Cancel or remove a job",
    responses=describe(UnknownJobError),
)
async def cancel_or_remove(jobs: Held, owner: Owner, job: JobId) -> None:
    """Cancel a job that has not ended: its file goes, its record stays. Remove one that has ended, with its result."""
    await jobs.cancel_or_remove(owner, job)


@router.get(
    f"{UPLOAD}/{{job}}/result",
    summary="Fetch the result of a job",
    response_class=StoredFile,
    responses={**RESULT, **describe(UnknownJobError, JobStateError, NoResultError, NoSuchPartError)},
)
async def result(
    jobs: Held, owner: Owner, job: JobId, question: Annotated[ResultParameters, Query()]
) -> StoredFile:
    """Give the rows of the file, in their order, with their answers: the bytes that `match` writes."""
    kind = ResultFormat(question.format) if question.format else None
    path, kind = jobs.result(owner, job, kind)
    return StoredFile(
        path,
        media_type=MEDIA_TYPES[kind],
        filename=f"answers.{kind}",
        headers={"Cache-Control": "private, no-store"},
    )


def _taken(jobs: Jobs, job: Job, response: Response) -> JobRecord:
    response.headers["Location"] = f"{UPLOAD}/{job.id}"
    return _shown(jobs, job)


def _shown(jobs: Jobs, job: Job) -> JobRecord:
    return JobRecord.of(job, jobs.progress(job))
