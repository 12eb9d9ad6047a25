"""What is answered over the wire about jobs."""

from typing import Any

from pydantic import BaseModel, Field

from address_match.service.batch.input.file_view import FileView
from address_match.service.jobs.job import Job, JobState
from address_match.service.jobs.job_progress import Progress
from address_match.service.jobs.review_book import QueuedRow, ReviewBook
from address_match.service.lifecycle.labels.verdict import Judgement, Verdict
from address_match.service.matching.answer import Status


class ReadColumns(BaseModel):
    """How a file is read."""

    columns: list[str] = Field(description="All, in the order of the file.")
    address_columns: list[str] = Field(
        description="Those that make the address; none where `problem` says why."
    )
    unused_columns: list[str]
    layout: str = Field(
        description="The layout that the columns are of; empty where none is known, or the columns were named."
    )
    rows_above_header: int
    sample: list[str] = Field(description="The first addresses as they are composed.")
    problem: str = Field(description="Why no row would be matched; empty where all is well.")
    sheet: str = Field(description="The sheet of a workbook that is read; empty for other formats.")
    sheets: list[str] = Field(description="All sheets of the workbook.")
    postcodes_left_out: list[str] = Field(
        description="Columns that hold postcodes and make no part of the address, where most addresses say none."
    )
    columns_like_an_address: list[str] = Field(
        description="Where no address was found by the names of columns: those whose cells look like one."
    )

    @classmethod
    def of(cls, view: FileView) -> "ReadColumns":
        """Show how a file is read."""
        said = view.as_json()
        return cls(**{name: said[name] for name in cls.model_fields})


class JobRecord(BaseModel):
    """A job and how far it is."""

    id: str
    name: str
    state: JobState
    created: str = Field(description="ISO 8601, UTC.")
    started: str = Field(description="Empty until then.")
    ended: str = Field(description="Empty until then.")
    bytes: int = Field(description="Size of the file.")
    rows_done: int
    rows: int | None = Field(
        description="In all; of text by its beginning until all are read, null until that is known."
    )
    seconds_left: float | None = Field(description="By its speed so far; null until that is known.")
    restarts: int = Field(
        description="How often it was begun from its first row again, since the index, the models or the release had changed."
    )
    options: dict[str, Any] = Field(description="As they were chosen.")
    columns: ReadColumns | None = Field(
        description="What was understood of the columns; null until the file was looked at."
    )
    summary: dict[str, Any] | None = Field(
        description="What came of the rows, as `match --json` says it; null until all are answered."
    )
    results: dict[str, int] = Field(description="Size of the result, by format; none until the job is done.")
    missing: dict[str, str] = Field(description="Formats that could not be written, and why.")
    notified: str = Field(description="When its end was told to whom `notify` names; empty until then.")
    problem: str = Field(description="Why the job failed; empty else.")

    @classmethod
    def of(cls, job: Job, progress: Progress) -> "JobRecord":
        """Show a job."""
        options = job.options.as_json()
        lists = {name: ",".join(options[name]) for name in ("columns", "fields", "outputs")}
        return cls(
            id=job.id,
            name=job.name,
            state=job.state,
            created=job.created,
            started=job.started,
            ended=job.ended,
            bytes=job.size,
            rows_done=progress.rows,
            rows=job.rows,
            seconds_left=progress.seconds_left if job.state is JobState.RUNNING else None,
            restarts=job.restarts,
            options={**options, **lists},
            columns=None if job.view is None else ReadColumns.of(job.view),
            summary=None if job.summary is None else dict(job.summary),
            results=dict(job.results or {}),
            missing=dict(job.missing or {}),
            notified=job.notified,
            problem=job.problem,
        )


class JobList(BaseModel):
    """Jobs of who asks, the newest first, a page at a time."""

    jobs: list[JobRecord]
    total: int = Field(description="Jobs of the whole list.")
    cursor: str = Field(description="Names the next page; empty where this is the last.")


class CoderVerdict(BaseModel):
    """What a coder says of a row."""

    coder: str
    verdict: Verdict
    uprn: str = Field(description="Of the premises that is meant; empty where there is none.")
    note: str = Field(description="What the coder adds; empty where nothing.")

    @classmethod
    def of(cls, coder: str, judgement: Judgement) -> "CoderVerdict":
        """Show what a coder says."""
        return cls(coder=coder, verdict=judgement.verdict, uprn=judgement.uprn, note=judgement.note)


class ReviewRow(BaseModel):
    """A row of the queue for review."""

    place: int = Field(description="In the queue, counted from 0.")
    id: str
    row: int = Field(description="Of the file, counted from 1 after the header.")
    address: str = Field(description="As it was asked for.")
    blind: bool = Field(
        description="Whether the answer of the file is not told, so that it does not lead the coder."
    )
    status: Status | None = Field(description="Null where it is not told.")
    uprn: str = Field(description="Of the answer; empty where it names no premises, or is not told.")
    matched_address: str
    probability: float | None = Field(description="Of the best candidate; null where it is not told.")
    verdicts: list[CoderVerdict] = Field(description="The last of each coder.")
    settled: CoderVerdict | None = Field(
        description="What stands where coders contradict each other, and who settled it; null until somebody does."
    )
    is_disputed: bool = Field(description="Whether coders contradict each other and nobody has settled it.")

    @classmethod
    def of(cls, queued: QueuedRow) -> "ReviewRow":
        """Show a row of the queue."""
        answer, blind = queued.answer, queued.answer.blind
        return cls(
            place=queued.place,
            id=answer.id,
            row=answer.row,
            address=answer.address,
            blind=blind,
            status=None if blind else Status(answer.status),
            uprn="" if blind else answer.uprn,
            matched_address="" if blind else answer.matched_address,
            probability=None if blind else answer.probability,
            verdicts=[CoderVerdict.of(*said) for said in queued.said.items()],
            settled=None if queued.settled is None else CoderVerdict.of(*queued.settled),
            is_disputed=queued.is_disputed,
        )


class ReviewQueue(BaseModel):
    """Rows that a person has to decide, those nearest to the threshold first."""

    rows: list[ReviewRow]
    total: int = Field(description="Rows of the whole queue.")
    decided: int = Field(description="Rows of which somebody said something.")
    next: int | None = Field(
        description="Place of the next row of which nobody did, from these rows on; null where there is none."
    )
    disputed: int = Field(
        description="Rows in which coders contradict each other, and nobody has settled it."
    )
    next_disputed: int | None = Field(
        description="Place of the next of these, from these rows on; null where there is none."
    )

    @classmethod
    def of(cls, book: ReviewBook, rows: list[QueuedRow], place: int, coder: str = "") -> "ReviewQueue":
        """Show rows of a queue; the next that is open, to a coder where one is named, is looked for from `place` on."""
        disputed = book.disputed(place)
        return cls(
            rows=[ReviewRow.of(row) for row in rows],
            total=len(book),
            decided=book.decided,
            next=book.next_open(place, coder),
            disputed=len(disputed),
            next_disputed=disputed[0] if disputed else None,
        )
