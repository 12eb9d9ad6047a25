"""Updates killed at any moment: what was in force is, and the same command then gives what an uninterrupted one does."""

import shutil
from collections.abc import Callable, Sequence
from pathlib import Path

from address_match.indexer.local.stored.generation_files import verify_files
from address_match.indexer.manifest import IndexManifest, read_manifest
from address_match.indexer.storage.checksums import FileChecksum
from benchmarks.chaos.arena import Arena
from benchmarks.chaos.forked import command, fork
from benchmarks.chaos.kills import Killed

_PREMISES = 400
"""Of the made-up AddressBase Premium."""
_POSTINGS = "postings/"
"""Tantivy names its segments by chance, and their files hold the names: their bytes differ from build to build, their content does not."""


def updates(arena: Arena) -> Killed:
    """Apply a file of changes."""
    changes = arena.folder / "changes.csv"
    rows = "".join(
        f'I,9{row:04d},"{row} NEWBUILD AVENUE, MARLOW FOLD, OTLEY, LS21 4QU"\n' for row in range(1, 40)
    )
    changes.write_text(f"change,uprn,address\n{rows}D,200001,\n")
    return _killed_update(arena, "`index update` killed", arena.index, changes)


def updates_of_premium(arena: Arena) -> Killed:
    """Apply the changes of AddressBase Premium from one epoch to the next."""
    supply, index = arena.folder / "premium", arena.folder / "premium-index"
    made_up = ("synth", "--product", "premium", "--epochs", 2, "--size", _PREMISES, "--queries", 1)
    _done(arena, command(*made_up, "--out", supply))
    _done(arena, command("index", "build", supply / "epoch-1", "--out", index))
    return _killed_update(arena, "`index update` of AddressBase Premium killed", index, supply / "changes-2")


def _killed_update(arena: Arena, scenario: str, old: Path, changes: Path) -> Killed:
    uninterrupted, index = (arena.folder / f"{changes.name}-{name}" for name in ("whole", "killed"))
    shutil.copytree(old, uninterrupted)
    _done(arena, command("index", "update", uninterrupted, changes))
    before, after = read_manifest(old), _bytes_of(read_manifest(uninterrupted))
    shutil.copytree(old, index)
    run = command("index", "update", index, changes)

    def problems(code: int | None) -> Sequence[str]:
        found = _whole(index)
        wrong = (
            []
            if found == before or _bytes_of(found) == after
            else ["neither the old generation nor the new is in force"]
        )
        if code == 0 and _bytes_of(found) != after:
            wrong.append("other bytes than those of an update without an end")
        if code != 0:
            if (again := fork(run, arena.folder).wait()) != 0:
                wrong.append(f"exit {again} where the same command should succeed")
            elif _bytes_of(_whole(index)) != after:
                wrong.append("the same command gives other bytes after a kill")
        shutil.rmtree(index)
        shutil.copytree(old, index)
        return wrong

    return Killed(scenario, run, problems, [index])


def _whole(index: Path) -> IndexManifest:
    manifest = read_manifest(index)
    verify_files(index, manifest)
    return manifest


def _bytes_of(manifest: IndexManifest) -> dict[str, FileChecksum]:
    return {name: file for name, file in manifest.files.items() if not name.startswith(_POSTINGS)}


def _done(arena: Arena, run: Callable[[], int]) -> None:
    begun = fork(run, arena.folder)
    if begun.wait() != 0:
        raise RuntimeError(f"an update could not be prepared: {begun.said.read_text()}")
