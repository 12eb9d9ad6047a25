"""What the commands do for a job."""

import asyncio
from pathlib import Path

from address_match.service.batch.input.file_view import FileView
from address_match.service.jobs.job import Job, JobState
from address_match.service.jobs.job_files import JobFiles
from address_match.service.jobs.job_options import JobOptions, ResultFormat
from address_match.service.jobs.job_work import CommandWork
from address_match.service.lifecycle.labels.store import LabelStore

RESULT = """town,"road, as told",match_status,match_uprn,match_address,match_probability,match_error
Shildon,2 secret lane,review,0200,2 MILL LANE,0.7,
"""


def test_rows_that_wait_are_lined_up_by_the_columns_that_made_their_addresses(tmp_path: Path) -> None:
    job = Job(
        id="one",
        owner="",
        name="in.csv",
        suffix=".csv",
        size=1,
        created="",
        state=JobState.RUNNING,
        options=JobOptions(),
        view=FileView(columns=("town", "road, as told")),
        summary={"address_columns": ["road, as told", "town"]},
    )
    files = JobFiles.of(tmp_path, job)
    files.result(ResultFormat.CSV).write_text(RESULT, encoding="utf-8")
    said = asyncio.run(CommandWork(list, processes=1).line_up(job, files, ResultFormat.CSV))
    assert said.is_well, said.text
    (queue,) = LabelStore(files.labels).samples()
    assert [one.address for one in queue.answers] == ["2 secret lane, Shildon"]
