"""A job: what is known of it, as it is kept."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Any

from address_match.service.batch.input.file_view import FileView
from address_match.service.jobs.job_options import JobOptions
from address_match.timestamp import timestamp


class JobState(StrEnum):
    """How far a job is."""

    HELD = "held"
    """Its file is there, and it waits to be told to start."""
    QUEUED = "queued"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"
    CANCELLED = "cancelled"


ENDED = frozenset({JobState.DONE, JobState.FAILED, JobState.CANCELLED})


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """A file that is matched for somebody, and what came of it so far."""

    id: str
    owner: str
    """The id of the key that made it; empty where no keys are asked for."""
    name: str
    """What its owner calls it; it is shown and never used."""
    suffix: str
    """Of its file, `.csv.gz` for one."""
    size: int
    """Bytes of its file."""
    created: str
    """ISO 8601, UTC, as all moments here."""
    state: JobState
    options: JobOptions
    view: FileView | None = None
    """How the file is read; None until that was looked at."""
    started: str = ""
    ended: str = ""
    attempts: int = 0
    """How often in a row it was begun without one more row being answered than before."""
    rows_kept: int = 0
    """Rows that were answered when it was begun last."""
    restarts: int = 0
    """How often it was begun from its first row again, since what it is matched by had changed."""
    problem: str = ""
    """Why it failed; empty else."""
    summary: Mapping[str, Any] | None = None
    """What came of the rows, as `match --json` says it; None until all are answered."""
    results: Mapping[str, int] | None = None
    """Bytes of the result by its format; None until the job is done."""
    missing: Mapping[str, str] | None = None
    """Formats that could not be written, and why."""

    asked: Mapping[str, str] | None = None
    """The parameters of a façade through which it was made, which writes its result by them; None of any other."""
    notices: int = 0
    """How often it was tried to tell of its end whom its owner named."""
    notified: str = ""
    """When that was taken; empty where it was not, or nobody is to be told."""

    @property
    def is_ended(self) -> bool:
        """Return whether nothing more becomes of it."""
        return self.state in ENDED

    @property
    def rows(self) -> int | None:
        """Return how many rows it has, of text by its beginning until all are read; None until that is known."""
        if self.summary is not None:
            return int(self.summary["rows"])
        return None if self.view is None else self.view.rows

    @property
    def address_columns(self) -> Sequence[str] | None:
        """Return the columns that made its addresses; None where it was read by a layout, or nobody looked at it yet."""
        if self.view is None or self.view.layout:
            return None
        columns: Sequence[str] | None = (self.summary or {}).get("address_columns")
        return columns

    @classmethod
    def from_json(cls, written: Mapping[str, Any]) -> "Job":
        """Read what `as_json` gave; raises KeyError, TypeError or ValueError for what is none."""
        view = written["view"]
        return cls(
            **{
                **written,
                "state": JobState(written["state"]),
                "options": JobOptions.from_json(written["options"]),
                "view": None if view is None else FileView.from_json(view),
            }
        )

    def as_json(self) -> dict[str, Any]:
        """Give it as a JSON object."""
        return asdict(self)


def moment() -> str:
    """Return the moment as records of jobs write it, which tell what comes within a second apart."""
    return timestamp("milliseconds")
