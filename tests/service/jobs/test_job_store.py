import asyncio
import stat
from dataclasses import replace
from pathlib import Path

import pytest

from address_match.service.errors import UsageError
from address_match.service.jobs.errors import UnknownJobError
from address_match.service.jobs.job import JobState
from tests.service.jobs.arrangements import jobs_in, store_in, taken


def held_job(folder: Path) -> str:
    """The id of a job that was taken by a service that is gone."""

    async def take() -> str:
        jobs = jobs_in(folder)
        job = await taken(jobs, hold=True)
        jobs._store.close()
        return job.id

    return asyncio.run(take())


def test_a_job_is_there_after_a_restart_as_it_was_left(tmp_path: Path) -> None:
    name = held_job(tmp_path)
    with store_in(tmp_path) as store:
        changed = asyncio.run(store.change(name, lambda job: replace(job, state=JobState.QUEUED)))
    with store_in(tmp_path) as store:
        assert store.jobs() == [changed]


def test_all_files_are_their_owners_alone(tmp_path: Path) -> None:
    name = held_job(tmp_path / "jobs")
    held = [tmp_path / "jobs", tmp_path / "jobs" / name, *(tmp_path / "jobs" / name).iterdir()]
    assert len(held) == 4
    assert [path for path in held if stat.S_IMODE(path.stat().st_mode) & 0o077] == []


def test_a_folder_is_one_services_alone(tmp_path: Path) -> None:
    with store_in(tmp_path), pytest.raises(UsageError, match="another service"):
        jobs_in(tmp_path)


def test_a_place_that_is_no_folder_is_refused(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(UsageError, match="cannot be used"):
        jobs_in(tmp_path / "file")


def test_what_is_left_of_a_removal_or_an_upload_that_was_killed_is_swept(tmp_path: Path) -> None:
    name = held_job(tmp_path)
    (tmp_path / name / "job.json").unlink()
    (tmp_path / ".address-match-0000000000000000.partial").mkdir()
    with store_in(tmp_path) as store:
        assert store.jobs() == []
        with store.draft():
            left = [path.name for path in tmp_path.iterdir() if path.is_dir()]
    assert name not in left
    assert len(left) == 1


def test_a_record_that_is_damaged_is_left_alone(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    record = tmp_path / held_job(tmp_path) / "job.json"
    record.write_text("[]")
    with store_in(tmp_path) as store, pytest.raises(UnknownJobError):
        store.get(record.parent.name)
    assert record.exists()
    assert "is no job of this release" in caplog.text
