"""Review of the jobs of a service: the book of each, opened when it is first asked for."""

import asyncio
from collections import OrderedDict
from pathlib import Path

from address_match.service.errors import UsageError
from address_match.service.jobs.errors import NoResultError
from address_match.service.jobs.job import Job
from address_match.service.jobs.job_files import JobFiles
from address_match.service.jobs.job_options import best_read
from address_match.service.jobs.jobs import Jobs
from address_match.service.jobs.review_book import ReviewBook
from address_match.service.lifecycle.labels.review_queue import review_queue
from address_match.service.lifecycle.labels.sample import Sample
from address_match.service.lifecycle.labels.store import LabelStore

_HELD = 8
"""Books that are held in memory; those asked for longest ago are read again."""


class Reviews:
    """What people review of the jobs of a service, each job for its owner alone. Belongs to the event loop of the jobs."""

    def __init__(self, jobs: Jobs) -> None:
        self._jobs = jobs
        self._books: OrderedDict[str, ReviewBook] = OrderedDict()
        self._opening: dict[str, asyncio.Task[ReviewBook]] = {}
        """By job; who asks for a book that is being opened waits for that, and nobody else does."""

    async def book(self, owner: str, name: str) -> ReviewBook:
        """Return the book of a job that is done; its queue is lined up now where that was not done when the job ended.

        Raises `UnknownJobError`, `JobStateError`, and `NoResultError` where the result holds no answers to addresses.
        """
        path = self.answers(owner, name)
        if name not in self._books:
            if name not in self._opening:
                self._opening[name] = asyncio.create_task(self._open(self._jobs.get(owner, name), path))
            return await asyncio.shield(self._opening[name])
        self._books.move_to_end(name)
        return self._books[name]

    def answers(self, owner: str, name: str) -> Path:
        """Return the result of a job from which its queue is lined up; raises `UnknownJobError` and `JobStateError`."""
        path, _ = self._jobs.result(owner, name, best_read(self._jobs.get(owner, name).results or {}))
        return path

    async def _open(self, job: Job, path: Path) -> ReviewBook:
        """Open the book of a job, and hold it in place of the one that was asked for longest ago."""
        try:
            book = await asyncio.to_thread(_opened, job, path)
        finally:
            del self._opening[job.id]
        self._books[job.id] = book
        if len(self._books) > _HELD:
            self._books.popitem(last=False)
        return book


def _opened(job: Job, result: Path) -> ReviewBook:
    store = LabelStore(JobFiles.of(result.parent, job).labels)
    samples = store.samples()
    queue = samples[0] if samples else _lined_up(job, result)
    if not samples:
        store.add_sample(queue)
    return ReviewBook(store, queue)


def _lined_up(job: Job, result: Path) -> Sample:
    try:
        return review_queue(result, job.address_columns)
    except UsageError as error:  # its message names a place on the server
        raise NoResultError("there is nothing to review: the result holds no answers to addresses") from error
