"""What becomes of jobs: whose they are, how many there may be, and what ends them."""

import asyncio
import errno
import shutil
from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from address_match.service.commands.attended_command import Said
from address_match.service.jobs.errors import (
    FileTooLargeError,
    JobStateError,
    NoResultError,
    NoRoomError,
    TooManyJobsError,
    UnknownFormatError,
    UnknownJobError,
)
from address_match.service.jobs.job import Job, JobState
from address_match.service.jobs.job_files import JobFiles
from address_match.service.jobs.job_options import JobOptions, ResultFormat
from address_match.service.jobs.job_runner import MOST_ATTEMPTS
from address_match.service.jobs.job_store import JobStore
from address_match.service.jobs.jobs import Jobs
from address_match.service.settings.job_settings import JobSettings
from tests.service.jobs.arrangements import StandInWork, ended, jobs_in, pieces_of, running, taken, until

KILLED = Said(-9, "")


def names(folder: Path) -> list[str]:
    return sorted(file.name for file in folder.iterdir())


def told(
    folder: Path, story: Callable[[Jobs], Awaitable[None]], work: StandInWork | None = None, **settings: int
) -> None:
    """Tell what happens while jobs are worked on."""

    async def tell() -> None:
        async with running(jobs_in(folder, work, **settings)) as jobs:
            await story(jobs)

    asyncio.run(asyncio.wait_for(tell(), 60))


def test_a_job_is_done_and_leaves_its_results_alone(tmp_path: Path) -> None:
    async def story(jobs: Jobs) -> None:
        outputs = (ResultFormat.CSV, ResultFormat.PARQUET)
        job = await ended(jobs, await taken(jobs, options=JobOptions(outputs=outputs)))
        assert (job.state, job.attempts, job.summary and job.summary["rows"]) == (JobState.DONE, 1, 3)
        assert jobs.result("", job.id, None)[0].read_bytes() == b"address\n1 mill lane\n"
        await until(lambda: names(tmp_path / job.id) == ["job.json", "result.csv", "result.parquet"])

    told(tmp_path, story)


def test_a_format_that_cannot_be_written_is_named_and_the_others_are_there(tmp_path: Path) -> None:
    work = StandInWork()
    work.refused_kinds = {ResultFormat.XLSX}

    async def story(jobs: Jobs) -> None:
        outputs = (ResultFormat.XLSX, ResultFormat.CSV)
        job = await ended(jobs, await taken(jobs, options=JobOptions(outputs=outputs)))
        assert jobs.result("", job.id, None)[1] is ResultFormat.CSV
        with pytest.raises(NoResultError, match="a sheet holds fewer rows"):
            jobs.result("", job.id, ResultFormat.XLSX)
        with pytest.raises(NoResultError, match="it was made as csv"):
            jobs.result("", job.id, ResultFormat.PARQUET)

    told(tmp_path, story, work)


def test_rows_that_wait_for_a_person_are_lined_up_from_the_result_that_is_read_quickest(
    tmp_path: Path,
) -> None:
    work = StandInWork()

    async def story(jobs: Jobs) -> None:
        held = await taken(
            jobs, options=JobOptions(outputs=(ResultFormat.XLSX, ResultFormat.PARQUET)), hold=True
        )
        await until(lambda: jobs.get("", held.id).view)
        await jobs.start("", held.id)
        assert (await ended(jobs, held)).state is JobState.DONE

    told(tmp_path, story, work)
    assert work.lined_up == [ResultFormat.PARQUET]


class SlowToLineUp(StandInWork):
    """Begins to line up rows in the store of labels, and never ends."""

    async def line_up(self, job: Job, files: JobFiles, kind: ResultFormat) -> Said:
        (files.labels / "samples").mkdir(parents=True)
        await super().line_up(job, files, kind)
        await asyncio.Event().wait()
        raise AssertionError


async def lining_up(jobs: Jobs, work: StandInWork) -> Job:
    held = await taken(jobs, hold=True)
    await until(lambda: jobs.get("", held.id).view)
    await jobs.start("", held.id)
    await until(lambda: work.lined_up)
    return held


def test_a_job_that_is_cancelled_while_its_rows_are_lined_up_leaves_nothing(tmp_path: Path) -> None:
    work = SlowToLineUp()

    async def story(jobs: Jobs) -> None:
        job = await lining_up(jobs, work)
        await jobs.cancel_or_remove("", job.id)
        assert names(tmp_path / job.id) == ["job.json"]

    told(tmp_path, story, work)


