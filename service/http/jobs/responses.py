"""What is answered over the wire about jobs."""

from typing import Any

from pydantic import BaseModel, Field

from address_match.service.batch.file_view import FileView
from address_match.service.jobs.job import Job, JobState
from address_match.service.jobs.job_progress import Progress


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
        rows = job.view.rows if job.view is not None else None
        if job.summary is not None:
            rows = job.summary["rows"]
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
            rows=rows,
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
