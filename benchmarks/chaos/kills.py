"""Commands killed at any moment: what they write is whole or not there, and nothing of them stays."""

import shutil
import signal
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random

from address_match.drafts import sweep
from address_match.indexer.errors import IndexerError
from address_match.indexer.local.stored.generation_files import verify_files
from address_match.indexer.manifest import read_manifest
from address_match.models.errors import ModelError, RegistryError
from address_match.models.registry import Registry
from address_match.service.batch.kept.answer_log import SUFFIX
from address_match.service.batch.match_batches import BATCH_ROWS
from benchmarks.chaos.arena import Arena
from benchmarks.chaos.forked import Forked, command, fork
from benchmarks.chaos.outcome import Outcome

_SIGNALS = (signal.SIGKILL, signal.SIGKILL, signal.SIGTERM)


@dataclass(frozen=True, slots=True)
class Killed:
    """A command that is killed, and what is to hold afterwards."""

    scenario: str
    run: Callable[[], int]
    problems: Callable[[int | None], Sequence[str]]
    """What is wrong after a try that ended with an exit code."""
    folders: Sequence[Path]
    """Where it may leave drafts; they are swept as the next run would."""


def killed(arena: Arena, what: Killed, tries: int, dice: Random) -> Outcome:
    """Let a command run to its end once, and kill it then at random moments of the time that it took."""
    outcome = Outcome(what.scenario)
    started = time.monotonic()
    code = fork(what.run, arena.folder).wait()
    seconds = time.monotonic() - started
    unasked = [] if code == 0 else [f"exit {code} without a signal"]
    outcome.add([*unasked, *_problems(what, code)], in_time=False)
    while outcome.tries < tries:
        number = dice.choice(_SIGNALS)
        process = fork(what.run, arena.folder)
        code, in_time = process.kill_after(dice.random() * seconds, number)
        problems = [*_left(process, what.folders), *_said(process), *_problems(what, code)]
        outcome.add(problems, in_time=in_time)
    return outcome


def matches(arena: Arena, jobs: int) -> Killed:
    """Match a file over one that stands: the old one or the whole new one."""
    out = arena.folder / f"killed{jobs}.csv"

    def problems(code: int | None) -> list[str]:
        found = out.read_bytes() if out.exists() else b""
        out.write_bytes(b"old")
        whole = (arena.answers(2), b"old") if code else (arena.answers(2),)
        return [] if found in whole or (code and not found) else ["rows were lost or doubled"]

    return Killed(
        f"`match` killed, {_processes(jobs)}",
        arena.match(out, "--jobs", jobs),
        problems,
        [arena.folder],
    )


