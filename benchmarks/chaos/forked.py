"""Commands in processes of their own that begin at once, as copies of this one, and can be killed at any moment."""

import itertools
import os
import resource
import signal
import sys
import time
import traceback
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

_PATIENCE = 120.0
_WORKERS_END_WITHIN = 10.0
_NUMBERS = itertools.count()


@dataclass(frozen=True, slots=True)
class Forked:
    """A process that was begun, the leader of a session of its own."""

    pid: int
    said: Path
    """What it writes to standard error."""

    def wait(self, seconds: float = _PATIENCE) -> int | None:
        """Wait for its end and return its exit code, negative for a signal; None where it was killed here for lasting
        too long.
        """
        until = time.monotonic() + seconds
        while time.monotonic() < until:
            ended, status = os.waitpid(self.pid, os.WNOHANG)
            if ended:
                return os.waitstatus_to_exitcode(status)
            time.sleep(0.002)
        os.killpg(self.pid, signal.SIGKILL)
        os.waitpid(self.pid, 0)
        return None

    def kill_after(self, seconds: float, number: signal.Signals = signal.SIGKILL) -> tuple[int | None, bool]:
        """Kill it after some seconds, unless it has ended by then; return what `wait` does, and whether the kill came
        in time.
        """
        until = time.monotonic() + seconds
        while True:
            ended, status = os.waitpid(self.pid, os.WNOHANG)
            if ended:
                return os.waitstatus_to_exitcode(status), False
            if (left := until - time.monotonic()) <= 0:
                break
            time.sleep(min(left, 0.002))
        os.kill(self.pid, number)
        return self.wait(), True

    def heard(self) -> str:
        """Return what it wrote to standard error, and remove the file."""
        text = self.said.read_text(errors="replace")
        self.said.unlink()
        return text

    def left_behind(self) -> list[int]:
        """Return the processes of its session that live on for longer than they need to see that it is gone."""
        until = time.monotonic() + _WORKERS_END_WITHIN
        while (left := _living_in(self.pid)) and time.monotonic() < until:
            time.sleep(0.02)
        return left


def fork(run: Callable[[], int], folder: Path, *, largest_file: int | None = None) -> Forked:
    """Begin a function in a copy of this process; no file that it writes may grow over `largest_file` bytes."""
    said = folder / f"said-{next(_NUMBERS)}.txt"
    said.touch()
    pid = os.fork()
    if pid:
        return Forked(pid, said)
    code = 70
    try:
        os.setsid()
        _redirect(Path(os.devnull), 1)
        _redirect(said, 2)
        # Whoever runs this may have put something else in their place.
        sys.stdout, sys.stderr = (os.fdopen(number, "w", closefd=False) for number in (1, 2))
        if largest_file is not None:
            signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
            resource.setrlimit(resource.RLIMIT_FSIZE, (largest_file, largest_file))
        code = run()
        sys.stdout.flush()
    except SystemExit as error:
        code = error.code if isinstance(error.code, int) else 1
    except BaseException:  # noqa: BLE001 - whatever it is, the copy must not go on as this process
        traceback.print_exc()
    finally:
        os._exit(code)


def command(*arguments: object) -> Callable[[], int]:
    """Return a function that runs a command of the program."""
    from address_match.service.cli import main

    return lambda: main([str(each) for each in arguments])


def _redirect(file: Path, descriptor: int) -> None:
    opened = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    os.dup2(opened, descriptor)
    os.close(opened)


def _living_in(session: int) -> list[int]:
    found: list[int] = []
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            _, _, fields = stat.read_text(encoding="utf-8", errors="replace").rpartition(")")
        except OSError:  # it ended meanwhile
            continue
        state, _, _, owner = fields.split()[:4]
        if int(owner) == session and state != "Z":
            found.append(int(stat.parent.name))
    return found
