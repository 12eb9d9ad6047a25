"""The jobs of a service, from the file that comes in to the result that is fetched."""

import shutil
from collections import Counter
from collections.abc import AsyncIterator, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from address_match.indexer.errors import SourceError
from address_match.indexer.sources.table import table_format
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
from address_match.service.jobs.job import Job, JobState, moment
from address_match.service.jobs.job_files import JobFiles
from address_match.service.jobs.job_options import JobOptions, ResultFormat
from address_match.service.jobs.job_progress import Progress
from address_match.service.jobs.job_runner import JobRunner
from address_match.service.jobs.job_store import JobStore, new_id
from address_match.service.jobs.job_work import JobWork
from address_match.service.jobs.notice import HttpNotifier, Notifier, is_allowed
from address_match.service.jobs.upload import NO_ROOM, write_upload
from address_match.service.settings.job_settings import JobSettings

_RETRY_SECONDS = 60


class Jobs:
    """The jobs of a service, each for its owner alone; `run` works on them. Belongs to one event loop."""

    def __init__(
        self, store: JobStore, work: JobWork, settings: JobSettings, notifier: Notifier | None = None
    ) -> None:
        self._store = store
        self._settings = settings
        self._runner = JobRunner(
            store,
            work,
            notifier or HttpNotifier(),
            at_once=settings.jobs_at_once,
            days=settings.job_days,
        )
        self._uploading: Counter[str] = Counter()
        """Files that are on their way, by the owner of each."""

    @property
    def most_bytes(self) -> int:
        """Size of a file at most."""
        return self._settings.job_bytes

    async def run(self) -> None:
        """Work on the jobs until `stop` is called, and let the folder go."""
        await self._runner.run()
        self._store.close()

    def stop(self) -> None:
        """Make `run` return."""
        self._runner.stop()

    def count(self, state: JobState) -> int:
        """Return how many jobs are in a state; any thread may ask."""
        return sum(job.state is state for job in self._store.jobs())

    def of_owner(self, owner: str) -> list[Job]:
        """Return the jobs of an owner, the newest first."""
        return [job for job in reversed(self._store.jobs()) if job.owner == owner]

    def get(self, owner: str, name: str) -> Job:
        """Return a job of an owner by its id; raises `UnknownJobError`, also where it is another's."""
        job = self._store.get(name)
        if job.owner != owner:
            raise UnknownJobError
        return job

    def progress(self, job: Job) -> Progress:
        """Return how far a job is."""
        return self._runner.progress(job)

    async def take(
        self,
        owner: str,
        name: str,
        options: JobOptions,
        pieces: AsyncIterator[bytes],
        *,
        size: int | None = None,
        hold: bool = False,
        asked: Mapping[str, str] | None = None,
    ) -> Job:
        """Keep a file as it comes, and queue a job for it, or hold it; `size` is what it says of itself, `asked` what a
        façade needs again.

        Raises what `address_match.service.jobs.errors` has for what is not taken; nothing is left of it then.
        """
        suffix = _suffix_of(name)
        self._refuse_notice(options)
        self._refuse_size(size or 0, coming=size or 0)
        with self._place_for(owner), self._store.draft() as draft:
            job = Job(
                id=new_id(),
                owner=owner,
                name=name,
                suffix=suffix,
                size=await write_upload(pieces, JobFiles(draft, suffix).addresses, self._refuse_size),
                created=moment(),
                state=JobState.HELD if hold else JobState.QUEUED,
                options=options,
                asked=asked,
            )
            await self._store.add(job, draft)
        return job

    async def set_options(self, owner: str, name: str, options: JobOptions, shown_name: str = "") -> Job:
        """Choose anew for a job that is held; its file is looked at again."""

        def changed(job: Job) -> Job:
            _refuse_unless_held(job)
            view = job.view if options.of_reading() == job.options.of_reading() else None
            return replace(job, options=options, view=view, name=shown_name or job.name)

        self.get(owner, name)
        self._refuse_notice(options)
        return await self._store.change(name, changed)

    async def start(self, owner: str, name: str) -> Job:
        """Queue a job that is held."""

        def started(job: Job) -> Job:
            _refuse_unless_held(job)
            return replace(job, state=JobState.QUEUED)

        self.get(owner, name)
        return await self._store.change(name, started)

    async def cancel_or_remove(self, owner: str, name: str) -> None:
        """Cancel a job that has not ended, so that nothing but its record is left; forget one that has."""
        if self.get(owner, name).is_ended:
            await self._store.remove(name)
            return
        job = await self._store.change(
            name,
            lambda job: job if job.is_ended else replace(job, state=JobState.CANCELLED, ended=moment()),
        )
        await self._runner.end(name)
        if job.state is JobState.CANCELLED:
            await self._store.clear(name)

    def result(self, owner: str, name: str, kind: ResultFormat | None) -> tuple[Path, ResultFormat]:
        """Return the file of a job's result and its format, the first that was chosen unless one is named."""
        job = self.get(owner, name)
        if job.state is not JobState.DONE or job.results is None:
            reason = f": {job.problem}" if job.problem else ""
            raise JobStateError(f"the job is {job.state} and has no result{reason}")
        kind = kind or next(ResultFormat(one) for one in job.results)
        if kind not in job.results:
            why = (job.missing or {}).get(kind, f"it was made as {', '.join(job.results)}")
            raise NoResultError(f"there is no result as {kind}: {why}")
        return JobFiles.of(self._store.files(name), job).result(kind), kind

    @contextmanager
    def _place_for(self, owner: str) -> Iterator[None]:
        """Keep a place for a job while its file is on its way; raises `TooManyJobsError` where there is none."""
        open_jobs = Counter(job.owner for job in self._store.jobs() if not job.is_ended) + self._uploading
        if open_jobs[owner] >= self._settings.jobs_of_one:
            raise TooManyJobsError(f"{open_jobs[owner]} jobs of yours have not ended yet", _RETRY_SECONDS)
        if open_jobs.total() >= self._settings.jobs_waiting:
            raise TooManyJobsError("as many jobs wait as the service takes", _RETRY_SECONDS)
        self._uploading[owner] += 1
        try:
            yield
        finally:
            self._uploading -= Counter({owner: 1})

    def _refuse_notice(self, options: JobOptions) -> None:
        """Raise where somebody is to be told whom the operator does not allow: else a job could make the service ask
        anything.
        """
        if options.notify and not is_allowed(options.notify, self._settings.job_notify):
            raise OtherOriginError(
                "the service tells no such place of the end of a job; ask who runs it for ADDRESS_MATCH_JOB_NOTIFY"
            )

    def _refuse_size(self, size: int, *, coming: int = 0) -> None:
        """Raise where a file of so many bytes, of which some are still coming, is larger than may be or leaves too
        little room.
        """
        most = self._settings.job_bytes
        if size > most:
            raise FileTooLargeError(
                f"the file is larger than {most:,} bytes; pack it, as Parquet or .gz, or send several"
            )
        if shutil.disk_usage(self._store.folder).free - coming < self._settings.job_free_bytes:
            raise NoRoomError(NO_ROOM)


def _refuse_unless_held(job: Job) -> None:
    if job.state is not JobState.HELD:
        raise JobStateError(f"the job is {job.state}; only one that is held can be changed and started")


def _suffix_of(name: str) -> str:
    """Return the suffix of a name, `.csv.gz` for one, as it is known here; raises `UnknownFormatError` for another."""
    # A name may be no more than its end, with the point or without.
    path = Path(f"addresses.{name.lower().strip()}".replace("/", " "))
    try:
        table_format(path)
    except SourceError as error:
        known = "csv, tsv, txt, ndjson, jsonl, json, parquet, xlsx, xlsm"
        raise UnknownFormatError(
            f"the name says no kind of file that can be read; its end has to be one of {known}, each also with .gz"
        ) from error
    return "".join(path.suffixes[-2:] if path.suffix == ".gz" else path.suffixes[-1:])
