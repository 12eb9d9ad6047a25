"""The folder of the jobs: one folder per job, with what is known of it in `job.json`, replaced whole, and its files
beside that.
"""

import asyncio
import logging
import os
import secrets
import shutil
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from pathlib import Path
from typing import Any

import orjson

from address_match.drafts import draft_folder, held_alone, replaced, sync_folder
from address_match.service.errors import UsageError
from address_match.service.jobs.errors import UnknownJobError
from address_match.service.jobs.job import Job, JobState

_RECORD = "job.json"
_LOCK = ".lock"

_log = logging.getLogger("address_match.jobs")


class JobStore:
    """Holds all jobs; every change is on the disk before it is seen. Belongs to one event loop, and its folder to one
    process.
    """

    def __init__(self, folder: Path) -> None:
        """Read the jobs of a folder, which is made where there is none; raises UsageError where another service has it."""
        try:
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            self._held = os.open(folder / _LOCK, os.O_RDWR | os.O_CREAT, 0o600)
        except OSError as error:
            raise UsageError(f"the folder {folder} of the jobs cannot be used: {error.strerror}") from error
        if not held_alone(self._held):
            os.close(self._held)
            raise UsageError(f"another service has the jobs in {folder}; give each a folder of its own")
        self.folder = folder
        self._changing = asyncio.Lock()
        self._jobs = {job.id: job for job in _read_all(folder)}

    def close(self) -> None:
        """Let another service have the folder."""
        os.close(self._held)

    def jobs(self) -> list[Job]:
        """Return all jobs, the oldest first."""
        return sorted(self._jobs.values(), key=lambda job: (job.created, job.id))

    def get(self, name: str) -> Job:
        """Return a job by its id; raises `UnknownJobError`."""
        try:
            return self._jobs[name]
        except KeyError:
            raise UnknownJobError from None

    def files(self, name: str) -> Path:
        """Return the folder of a job's files."""
        return self.folder / self.get(name).id

    @contextmanager
    def draft(self) -> Iterator[Path]:
        """Give an empty folder for the files of a job to come, its owner's alone; it is gone at the end unless it was
        added.
        """
        with draft_folder(self.folder) as draft:
            yield draft

    async def add(self, job: Job, draft: Path) -> None:
        """Keep a new job, with its files."""

        def write() -> None:
            _write(draft, job)
            draft.rename(self.folder / job.id)
            sync_folder(self.folder)

        async with self._changing:
            await asyncio.to_thread(write)
            self._jobs[job.id] = job

    async def change(self, name: str, change: Callable[[Job], Job]) -> Job:
        """Replace a job by what is made of it, and return that; raises `UnknownJobError`, and what `change` raises.

        Where the task is cancelled meanwhile, the job is changed all the same: what is seen is what is on the disk.
        """
        return await asyncio.shield(self._changed(name, change))

    async def change_in(self, name: str, states: Collection[JobState], **values: Any) -> Job:
        """Give fields of a job other values where it is in one of some states; return what it is then. Raises as
        `change` does.
        """
        return await self.change(name, lambda job: replace(job, **values) if job.state in states else job)

    async def _changed(self, name: str, change: Callable[[Job], Job]) -> Job:
        async with self._changing:
            before = self.get(name)
            changed = change(before)
            if changed != before:
                await asyncio.to_thread(_write, self.folder / name, changed)
                self._jobs[name] = changed
            return changed

    async def clear(self, name: str, *, but: frozenset[str] = frozenset()) -> None:
        """Remove the files of a job except some, and what is known of it."""
        async with self._changing:
            await asyncio.to_thread(_remove_files, self.files(name), but | {_RECORD})

    async def remove(self, name: str) -> None:
        """Forget a job and all its files."""
        async with self._changing:
            folder = self.files(name)
            del self._jobs[name]
            await asyncio.to_thread(_remove, folder)

    async def remove_before(self, oldest: str) -> None:
        """Forget jobs that ended, or were held without a start, before a moment."""
        for job in self.jobs():
            is_done_with = job.is_ended or job.state is JobState.HELD
            if is_done_with and (job.ended or job.created) < oldest:
                with suppress(UnknownJobError):
                    await self.remove(job.id)


def new_id() -> str:
    """Return a name for a job that nobody can guess."""
    return secrets.token_hex(12)


def _read_all(folder: Path) -> Iterator[Job]:
    """Read the jobs of a folder; one whose record is gone was being removed, and is."""
    for place in sorted(folder.iterdir()):
        if place.name.startswith(".") or not place.is_dir():
            continue
        record = place / _RECORD
        if not record.exists():
            _remove(place)
            continue
        try:
            yield Job.from_json(orjson.loads(record.read_bytes()))
        except (KeyError, TypeError, ValueError, AttributeError) as error:
            _log.error("%s is no job of this release, and is left as it is: %s", place, type(error).__name__)


def _write(folder: Path, job: Job) -> None:
    with replaced(folder / _RECORD, private=True) as draft:
        draft.write_bytes(orjson.dumps(job.as_json(), option=orjson.OPT_INDENT_2))


def _remove_files(folder: Path, but: frozenset[str]) -> None:
    for place in folder.iterdir():
        if place.name in but:
            continue
        if place.is_dir():
            shutil.rmtree(place)
        else:
            place.unlink(missing_ok=True)


def _remove(folder: Path) -> None:
    (folder / _RECORD).unlink(missing_ok=True)
    shutil.rmtree(folder, ignore_errors=True)
