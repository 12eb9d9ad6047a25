import asyncio
import logging
import time

from address_match.service.jobs.job import JobState, moment
from address_match.service.jobs.job_store import JobStore
from address_match.service.jobs.notice import MOST_NOTICES, Notifier, pause

_TOLD_OF = (JobState.DONE, JobState.FAILED)
_TAKEN = {True: "taken", False: "not taken by whom it was for"}

_log = logging.getLogger("address_match.jobs")
"""Told of jobs by their ids alone."""


class DueNotices:
    """Tells of jobs that have ended whom their owners named, again and again until it is taken."""

    def __init__(self, store: JobStore, notifier: Notifier) -> None:
        self._store = store
        self._notifier = notifier
        self._due: dict[str, float] = {}
        """When a notice is to be given again, by the monotonic clock."""

    async def give_next(self) -> bool:
        """Tell of the end of a job whom its owner named; return whether there was one to tell of."""
        now = time.monotonic()
        ended = (job for job in self._store.jobs() if job.state in _TOLD_OF and job.options.notify)
        untold = (job for job in ended if not job.notified and job.notices < MOST_NOTICES)
        job = next((job for job in untold if self._due.get(job.id, now) <= now), None)
        if job is None:
            return False
        is_taken = await asyncio.to_thread(self._notifier.give, job)
        notices = job.notices + 1
        self._due[job.id] = time.monotonic() + pause(notices)
        told = {"notices": notices, "notified": moment() if is_taken else ""}
        await self._store.change_in(job.id, _TOLD_OF, **told)
        if is_taken or notices == MOST_NOTICES:
            del self._due[job.id]
            _log.log(
                logging.INFO if is_taken else logging.WARNING, "job %s: notice %s", job.id, _TAKEN[is_taken]
            )
        return True
