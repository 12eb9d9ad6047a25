"""What a piece of work costs: in this process, or in a command and all that it starts."""

import os
import resource
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

_SAMPLE_SECONDS = 0.1
ONE_THREAD: Mapping[str, str] = dict.fromkeys(
    ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "RAYON_NUM_THREADS"), "1"
)
"""Variables of the environment that keep libraries to one thread."""
_COMMAND = "import sys; from address_match.service.cli import main; sys.exit(main())"


@dataclass(slots=True)
class Stopwatch:
    """Wall and CPU seconds of the body of `timed`; CPU counts all threads of this process."""

    wall_seconds: float = 0.0
    cpu_seconds: float = 0.0


@dataclass(frozen=True, slots=True)
class CommandCost:
    """Cost of a finished command, with the processes it started."""

    wall_seconds: float
    cpu_seconds: float
    peak_mib: float
    """Highest sum of the resident memory of its processes, mapped files included, sampled ten times a second."""
    resident_mib: tuple[float, ...] = field(repr=False)
    """The samples, in order of time; 0 where the system does not tell."""


class CommandFailedError(Exception):
    """A measured command ended with an exit code other than 0; the message holds what it wrote last."""


@contextmanager
def timed() -> Iterator[Stopwatch]:
    """Measure the body of a `with`."""
    watch = Stopwatch()
    wall, cpu = time.perf_counter(), time.process_time()
    yield watch
    watch.wall_seconds = time.perf_counter() - wall
    watch.cpu_seconds = time.process_time() - cpu


def run_address_match(
    *arguments: str, log: Path, environment: Mapping[str, str] | None = None
) -> CommandCost:
    """Run the `address-match` command of this checkout to its end and measure it; its words go to `log`."""
    return run_command([sys.executable, "-c", _COMMAND, *arguments], log=log, environment=environment)


def run_command(
    command: Sequence[str], *, log: Path, environment: Mapping[str, str] | None = None
) -> CommandCost:
    """Run a command to its end and measure it; raises `CommandFailedError` when it fails.

    `environment` is laid over that of this process.
    """
    samples = [0.0]
    started, before = time.perf_counter(), _seconds_of_children()
    with (
        log.open("wb") as output,
        subprocess.Popen(
            command, stdout=output, stderr=output, env={**os.environ, **(environment or {})}
        ) as process,
    ):
        while process.poll() is None:
            samples.append(sum(_resident_mib(pid) for pid in _family(process.pid)))
            time.sleep(_SAMPLE_SECONDS)
    if process.returncode != 0:
        said = "\n".join(log.read_text(encoding="utf-8", errors="replace").strip().splitlines()[-5:])
        raise CommandFailedError(f"{' '.join(command)} ended with exit code {process.returncode}: {said}")
    return CommandCost(
        wall_seconds=time.perf_counter() - started,
        cpu_seconds=_seconds_of_children() - before,
        peak_mib=max(samples),
        resident_mib=tuple(samples),
    )


def _seconds_of_children() -> float:
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    return usage.ru_utime + usage.ru_stime


def _family(pid: int) -> list[int]:
    """A process and its descendants, as far as Linux tells."""
    family, unseen = [], [pid]
    while unseen:
        current = unseen.pop()
        family.append(current)
        for task in Path(f"/proc/{current}/task").glob("*/children"):
            unseen.extend(int(child) for child in _read(task).split())
    return family


def _resident_mib(pid: int) -> float:
    pages = _read(Path(f"/proc/{pid}/statm")).split()
    return int(pages[1]) * resource.getpagesize() / 2**20 if len(pages) > 1 else 0.0


def _read(path: Path) -> str:
    try:
        return path.read_text(encoding="ascii")
    except (FileNotFoundError, ProcessLookupError):  # the process ended meanwhile
        return ""