def test_files_of_an_ended_job_that_cannot_be_removed_keep_no_other_job_waiting(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    async def before(jobs: Jobs) -> None:
        await ended(jobs, await taken(jobs))

    told(tmp_path, before)
    (first,) = (folder for folder in tmp_path.iterdir() if folder.is_dir())
    jobs = jobs_in(tmp_path)
    shutil.rmtree(first)
    first.touch()  # a file where its folder was

    async def after() -> None:
        async with running(jobs):
            assert (await ended(jobs, await taken(jobs))).state is JobState.DONE

    asyncio.run(asyncio.wait_for(after(), 60))
    assert f"job {first.name}: some of its files stay: NotADirectoryError" in caplog.messages


def test_a_job_is_there_for_its_owner_alone(tmp_path: Path) -> None:
    async def story(jobs: Jobs) -> None:
        job = await taken(jobs, "one", hold=True)
        assert (jobs.of_owner("one"), jobs.of_owner("other"), jobs.of_owner("")) == ([job], [], [])
        with pytest.raises(UnknownJobError):
            jobs.get("other", job.id)
        with pytest.raises(UnknownJobError):
            await jobs.start("other", job.id)
        with pytest.raises(UnknownJobError):
            await jobs.set_options("other", job.id, JobOptions())
        with pytest.raises(UnknownJobError):
            await jobs.cancel_or_remove("other", job.id)
        with pytest.raises(UnknownJobError):
            jobs.result("other", job.id, None)

    told(tmp_path, story)


def test_more_jobs_than_may_wait_are_refused(tmp_path: Path) -> None:
    async def story(jobs: Jobs) -> None:
        first = await taken(jobs, "one", hold=True)
        with pytest.raises(TooManyJobsError, match="of yours"):
            await taken(jobs, "one")
        await taken(jobs, "two", hold=True)
        with pytest.raises(TooManyJobsError, match="the service takes"):
            await taken(jobs, "three")
        await jobs.cancel_or_remove("one", first.id)
        await taken(jobs, "three", hold=True)

    told(tmp_path, story, jobs_waiting=2, jobs_of_one=1)


def test_a_file_that_is_too_large_leaves_nothing(tmp_path: Path) -> None:
    async def story(jobs: Jobs) -> None:
        with pytest.raises(FileTooLargeError):
            await jobs.take("", "in.csv", JobOptions(), pieces_of(), size=2_000)
        with pytest.raises(FileTooLargeError):
            await jobs.take("", "in.csv", JobOptions(), pieces_of(*[b"x" * 600] * 2))
        assert names(tmp_path) == [".lock"]

    told(tmp_path, story, job_bytes=1_000)


def test_a_file_for_which_the_disk_has_no_room_is_refused(tmp_path: Path) -> None:
    async def story(jobs: Jobs) -> None:
        with pytest.raises(NoRoomError):
            await taken(jobs)

    told(tmp_path, story, job_free_bytes=2**62)


@pytest.mark.parametrize("name", ["in.doc", "in", "", "in.zip", "in.gz", "csv/in", "\u202evsc.exe"])
def test_a_name_that_says_no_kind_of_file_is_refused(tmp_path: Path, name: str) -> None:
    async def story(jobs: Jobs) -> None:
        with pytest.raises(UnknownFormatError):
            await taken(jobs, name=name)

    told(tmp_path, story)


@pytest.mark.parametrize(
    ("name", "file"),
    [
        ("../../etc/x.CSV", "addresses.csv"),
        ("C:\\a\\b.tsv.gz", "addresses.tsv.gz"),
        (".csv", "addresses.csv"),
        ("a.b.parquet", "addresses.parquet"),
    ],
)
def test_a_name_is_shown_and_no_file_is_called_by_it(tmp_path: Path, name: str, file: str) -> None:
    async def story(jobs: Jobs) -> None:
        job = await taken(jobs, name=name, hold=True)
        assert job.name == name
        assert (tmp_path / job.id / file).exists()

    told(tmp_path, story)


def test_a_job_whose_process_is_killed_goes_on_by_itself(tmp_path: Path) -> None:
    async def story(jobs: Jobs) -> None:
        job = await ended(jobs, await taken(jobs))
        assert (job.state, job.attempts) == (JobState.DONE, 3)

    told(tmp_path, story, StandInWork(KILLED, KILLED))


def test_a_job_whose_process_is_killed_each_time_fails_in_the_end(tmp_path: Path) -> None:
    async def story(jobs: Jobs) -> None:
        job = await ended(jobs, await taken(jobs))
        assert (job.state, "each time that it was begun" in job.problem) == (JobState.FAILED, True)

    work = StandInWork(*[KILLED] * 20)
    told(tmp_path, story, work)
    assert len(work.matched) == MOST_ATTEMPTS


def test_a_job_that_cannot_be_done_says_why_and_keeps_no_file(tmp_path: Path) -> None:
    async def story(jobs: Jobs) -> None:
        job = await ended(jobs, await taken(jobs))
        assert (job.state, job.problem) == (JobState.FAILED, "the input has no address column")
        await until(lambda: names(tmp_path / job.id) == ["job.json"])
        with pytest.raises(JobStateError, match="no address column"):
            jobs.result("", job.id, None)

    told(tmp_path, story, StandInWork(Said(2, "the input has no address column")))


class StoreOnFullDisk(JobStore):
    """Has no room for a record while there are answers."""

    async def change(self, name: str, change: Callable[[Job], Job]) -> Job:
        if (self.files(name) / "answers.part").exists():
            raise OSError(errno.ENOSPC, "No space left on device")
        return await super().change(name, change)


def test_a_job_that_fills_the_disk_fails_and_makes_room_for_the_next(tmp_path: Path) -> None:
    settings = JobSettings(job_free_bytes=0)

    async def tell() -> None:
        async with running(Jobs(StoreOnFullDisk(tmp_path), StandInWork(), settings)) as jobs:
            job = await ended(jobs, await taken(jobs))
        assert (job.state, job.problem.partition(";")[0]) == (
            JobState.FAILED,
            "the disk was full while it was worked on",
        )
        assert names(tmp_path / job.id) == ["job.json"]

    asyncio.run(asyncio.wait_for(tell(), 60))


def test_a_job_whose_index_changed_is_begun_from_its_first_row_again(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    work = StandInWork(Said(2, "the index changed since"))
    log = b"answers of another index"

    async def story(jobs: Jobs) -> None:
        job = await taken(jobs, hold=True)
        file = tmp_path / job.id / "answers.part.unfinished"
        file.write_bytes(log)
        await jobs.start("", job.id)
        job = await ended(jobs, job)
        assert (job.state, job.restarts, file.exists()) == (JobState.DONE, 1, False)
        assert f"job {job.id} begins at its first row again" in caplog.text

    told(tmp_path, story, work)


def test_a_job_of_a_service_that_was_killed_goes_on_and_the_log_says_so(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    async def killed(jobs: Jobs) -> None:
        job = await taken(jobs, hold=True)
        record = tmp_path / job.id / "job.json"
        record.write_text(record.read_text("utf-8").replace('"held"', '"running"'), "utf-8")

    async def story(jobs: Jobs) -> None:
        (job,) = jobs.of_owner("")
        assert (await ended(jobs, job)).state is JobState.DONE
        assert f"job {job.id} goes on" in caplog.text

    told(tmp_path, killed)
    told(tmp_path, story)


def test_a_job_that_fails_is_not_taken_for_one_whose_index_changed(tmp_path: Path) -> None:
    async def story(jobs: Jobs) -> None:
        job = await taken(jobs, hold=True)
        (tmp_path / job.id / "answers.part.unfinished").write_bytes(b"answers")
        await jobs.start("", job.id)
        job = await ended(jobs, job)
        assert (job.state, job.restarts, job.problem) == (JobState.FAILED, 0, "the index does not answer")

    work = StandInWork(Said(1, "the index does not answer"))
    told(tmp_path, story, work)
    assert len(work.matched) == 1


def test_a_job_that_runs_is_cancelled_and_another_takes_its_place(tmp_path: Path) -> None:
    work = StandInWork()
    work.waits = True

    async def story(jobs: Jobs) -> None:
        job = await taken(jobs)
        await until(lambda: work.matched)
        work.waits = False
        await jobs.cancel_or_remove("", job.id)
        assert jobs.get("", job.id).state is JobState.CANCELLED
        assert names(tmp_path / job.id) == ["job.json"]
        assert (await ended(jobs, await taken(jobs))).state is JobState.DONE
        await jobs.cancel_or_remove("", job.id)
        with pytest.raises(UnknownJobError):
            jobs.get("", job.id)

    told(tmp_path, story, work)


def test_what_runs_when_the_service_ends_is_gone_on_with_by_the_next(tmp_path: Path) -> None:
    work = StandInWork()
    work.waits = True
    began: list[Job] = []

    async def first(jobs: Jobs) -> None:
        began.append(await taken(jobs))
        await until(lambda: work.matched)

    async def second(jobs: Jobs) -> None:
        job = await ended(jobs, began[0])
        assert (job.state, job.attempts) == (JobState.DONE, 1)

    told(tmp_path, first, work)
    told(tmp_path, second)


def test_owners_take_turns(tmp_path: Path) -> None:
    work = StandInWork()

    async def story(jobs: Jobs) -> None:
        held = [await taken(jobs, owner, hold=True) for owner in ("one", "one", "two")]
        for job in held:
            await jobs.start(job.owner, job.id)
        for job in held:
            await ended(jobs, job)
        assert work.matched == [held[0].id, held[2].id, held[1].id]

    told(tmp_path, story, work)


def test_no_job_is_run_twice_where_several_run_at_once(tmp_path: Path) -> None:
    work = StandInWork()

    async def story(jobs: Jobs) -> None:
        sent = [await taken(jobs) for _ in range(6)]
        for job in sent:
            await ended(jobs, job)
        assert sorted(work.matched) == sorted(job.id for job in sent)

    told(tmp_path, story, work, jobs_at_once=4)


def test_files_that_a_killed_service_left_behind_are_removed(tmp_path: Path) -> None:
    done: list[Job] = []

    async def first(jobs: Jobs) -> None:
        done.append(await ended(jobs, await taken(jobs)))

    async def second(jobs: Jobs) -> None:
        await until(lambda: names(tmp_path / done[0].id) == ["job.json", "result.csv"])

    told(tmp_path, first)
    (tmp_path / done[0].id / "addresses.csv").write_text("1 mill lane")
    told(tmp_path, second)


def test_a_job_that_is_held_waits_and_can_be_chosen_anew(tmp_path: Path) -> None:
    async def story(jobs: Jobs) -> None:
        job = await taken(jobs, hold=True)
        await until(lambda: jobs.get("", job.id).view)
        viewed = jobs.get("", job.id)
        assert (viewed.state, viewed.view and viewed.view.address_columns) == (JobState.HELD, ("address",))
        job = await jobs.set_options("", job.id, JobOptions(columns=("ref",)), "school roll")
        assert (job.name, job.view) == ("school roll", None)
        await jobs.start("", job.id)
        with pytest.raises(JobStateError):
            await jobs.set_options("", job.id, JobOptions())
        with pytest.raises(JobStateError):
            await jobs.start("", job.id)
        assert (await ended(jobs, job)).options.columns == ("ref",)

    told(tmp_path, story)


def test_a_job_that_ended_long_ago_is_removed(tmp_path: Path) -> None:
    kept: list[Job] = []

    async def first(jobs: Jobs) -> None:
        for _ in range(2):
            kept.append(await ended(jobs, await taken(jobs)))
        long_ago = (datetime.now(UTC) - timedelta(days=3)).isoformat()
        await jobs._store.change(kept[0].id, lambda job: replace(job, ended=long_ago))

    async def second(jobs: Jobs) -> None:
        await until(lambda: len(jobs.of_owner("")) == 1)
        assert [job.id for job in jobs.of_owner("")] == [kept[1].id]

    told(tmp_path, first)
    told(tmp_path, second, job_days=2)


def test_no_log_says_more_of_a_job_than_its_id(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    async def story(jobs: Jobs) -> None:
        await ended(jobs, await taken(jobs, name="7 secret lane.csv"))
        await ended(jobs, await taken(jobs))

    caplog.set_level("DEBUG", "address_match")
    told(tmp_path, story, StandInWork(KILLED, Said(1, "row 3: 7 secret lane")))
    assert "secret" not in caplog.text
    assert "failed" in caplog.text
