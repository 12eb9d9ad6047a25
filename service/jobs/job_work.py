"""What is done for a job, and the commands that do it: processes of their own, so that no file can harm the service."""

from collections.abc import Callable, Sequence
from typing import Protocol

from address_match.service.commands.attended_command import BEHIND, Said, run_command
from address_match.service.jobs.job import Job
from address_match.service.jobs.job_files import JobFiles
from address_match.service.jobs.job_options import ResultFormat
from address_match.service.written_names import written_names


class JobWork(Protocol):
    """What a job takes, step by step; each step may be ended at any moment, and done again."""

    async def view(self, job: Job, files: JobFiles) -> Said:
        """Look at how the file would be read."""
        ...

    async def match(self, job: Job, files: JobFiles) -> Said:
        """Answer the rows that are not answered yet."""
        ...

    async def write(self, job: Job, files: JobFiles, kind: ResultFormat) -> Said:
        """Write the rows with their answers in a format."""
        ...

    async def line_up(self, job: Job, files: JobFiles, kind: ResultFormat) -> Said:
        """Line up the rows that wait for a person, from the result in a format, in the store of labels of the job."""
        ...


class CommandWork:
    """Does it by the commands `columns`, `match`, `merge` and `label queue`."""

    def __init__(self, matched_by: Callable[[], Sequence[str]], *, processes: int) -> None:
        """Match by what `matched_by` returns, the arguments of `match` that say by which index and models, in so many
        processes.
        """
        self._matched_by = matched_by
        self._processes = processes

    async def view(self, job: Job, files: JobFiles) -> Said:
        """Look at how the file would be read."""
        arguments = ["columns", str(files.addresses), "--json", *job.options.of_reading()]
        return await run_command(arguments, files.folder / "viewed.txt")

    async def match(self, job: Job, files: JobFiles) -> Said:
        """Answer the rows that are not answered yet; the log holds the others."""
        if files.answers.exists():  # it was ended between its last answer and its word that all are given
            files.answers.replace(files.log)
        options = [*self._matched_by(), *job.options.of_matching()]
        how = ["--part=1/1", "--resume", "--force", "--json", f"--jobs={self._processes}"]
        arguments = [BEHIND, "match", str(files.addresses), f"--out={files.answers}", *how, *options]
        return await run_command(arguments, files.said)

    async def write(self, job: Job, files: JobFiles, kind: ResultFormat) -> Said:
        """Write the rows with their answers in a format."""
        for_spreadsheet = job.options.spreadsheet and kind in {
            ResultFormat.CSV,
            ResultFormat.PACKED_CSV,
            ResultFormat.TSV,
        }
        options = ["--spreadsheet"] if for_spreadsheet else []
        arguments = [
            BEHIND,
            "merge",
            str(files.addresses),
            str(files.answers),
            f"--out={files.result(kind)}",
            "--force",
            "--json",
        ]
        return await run_command([*arguments, *options], files.said)

    async def line_up(self, job: Job, files: JobFiles, kind: ResultFormat) -> Said:
        """Line up the rows that wait for a person, from the result in a format, in the store of labels of the job."""
        columns = [f"--columns={written_names(job.address_columns)}"] if job.address_columns else []
        arguments = [BEHIND, "label", "queue", str(files.result(kind)), f"--store={files.labels}", *columns]
        return await run_command(arguments, files.said)
