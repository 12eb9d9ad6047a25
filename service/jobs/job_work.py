"""What is done for a job, and the commands that do it: processes of their own, so that no file can harm the service."""

import asyncio
import logging
import os
import signal
import sys
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from subprocess import PIPE
from typing import Protocol

from address_match.service.cli.exit_codes import FAILURE, USAGE
from address_match.service.jobs.job import Job
from address_match.service.jobs.job_files import JobFiles
from address_match.service.jobs.job_options import ResultFormat

_COMMAND = (sys.executable, "-m", "address_match.service.cli.attended")
_BEHIND = "--behind"
"""That a command gives way to who waits for an answer."""
_SAID_BYTES = 1 << 20
"""Of what a command says, the end that is read."""
_END_SECONDS = 10.0
"""How long a command that is told to end may take."""

_log = logging.getLogger("address_match.jobs")


@dataclass(frozen=True, slots=True)
class Said:
    """What a command came to."""

    code: int
    """Its exit code; that of no command where a signal ended it."""
    text: str
    """The last line of what it said: JSON where it went well, else what went wrong."""

    @property
    def is_well(self) -> bool:
        """Return whether it did what it was asked."""
        return self.code == 0

    @property
    def is_refusal(self) -> bool:
        """Return whether it ended by itself, and would again."""
        return self.code in {FAILURE, USAGE}

    @property
    def is_refused_unbegun(self) -> bool:
        """Return whether it was asked in a way that cannot be done."""
        return self.code == USAGE


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


class CommandWork:
    """Does it by the commands `columns`, `match` and `merge`."""

    def __init__(self, matched_by: Callable[[], Sequence[str]], *, processes: int) -> None:
        """Match by what `matched_by` returns, the arguments of `match` that say by which index and models, in so many processes."""
        self._matched_by = matched_by
        self._processes = processes

    async def view(self, job: Job, files: JobFiles) -> Said:
        """Look at how the file would be read."""
        arguments = ["columns", str(files.addresses), "--json", *job.options.of_reading()]
        return await _run(arguments, files.folder / "viewed.txt")

    async def match(self, job: Job, files: JobFiles) -> Said:
        """Answer the rows that are not answered yet; the log holds the others."""
        if files.answers.exists():  # it was ended between its last answer and its word that all are given
            files.answers.replace(files.log)
        options = [*self._matched_by(), *job.options.of_matching()]
        how = ["--part=1/1", "--resume", "--force", "--json", f"--jobs={self._processes}"]
        arguments = [_BEHIND, "match", str(files.addresses), f"--out={files.answers}", *how, *options]
        return await _run(arguments, files.said)

    async def write(self, job: Job, files: JobFiles, kind: ResultFormat) -> Said:
        """Write the rows with their answers in a format."""
        for_spreadsheet = job.options.spreadsheet and kind in {
            ResultFormat.CSV,
            ResultFormat.PACKED_CSV,
            ResultFormat.TSV,
        }
        options = ["--spreadsheet"] if for_spreadsheet else []
        arguments = [
            _BEHIND,
            "merge",
            str(files.addresses),
            str(files.answers),
            f"--out={files.result(kind)}",
            "--force",
            "--json",
        ]
        return await _run([*arguments, *options], files.said)


async def _run(arguments: Sequence[str], said: Path) -> Said:
    """Run a command to its end; where the task is cancelled, the command is ended first."""
    descriptor = os.open(said, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    try:
        process = await asyncio.create_subprocess_exec(
            *_COMMAND, *arguments, stdin=PIPE, stdout=descriptor, stderr=descriptor
        )
    finally:
        os.close(descriptor)
    try:
        code = await process.wait()
    except asyncio.CancelledError:
        await _end(process)
        raise
    finally:
        if process.stdin is not None:
            process.stdin.close()
    return Said(code, _last_line(said, without=f"{said.parent}{os.sep}"))


async def _end(process: asyncio.subprocess.Process) -> None:
    """End a command by a signal that it clears up after, and by one that it cannot ignore where it takes too long."""
    with suppress(ProcessLookupError):
        process.send_signal(signal.SIGTERM)
        try:
            await asyncio.wait_for(process.wait(), _END_SECONDS)
        except TimeoutError:
            process.kill()
            await process.wait()


def _last_line(path: Path, *, without: str) -> str:
    """Return the last line of what was said, without the place on this server."""
    with path.open("rb") as stream:
        stream.seek(max(0, path.stat().st_size - _SAID_BYTES))
        lines = stream.read().decode("utf-8", "replace").rstrip().splitlines()
    return lines[-1].replace(without, "").removeprefix("address-match: ") if lines else ""
