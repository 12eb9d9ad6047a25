"""Jobs whose work is done by a stand-in."""

import asyncio
import json
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from address_match.service.commands.attended_command import Said
from address_match.service.jobs.job import Job
from address_match.service.jobs.job_files import JobFiles
from address_match.service.jobs.job_options import JobOptions, ResultFormat
from address_match.service.jobs.job_store import JobStore
from address_match.service.jobs.jobs import Jobs
from address_match.service.settings.job_settings import JobSettings

VIEW = {"columns": ["ref", "address"], "address_columns": ["address"], "rows": 3}


class StandInWork:
    """Does what it is told to, and says what it did."""

    def __init__(self, *answers: Said) -> None:
        """Answer each call of `match` so, and all further ones well; where `waits`, wait for ever instead."""
        self.answers = list(answers)
        self.waits = False
        self.matched: list[str] = []
        self.refused_kinds: set[ResultFormat] = set()
        self.lined_up: list[ResultFormat] = []

    async def view(self, _job: Job, _files: JobFiles) -> Said:
        return Said(0, json.dumps(VIEW))

    async def match(self, job: Job, files: JobFiles) -> Said:
        self.matched.append(job.id)
        if self.waits:
            await asyncio.Event().wait()
        if self.answers:
            return self.answers.pop(0)
        files.answers.write_bytes(files.addresses.read_bytes())
        return Said(0, json.dumps({"rows": 3, "status": {"matched": 2, "review": 0, "unmatched": 1}}))

    async def write(self, _job: Job, files: JobFiles, kind: ResultFormat) -> Said:
        if kind in self.refused_kinds:
            return Said(2, "a sheet holds fewer rows")
        files.result(kind).write_bytes(files.answers.read_bytes())
        return Said(0, "{}")

    async def line_up(self, _job: Job, _files: JobFiles, kind: ResultFormat) -> Said:
        self.lined_up.append(kind)
        return Said(0, "")


def jobs_in(folder: Path, work: StandInWork | None = None, **settings: int) -> Jobs:
    given = JobSettings.model_validate({"job_free_bytes": 0, **settings})
    return Jobs(JobStore(folder), work or StandInWork(), given)


@contextmanager
def store_in(folder: Path) -> Iterator[JobStore]:
    store = JobStore(folder)
    try:
        yield store
    finally:
        store.close()


async def pieces_of(*pieces: bytes) -> AsyncIterator[bytes]:
    for piece in pieces:
        yield piece


async def taken(
    jobs: Jobs,
    owner: str = "",
    name: str = "in.csv",
    options: JobOptions | None = None,
    *,
    hold: bool = False,
) -> Job:
    return await jobs.take(
        owner, name, options or JobOptions(), pieces_of(b"address\n", b"1 mill lane\n"), hold=hold
    )


async def ended(jobs: Jobs, job: Job) -> Job:
    """Wait until a job has ended."""
    await until(lambda: jobs.get(job.owner, job.id).is_ended)
    return jobs.get(job.owner, job.id)


async def until(is_so: Callable[[], object]) -> None:
    """Wait until something is so."""
    while not is_so():  # noqa: ASYNC110 - nothing tells of it
        await asyncio.sleep(0.01)


class running:  # noqa: N801 - a context manager reads as a verb
    """Works on jobs for as long as the context lasts."""

    def __init__(self, jobs: Jobs) -> None:
        self._jobs = jobs

    async def __aenter__(self) -> Jobs:
        self._task = asyncio.create_task(self._jobs.run())
        return self._jobs

    async def __aexit__(self, *_: object) -> None:
        self._jobs.stop()
        await self._task
