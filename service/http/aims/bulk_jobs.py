"""The service for bulk that stands beside AIMS: addresses as a job, how far it is, and its result. They are jobs of this service as any other."""

from collections.abc import Iterator
from itertools import islice
from pathlib import Path

from starlette.responses import Response, StreamingResponse

from address_match.service.http.aims import envelope
from address_match.service.http.aims.ask import Ask, Json
from address_match.service.http.aims.bulk import address_of
from address_match.service.http.aims.bulk_job_rows import packed_rows
from address_match.service.http.aims.error_texts import Refusal, refusal
from address_match.service.http.aims.parameters import BULK_DEFAULTS, Number, Parameters
from address_match.service.http.errors import TooManyAddressesError
from address_match.service.jobs.errors import UnknownJobError
from address_match.service.jobs.job import Job
from address_match.service.jobs.job_options import JobOptions, ResultFormat
from address_match.service.jobs.jobs import Jobs
from address_match.service.jobs.upload import rows_of

MOST_RECORDS = 100_000
"""Addresses of a job, as AIMS's own service has it unless it is set otherwise."""
LIMIT = Number(1, 1, 100, unread=4, small=6, large=8)
"""`limitperaddress` of a job, whose bounds are those that are documented; the call in bulk has others."""
_MOST_LISTED = 1_000
_BEYOND = 5
"""Candidates that are asked for beyond those that are shown: what is recommended depends on the second, and former ones are passed over."""
_KEPT = ("limitperaddress", "matchthreshold", "historical")
"""Parameters by which the result is written."""


class BulkJobs:
    """Answers what is asked of jobs; a key sees those that it made here."""

    def __init__(self, jobs: Jobs) -> None:
        self._jobs = jobs

    async def submit(self, ask: Ask) -> Json:
        """Take the addresses of a body as a job, and answer with its id."""
        sent: list[Json] = ask.body["addresses"]
        if len(sent) > MOST_RECORDS:
            raise TooManyAddressesError(
                f"a job holds {MOST_RECORDS:,} addresses at most, and this has {len(sent):,}; send several jobs"
            )
        rows = rows_of([address_of(one) for one in sent], [one["id"] for one in sent])
        kept = {name: ask.parameters.sent[name] for name in _KEPT if name in ask.parameters.sent}
        job = await self._jobs.take(ask.owner, "addresses.ndjson", _options(ask), rows, asked=kept)
        return envelope.answered({**envelope.versions(ask), "jobId": job.id})

    async def listed(self, ask: Ask) -> Json:
        """Answer with the jobs of who asks, the newest first."""
        made_here = (job for job in self._jobs.of_owner(ask.owner) if job.asked is not None)
        shown = [self._shown(job) for job in islice(made_here, _MOST_LISTED)]
        return envelope.answered({**envelope.versions(ask), "jobs": shown})

    async def progress(self, ask: Ask) -> Json:
        """Answer with how far a job is."""
        job, _ = self._job(ask)
        return envelope.answered({**envelope.versions(ask), **self._shown(job)})

    async def result(self, ask: Ask) -> Response:
        """Answer with the rows of a job that is done, as packed CSV."""
        job, said = self._job(ask)
        path, _ = self._jobs.result(ask.owner, job.id, ResultFormat.NDJSON)
        headers = {
            "Content-Disposition": f'attachment; filename="{job.id}.csv.gz"',
            "Cache-Control": "private, no-store",
        }
        return StreamingResponse(_rows(path, said), media_type="application/gzip", headers=headers)

    def _job(self, ask: Ask) -> tuple[Job, Parameters]:
        """Return the job that a path names, and what it was made with; raises `UnknownJobError` of one that was not made here."""
        job = self._jobs.get(ask.owner, ask.in_path["job"])
        if job.asked is None:
            raise UnknownJobError
        return job, Parameters(job.asked, BULK_DEFAULTS)

    def _shown(self, job: Job) -> Json:
        done, rows = self._jobs.progress(job).rows, job.rows
        return {
            "jobId": job.id,
            "state": job.state.value,
            "records": rows,
            "recordsDone": done,
            "percentDone": round(100 * done / rows, 1) if rows else 0.0,
            "created": job.created,
            "started": job.started,
            "ended": job.ended,
            "problem": job.problem,
        }


def limit(ask: Ask) -> Refusal | None:
    """Check how many premises are wanted for each address."""
    written = ask.parameters.sent.get("limitperaddress")
    code = 0 if written is None else LIMIT.problem(written)
    return refusal(code, int(LIMIT.most) if code == LIMIT.large else "") if code else None


def _options(ask: Ask) -> JobOptions:
    """Have the addresses matched as the call in bulk matches them: each for itself, in all channels."""
    return JobOptions(
        columns=("address",),
        threshold="off",
        places="off",
        thorough=True,
        fields=("parent_uprn",),
        top=min(ask.candidates, ask.parameters.whole("limitperaddress") + _BEYOND),
        outputs=(ResultFormat.NDJSON,),
    )


def _rows(path: Path, said: Parameters) -> Iterator[bytes]:
    return packed_rows(path.open("rb"), said)
