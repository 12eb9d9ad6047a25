import asyncio
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from address_match.service.jobs.errors import OtherOriginError
from address_match.service.jobs.job import Job, JobState
from address_match.service.jobs.job_options import JobOptions
from address_match.service.jobs.job_store import JobStore
from address_match.service.jobs.jobs import Jobs
from address_match.service.jobs.notice import HttpNotifier, is_allowed, pause
from address_match.service.settings.job_settings import JobSettings
from tests.service.jobs.arrangements import StandInWork, ended, running, taken, until
from tests.service.receiver import Receiver, receiving

TOLD = "https://census.example/done"


@pytest.fixture
def receiver() -> Iterator[str]:
    with receiving() as url:
        yield url


class StandInNotifier:
    """Keeps the notices that it was to give."""

    def __init__(self, *, is_taken: bool = True) -> None:
        self.given: list[tuple[str, JobState]] = []
        self.is_taken = is_taken

    def give(self, job: Job) -> bool:
        self.given.append((job.id, job.state))
        return self.is_taken


def job_that_tells(folder: Path, url: str) -> Job:
    async def take() -> Job:
        jobs = jobs_that_tell(folder)
        job = await taken(jobs, hold=True)
        jobs._store.close()
        return replace(job, state=JobState.DONE, options=JobOptions(notify=url))

    return asyncio.run(take())


def jobs_that_tell(folder: Path, notifier: StandInNotifier | None = None) -> Jobs:
    settings = JobSettings.model_validate({"job_free_bytes": 0, "job_notify": "https://census.example"})
    return Jobs(JobStore(folder), StandInWork(), settings, notifier)


@pytest.mark.parametrize(
    ("path", "is_taken"), [("/200", True), ("/204?key=1", True), ("/500", False), ("/302", False)]
)
def test_an_end_is_told_by_the_id_and_the_state_alone(
    tmp_path: Path,
    receiver: str,
    path: str,
    is_taken: bool,  # noqa: FBT001 - a row of the table
) -> None:
    job = job_that_tells(tmp_path, f"{receiver}{path}")
    assert HttpNotifier().give(job) is is_taken
    assert Receiver.heard == [(path, {"id": job.id, "state": "done"})]


@pytest.mark.parametrize(
    "url", ["http://127.0.0.1:1/", "http://127.0.0.1:x/", "http://[::1/", "http://127.0.0.1:1/\r\na: b"]
)
def test_whom_nobody_reaches_takes_nothing(tmp_path: Path, url: str) -> None:
    assert HttpNotifier().give(job_that_tells(tmp_path, url)) is False


@pytest.mark.parametrize(
    ("url", "is_so"),
    [
        (TOLD, True),
        ("HTTPS://Census.Example", True),
        ("http://census.example/done", False),
        ("https://census.example:8443/", False),
        ("https://census.example.elsewhere.example/", False),
        ("https://census.example@elsewhere.example/", False),
        ("https://user@census.example/", False),
        ("https://[", False),
        ("//census.example/", False),
        ("file:///etc/passwd", False),
    ],
)
def test_only_origins_that_are_allowed_are_told(url: str, is_so: bool) -> None:  # noqa: FBT001 - a row of the table
    assert is_allowed(url, ["https://census.example/"]) is is_so


def test_pauses_grow_to_half_an_hour() -> None:
    assert [pause(given) for given in range(1, 6)] == [5, 20, 80, 320, 1_280]


def test_a_job_tells_of_its_end_once(tmp_path: Path) -> None:
    notifier = StandInNotifier()

    async def story() -> None:
        async with running(jobs_that_tell(tmp_path, notifier)) as jobs:
            job = await ended(jobs, await taken(jobs, options=JobOptions(notify=TOLD)))
            await ended(jobs, await taken(jobs))
            await until(lambda: jobs.get("", job.id).notified)
            assert notifier.given == [(job.id, JobState.DONE)]

    asyncio.run(story())


def test_a_notice_that_is_not_taken_is_given_again_later(tmp_path: Path) -> None:
    notifier = StandInNotifier(is_taken=False)

    async def story() -> None:
        async with running(jobs_that_tell(tmp_path, notifier)) as jobs:
            job = await ended(jobs, await taken(jobs, options=JobOptions(notify=TOLD)))
            await until(lambda: jobs.get("", job.id).notices == 1)
        notifier.is_taken = True
        async with running(jobs_that_tell(tmp_path, notifier)) as jobs:
            await until(lambda: jobs.get("", job.id).notified)

    asyncio.run(story())
    assert len(notifier.given) == 2


def test_whom_the_operator_does_not_allow_is_refused(tmp_path: Path) -> None:
    async def story() -> None:
        async with running(jobs_that_tell(tmp_path)) as jobs:
            with pytest.raises(OtherOriginError):
                await taken(jobs, options=JobOptions(notify="http://169.254.169.254/"))
            held = await taken(jobs, hold=True)
            with pytest.raises(OtherOriginError):
                await jobs.set_options("", held.id, JobOptions(notify="http://127.0.0.1/"))
            assert [job.id for job in jobs.of_owner("")] == [held.id]

    asyncio.run(story())
