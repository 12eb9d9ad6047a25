"""No file may grow over a random number of bytes, as on a disk that is full: a command ends with an error and leaves
nothing.
"""

import os
import shutil
from collections.abc import Callable, Sequence
from contextlib import closing
from pathlib import Path
from random import Random

from address_match.indexer.local.stored.generation_files import verify_files
from address_match.indexer.manifest import read_manifest
from address_match.service.batch.kept.run_record import record_path
from benchmarks.chaos.arena import Arena
from benchmarks.chaos.forked import Forked, command, fork
from benchmarks.chaos.outcome import Outcome

_ROOM_FOR_A_MESSAGE = 2_000


def full_under_builds(arena: Arena, tries: int, dice: Random) -> Outcome:
    """Build over an index that stands; at most the generation in force and the one before are there afterwards."""
    index = arena.copy("full-index")
    run = command("index", "build", arena.reference(1), "--out", index, "--force")
    largest = max(file.bytes for file in read_manifest(index).files.values())

    def problems(before: set[str], code: int | None) -> list[str]:
        manifest = read_manifest(index)
        verify_files(index, manifest)
        found = _names(index)
        return [f"{sorted(found - before)} stays"] if code and found - before else []

    return _tried("`index build` on a full disk", arena, run, index, problems, tries, dice, largest)


def full_under_matches(arena: Arena, tries: int, dice: Random) -> Outcome:
    """Match a file over one that stands: the old one or the whole new one."""
    folder = arena.folder / "full-match"
    folder.mkdir()
    out = folder / "out.csv"
    run = arena.match(out)

    def problems(before: set[str], code: int | None) -> list[str]:
        found = out.read_bytes() if out.exists() else b""
        out.write_bytes(b"old")
        lost = found not in ((arena.answers(2),) if code == 0 else (b"old", b""))
        written = {"out.csv", record_path(out).name} if code == 0 else {"out.csv"}
        left = _names(folder) - before - written
        return [*(["rows were lost"] if lost else []), *([f"{left} stays"] if left else [])]

    return _tried("`match` on a full disk", arena, run, folder, problems, tries, dice, len(arena.answers(2)))


def _tried(
    scenario: str,
    arena: Arena,
    run: Callable[[], int],
    folder: Path,
    problems: Callable[[set[str], int | None], Sequence[str]],
    tries: int,
    dice: Random,
    largest: int,
) -> Outcome:
    outcome = Outcome(scenario)
    for _ in range(tries):
        before = _names(folder)
        limit = _ROOM_FOR_A_MESSAGE + dice.choice((0, dice.randrange(5_000), dice.randrange(largest + 1)))
        process = fork(run, arena.folder, largest_file=limit)
        code = process.wait()
        outcome.add([*_unclear(process, code), *problems(before, code)])
    shutil.rmtree(folder)
    return outcome


def closed_pipes(arena: Arena, tries: int, dice: Random) -> Outcome:
    """Whoever reads the answers goes away after some bytes: the command ends without a traceback."""
    outcome = Outcome("`match --out -` whose reader goes away")
    for _ in range(tries):
        reading, writing = os.pipe()

        def run(reading: int = reading, writing: int = writing) -> int:
            os.close(reading)
            os.dup2(writing, 1)
            os.close(writing)
            return command(
                "match", arena.queries, "--index", arena.index, "--columns", "address", "--out", "-"
            )()

        process = fork(run, arena.folder)
        os.close(writing)
        with closing(os.fdopen(reading, "rb")) as stream:
            stream.read(dice.randrange(2_000))
        code = process.wait()
        outcome.add(_unclear(process, code))
    return outcome


def _unclear(process: Forked, code: int | None) -> list[str]:
    """Say what is wrong with how it ended: it may succeed or fail, but with an error that is no traceback."""
    said = process.heard()
    return [] if code in (0, 1) and "Traceback" not in said else [f"exit {code}: {said[-300:]}"]


def _names(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir() if path.name != ".building"}
