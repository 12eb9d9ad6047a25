"""Does the work of the jobs beside the requests: one after the other, owner by owner in turn, and again after whatever
ended it.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Mapping
from datetime import UTC, datetime, timedelta
from itertools import count

import orjson

from address_match.service.commands.attended_command import Said
from address_match.service.error_place import place_of
from address_match.service.jobs.due_notices import DueNotices
from address_match.service.jobs.errors import UnknownJobError, lacks_room
from address_match.service.jobs.file_viewer import FileViewer
from address_match.service.jobs.job import Job, JobState, moment
from address_match.service.jobs.job_files import JobFiles
from address_match.service.jobs.job_options import best_read
from address_match.service.jobs.job_progress import NOT_BEGUN, Progress, ProgressWatch
from address_match.service.jobs.job_store import JobStore
from address_match.service.jobs.job_work import JobWork
from address_match.service.jobs.notice import Notifier

MOST_ATTEMPTS = 5
"""How often in a row a job is begun without one more row being answered: what ends it each time would do so for ever."""
_IDLE_SECONDS = 0.25
"""Between two looks whether there is something to do; a look costs nothing."""
_WATCH_SECONDS = 1.0
_SWEEP_SECONDS = 600.0
_ENDED_EACH_TIME = (
    "it was ended from outside each time that it was begun, for want of memory perhaps; try a smaller file"
)
_DISK_WAS_FULL = "the disk was full while it was worked on; send it again when there is room"
_UNFORESEEN = "it could not be worked on; the log of the service says where"

_log = logging.getLogger("address_match.jobs")
"""Told of jobs by their ids alone."""


class JobRunner:
    """Takes up jobs that are queued, looks at the files of new ones, and removes what is too old."""

    def __init__(
        self, store: JobStore, work: JobWork, notifier: Notifier, *, at_once: int, days: int
    ) -> None:
        """Run so many jobs at once, and keep them for so many days after their end."""
        self._store = store
        self._work = work
        self._viewer = FileViewer(store, work)
        self._notices = DueNotices(store, notifier)
        self._at_once = at_once
        self._kept = timedelta(days=days)
        self._stopping = asyncio.Event()
        self._taken: set[str] = set()
        """Jobs that a lane has taken up."""
        self._running: dict[str, asyncio.Task[None]] = {}
        self._progress: dict[str, Progress] = {}
        self._turns = count(1)
        self._served: dict[str, int] = {}
        """The turn in which each owner was served last."""

    async def run(self) -> None:
        """Work until `stop` is called; what is under way then is gone on with by the next that runs."""
        await self._requeue(attempts_lost=0)
        await self._tidy()
        lanes = [self._run_next] * self._at_once + [self._viewer.view_next, self._notices.give_next]
        tasks = [asyncio.create_task(self._over_and_over(lane, _IDLE_SECONDS)) for lane in lanes]
        tasks.append(asyncio.create_task(self._over_and_over(self._sweep, _SWEEP_SECONDS)))
        await self._stopping.wait()
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        await self._requeue(attempts_lost=1)

    def stop(self) -> None:
        """Make `run` return."""
        self._stopping.set()

    def progress(self, job: Job) -> Progress:
        """Return how far a job is."""
        if job.summary is not None:
            return Progress(int(job.summary["rows"]), None)
        kept = Progress(job.rows_kept, None) if job.rows_kept else NOT_BEGUN
        return self._progress.get(job.id, kept)

    async def end(self, name: str) -> None:
        """End what is done for a job, once that is in a state in which nothing is to be done."""
        if (task := self._running.get(name)) is not None:
            task.cancel()
            await asyncio.wait([task])

    async def _over_and_over(self, lane: Callable[[], Awaitable[bool]], idle_seconds: float) -> None:
        """Do something whenever there is something to do."""
        while True:
            try:
                found = await lane()
            except UnknownJobError:  # it was removed meanwhile
                found = True
            except Exception as error:  # noqa: BLE001 - a lane that ended would leave all jobs behind in silence
                _log.error("the jobs cannot go on: %s in %s", type(error).__name__, place_of(error))
                found = False
            if not found:
                await asyncio.sleep(idle_seconds)

    async def _requeue(self, *, attempts_lost: int) -> None:
        """Queue what was under way when this service ended, or the one before."""
        for job in self._store.jobs():
            if job.state is JobState.RUNNING and not attempts_lost:
                _log.warning("job %s goes on: it was under way when the service before ended", job.id)
            attempts = max(0, job.attempts - attempts_lost)
            await self._store.change_in(job.id, {JobState.RUNNING}, state=JobState.QUEUED, attempts=attempts)

    async def _tidy(self) -> None:
        """Remove what was left of jobs that had ended when the service before was killed."""
        for job in self._store.jobs():
            if not job.is_ended:
                continue
            kept = self._files(job).kept if job.state is JobState.DONE else frozenset[str]()
            try:
                await self._store.clear(job.id, but=kept)
            except OSError as error:  # the other jobs do not wait for it
                _log.error("job %s: some of its files stay: %s", job.id, type(error).__name__)

    async def _run_next(self) -> bool:
        """Run the oldest job of the owner who was served longest ago; return whether there was one."""
        waiting = (job for job in self._store.jobs() if job.state is JobState.QUEUED)
        queued = [job for job in waiting if job.id not in self._taken]
        if not queued:
            return False
        job = min(queued, key=lambda job: self._served.get(job.owner, 0))
        self._served[job.owner] = next(self._turns)
        self._taken.add(job.id)
        try:
            job = await self._begin(job)
            if job.state is JobState.RUNNING:
                await self._run(job)
        finally:
            self._taken.remove(job.id)
        return True

    async def _run(self, job: Job) -> None:
        """Do the work of a job, which may be cancelled by `end` meanwhile."""
        task = asyncio.create_task(self._do(job))
        self._running[job.id] = task
        try:
            await asyncio.wait([task])
        finally:
            if not task.done():  # the service ends
                task.cancel()
                await asyncio.wait([task])
            del self._running[job.id]
            self._progress.pop(job.id, None)
        if not task.cancelled() and (error := task.exception()) is not None:
            await self._fail(job, _UNFORESEEN, JobState.RUNNING)
            raise error

    async def _begin(self, job: Job) -> Job:
        """Say that a job runs, unless it was begun too often to no purpose."""
        rows = (await asyncio.to_thread(ProgressWatch(self._files(job).log, None).look)).rows
        attempts = 1 if rows > job.rows_kept else job.attempts + 1
        if attempts > MOST_ATTEMPTS:
            return await self._fail(job, _ENDED_EACH_TIME, JobState.QUEUED)
        begun = {"attempts": attempts, "rows_kept": rows, "started": job.started or moment()}
        return await self._store.change_in(job.id, {JobState.QUEUED}, state=JobState.RUNNING, **begun)

    async def _do(self, job: Job) -> None:
        """Answer the rows of a job and write its results."""
        files = self._files(job)
        if job.summary is None:
            watching = asyncio.create_task(self._watch(job, files))
            try:
                said = await self._answered(job, files)
            finally:
                watching.cancel()
            if not said.is_well:
                await self._give_up(job, said)
                return
            job = await self._store.change_in(job.id, {JobState.RUNNING}, summary=orjson.loads(said.text))
        results: dict[str, int] = {}
        missing: dict[str, str] = {}
        for kind in job.options.outputs:
            said = await self._work.write(job, files, kind)
            if said.is_well:
                results[kind.value] = files.result(kind).stat().st_size
            elif said.is_refusal:
                missing[kind.value] = said.text
            else:
                await self._give_up(job, said)
                return
        await self._line_up(job, files, results)
        await self._finish(job, files, results, missing)

    async def _line_up(self, job: Job, files: JobFiles, results: Mapping[str, int]) -> None:
        """Line up the rows that wait for a person, so that nobody has to wait for that; where it cannot be done, who
        asks for them is told why.

        Nobody reviews what came by a façade.
        """
        seen = self._store.get(job.id)
        kind = best_read(results)
        if kind is not None and seen.view is not None and seen.asked is None:
            await self._work.line_up(seen, files, kind)

    async def _answered(self, job: Job, files: JobFiles) -> Said:
        """Answer all rows; where what it began with is not what there is now, from the first one again."""
        goes_on = files.log.exists() or files.answers.exists()
        said = await self._work.match(job, files)
        if not (goes_on and said.is_refused_unbegun):
            return said
        files.log.unlink(missing_ok=True)
        _log.warning("job %s begins at its first row again: what it is matched by has changed", job.id)
        await self._store.change_in(job.id, {JobState.RUNNING}, restarts=job.restarts + 1, rows_kept=0)
        return await self._work.match(job, files)

    async def _finish(
        self, job: Job, files: JobFiles, results: Mapping[str, int], missing: Mapping[str, str]
    ) -> None:
        if not results:
            await self._fail(job, next(iter(missing.values())), JobState.RUNNING)
            return
        # The record says last that the results are there: until then, they are written again after a kill.
        await self._store.change_in(
            job.id, {JobState.RUNNING}, state=JobState.DONE, ended=moment(), results=results, missing=missing
        )
        await self._store.clear(job.id, but=files.kept)
        _log.info("job %s is done", job.id)

    async def _give_up(self, job: Job, said: Said) -> None:
        """Let a job fail whose command refused it; queue one again whose command was ended from outside."""
        if said.is_refusal:
            await self._fail(job, said.text, JobState.RUNNING)
        else:
            _log.warning("job %s: its process ended with %d; it goes on", job.id, said.code)
            await self._store.change_in(job.id, {JobState.RUNNING}, state=JobState.QUEUED)

    async def _fail(self, job: Job, problem: str, *states: JobState) -> Job:
        """Let a job fail that is in one of some states; what it says of its rows is for its owner alone, and not
        logged.

        On a full disk not even that can be written. Then its files go first, which leave room for it.
        """
        ending = {"state": JobState.FAILED, "ended": moment()}
        try:
            failed = await self._store.change_in(job.id, states, **ending, problem=problem)
        except OSError as error:
            if not lacks_room(error):
                raise
            await self._store.clear(job.id)
            failed = await self._store.change_in(job.id, states, **ending, problem=_DISK_WAS_FULL)
        if failed.state is JobState.FAILED:
            await self._store.clear(job.id)
            _log.info("job %s failed", job.id)
        return failed

    async def _watch(self, job: Job, files: JobFiles) -> None:
        """Note how far a run is, every second."""
        watch, rows = None, None
        while True:
            view = self._store.get(job.id).view
            if watch is None or (view is not None and view.rows != rows):
                rows = None if view is None else view.rows
                watch = ProgressWatch(files.log, rows)
            self._progress[job.id] = await asyncio.to_thread(watch.look)
            await asyncio.sleep(_WATCH_SECONDS)

    def _files(self, job: Job) -> JobFiles:
        return JobFiles.of(self._store.files(job.id), job)

    async def _sweep(self) -> bool:
        """Remove jobs that ended, or were held without a start, too long ago."""
        await self._store.remove_before((datetime.now(UTC) - self._kept).isoformat())
        return False
