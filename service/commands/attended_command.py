"""Commands of ours as processes of their own: what they do can harm no service, and they end with it."""

import asyncio
import os
import signal
import sys
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from subprocess import PIPE

from address_match.service.commands.exit_code import FAILURE, USAGE

_COMMAND = (sys.executable, "-m", "address_match.service.cli.program.attended")
BEHIND = "--behind"
"""That a command gives way to who waits for an answer."""
_SAID_BYTES = 1 << 20
"""Of what a command says, the end that is read."""
_END_SECONDS = 10.0
"""How long a command that is told to end may take."""


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


async def run_command(arguments: Sequence[str], said: Path) -> Said:
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
    return Said(code, last_line(said, without=f"{said.parent}{os.sep}"))


async def _end(process: asyncio.subprocess.Process) -> None:
    """End a command by a signal that it clears up after, and by one that it cannot ignore where it takes too long."""
    with suppress(ProcessLookupError):
        process.send_signal(signal.SIGTERM)
        try:
            await asyncio.wait_for(process.wait(), _END_SECONDS)
        except TimeoutError:
            process.kill()
            await process.wait()


def last_line(path: Path, *, without: str) -> str:
    """Return the last line of what was said, without the place on this server."""
    with path.open("rb") as stream:
        stream.seek(max(0, path.stat().st_size - _SAID_BYTES))
        lines = stream.read().decode("utf-8", "replace").rstrip().splitlines()
    return lines[-1].replace(without, "").removeprefix("address-match: ") if lines else ""
