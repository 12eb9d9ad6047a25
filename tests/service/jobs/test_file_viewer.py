"""Looks at files that end otherwise than they should."""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest

from address_match.service.commands.attended_command import Said
from address_match.service.jobs.job import Job, JobState
from address_match.service.jobs.job_files import JobFiles
from address_match.service.jobs.jobs import Jobs
from tests.service.jobs.arrangements import StandInWork, jobs_in, running, taken, until


class SaysTooMuch(StandInWork):
    """Says so much of a file that only the end of it is read."""

    async def view(self, _job: Job, _files: JobFiles) -> Said:
        return Said(0, 'umn 59998", "column 59999"]}')


class LooksSlowly(StandInWork):
    """Waits to be let on, and then writes into the folder of the job as a command does."""

    def __init__(self) -> None:
        super().__init__()
        self.begun, self.let_on = asyncio.Event(), asyncio.Event()

    async def view(self, _job: Job, files: JobFiles) -> Said:
        self.begun.set()
        await self.let_on.wait()
        return Said(0, files.addresses.read_text("utf-8"))


def told(
    folder: Path, work: Callable[[], StandInWork], story: Callable[[Jobs, StandInWork], Awaitable[None]]
) -> None:
    async def tell() -> None:
        does = work()
        async with running(jobs_in(folder, does)) as jobs:
            await asyncio.wait_for(story(jobs, does), 20)

    asyncio.run(tell())


def test_a_file_of_which_too_much_is_to_be_said_is_told_to_have_too_many_columns(tmp_path: Path) -> None:
    async def story(jobs: Jobs, _work: StandInWork) -> None:
        held = await taken(jobs, hold=True)
        await until(lambda: jobs.get("", held.id).view)
        view = jobs.get("", held.id).view
        assert view is not None
        assert "too many columns to show" in view.problem

    told(tmp_path, SaysTooMuch, story)


def test_a_job_that_is_cancelled_while_its_file_is_looked_at_is_no_fault(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    async def story(jobs: Jobs, work: StandInWork) -> None:
        assert isinstance(work, LooksSlowly)
        held = await taken(jobs, hold=True)
        await work.begun.wait()
        await jobs.cancel_or_remove("", held.id)
        work.let_on.set()
        other = await taken(jobs, hold=True)
        await until(lambda: jobs.get("", other.id).view)
        assert jobs.get("", held.id).state is JobState.CANCELLED

    with caplog.at_level(logging.ERROR):
        told(tmp_path, LooksSlowly, story)
    assert caplog.records == []