def resumed(arena: Arena) -> Killed:
    """Match a file of several batches, and go on by the same command: the same bytes come out, and no log stays."""
    rows = arena.queries.read_text().splitlines(keepends=True)
    many, out, whole = (arena.folder / f"{name}.csv" for name in ("many", "resumed", "uninterrupted"))
    many.write_text("".join([rows[0], *rows[1:] * (3 * BATCH_ROWS // len(rows[1:]))]))
    match = ("match", many, "--index", arena.index, "--columns", "address", "--force", "--out")
    run = command(*match, out, "--resume")
    fork(command(*match, whole), arena.folder).wait()

    def problems(code: int | None) -> list[str]:
        if code != 0 and (again := fork(run, arena.folder).wait()) != 0:
            return [f"exit {again} where it should go on"]
        found = out.read_bytes()
        out.unlink()
        wrong = [] if found == whole.read_bytes() else ["other bytes than without an end"]
        return [*wrong, *(f"{left.name} stays" for left in arena.folder.glob(f"*{SUFFIX}"))]

    return Killed("`match --resume` killed and gone on with", run, problems, [arena.folder])


def builds(arena: Arena, jobs: int) -> Killed:
    """Build over an index that stands: it is whole, the one or the other."""
    index = arena.copy(f"killed-index{jobs}")

    def problems(_code: int | None) -> list[str]:
        manifest = read_manifest(index)
        verify_files(index, manifest)
        generations = [
            folder.name for folder in index.iterdir() if folder.is_dir() and folder.name.startswith("g")
        ]
        return [] if len(generations) <= 3 else [f"{len(generations)} generations"]

    run = command("index", "build", arena.reference(1), "--out", index, "--force", "--jobs", jobs)
    return Killed(f"`index build` killed, {_processes(jobs)}", run, problems, [index])


def promotions(arena: Arena) -> Killed:
    """Promote once more: the history is readable and holds whole deployments."""
    folder = arena.folder / "registry"
    registry = Registry(folder)

    def problems(code: int | None) -> list[str]:
        try:
            in_force = registry.promotions.in_force()
        except RegistryError as error:
            return [str(error)]
        return ["nothing is promoted"] if in_force is None and code == 0 else []

    run = command("model", "promote", "default", arena.index, "--registry", folder)
    return Killed("`model promote` killed", run, problems, [folder])


def bundles_imported(arena: Arena) -> Killed:
    """Import the shipped bundle to a registry under another name: it is whole or not there."""
    folder = arena.folder / "registry-of-bundles"
    source = Registry(folder).directory("default")

    def problems(code: int | None) -> list[str]:
        registry = Registry(folder)
        try:
            if "other" in registry.names():
                registry.load("other")
            elif code == 0:
                return ["the bundle is not there"]
        finally:
            shutil.rmtree(folder / "bundles" / "other", ignore_errors=True)
        return []

    run = command("model", "import", source, "--name", "other", "--registry", folder)
    return Killed("`model import` killed", run, problems, [folder / "bundles"])


def served(arena: Arena) -> Killed:
    """Serve an index: no process stays and the index is as it was."""

    def serve() -> int:
        from address_match.service.cli import main

        signal.setitimer(signal.ITIMER_REAL, 6.0)
        signal.signal(signal.SIGALRM, lambda *_: signal.raise_signal(signal.SIGTERM))
        return main(
            [
                "serve",
                "--index",
                str(arena.index),
                "--port",
                "0",
                "--record",
                str(arena.index.parent / "facts"),
            ]
        )

    def problems(_code: int | None) -> list[str]:
        verify_files(arena.index, read_manifest(arena.index))
        return []

    return Killed("`serve` killed", serve, problems, [arena.index])


def trained(arena: Arena) -> Killed:
    """Put a trained folder in its place: what stands there is whole, the old one or the new one."""
    from address_match.models.bundle import load_bundle
    from address_match.service.batch.interruption import interruptible
    from address_match.service.cli.train.trained_folder import made_beside

    out, shipped = arena.folder / "trained", load_bundle().path
    shutil.copytree(shipped, out)

    def train() -> int:
        with interruptible(), made_beside(out) as draft:
            shutil.copytree(shipped, draft)
        return 0

    def problems(_code: int | None) -> list[str]:
        load_bundle(out)
        return []

    return Killed("a trained folder replaced and killed", train, problems, [arena.folder])


def _processes(jobs: int) -> str:
    return "1 process" if jobs == 1 else f"{jobs} processes"


def _problems(what: Killed, code: int | None) -> Sequence[str]:
    try:
        return what.problems(code)
    except (IndexerError, ModelError, OSError) as error:
        return [str(error)]


def _left(process: Forked, folders: Sequence[Path]) -> list[str]:
    problems = [f"processes {left} live on"] if (left := process.left_behind()) else []
    for folder in folders:
        if folder.is_dir():
            sweep(folder)
            problems += [f"the draft {path.name} stays" for path in folder.glob(".*partial*")]
    return problems


def _said(process: Forked) -> list[str]:
    said = process.heard()
    return [f"a traceback: {said[-300:]}"] if "Traceback" in said else []
