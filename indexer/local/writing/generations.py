"""The generations of an index in a folder: which is in force, how the next is called, which go, and which comes back.

Beside the folder of a generation that was in force stands its manifest, `g000001.json`.
"""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from filelock import FileLock, Timeout

from address_match.drafts import replaced, sync_folder
from address_match.indexer.errors import BuildError, IndexUnusableError
from address_match.indexer.local.stored.generation_files import verify_files
from address_match.indexer.manifest import (
    MANIFEST_NAME,
    IndexManifest,
    read_manifest,
    rebuild_command,
    write_manifest,
)

_LOCK = ".building"


@contextmanager
def only_build_at(out: Path) -> Iterator[None]:
    """Keep other builds away from a folder; raises BuildError where another one writes to it.

    The folder is made, and what was made for a build that fails is removed where that leaves nothing in it.
    """
    was_there = out.exists()
    out.mkdir(parents=True, exist_ok=True)
    try:
        lock = FileLock(out / _LOCK, timeout=0).acquire()
    except Timeout as error:
        raise BuildError(f"Another build writes to {out}; wait for it or build elsewhere") from error
    with lock:
        try:
            yield
        except BaseException:
            if not was_there:
                _remove_unless_used(out)
            raise
    sync_folder(out)


def _remove_unless_used(out: Path) -> None:
    """Remove a folder that holds nothing but the lock of its build."""
    if [file.name for file in out.iterdir()] == [_LOCK]:
        with suppress(OSError):  # somebody may begin a build there
            (out / _LOCK).unlink()
            out.rmdir()


def generation_in_force(out: Path) -> str:
    """Return the name of the generation that the manifest names; empty where there is none, or none that this release reads."""
    if not (out / MANIFEST_NAME).exists():
        return ""
    try:
        return read_manifest(out).generation
    except IndexUnusableError:
        return ""  # of another format or damaged: this build replaces it


def next_generation(out: Path, current: str) -> str:
    """Return a name that comes after those of all generations that are or were in force; after all that are there where
    none is.
    """
    numbers = [int(f.name[1:]) for f in _generations(out) if current in {"", f.name} or _is_kept(f)]
    return f"g{max(numbers, default=0) + 1:06d}"


def _generations(out: Path) -> list[Path]:
    return [f for f in out.iterdir() if f.is_dir() and f.name[:1] == "g" and f.name[1:].isdigit()]


def remove_generations(out: Path, keep: tuple[str, ...]) -> None:
    """Remove all generations but some, the last of which is in force; none where that has no name."""
    if not keep[-1]:
        return
    for folder in _generations(out):
        if folder.name not in keep:
            (out / _manifest_of(folder.name)).unlink(missing_ok=True)
            shutil.rmtree(folder, ignore_errors=True)


def keep_manifest(out: Path, generation: str) -> None:
    """Keep the manifest of the generation in force beside its folder, before that of another takes its place; nothing
    where there is none, whose name is empty.
    """
    if generation:
        with replaced(out / _manifest_of(generation)) as draft:
            shutil.copyfile(out / MANIFEST_NAME, draft)


def roll_back(out: Path, to: str = "") -> IndexManifest:
    """Put the generation before the one in force in force again, or the one that is named, and return its manifest.

    All its files are read against their checksums first. Raises BuildError where none is held, and IndexUnusableError
    where one is damaged; what was in force then still is.
    """
    read_manifest(out)  # where there is no index, nothing is made there
    with only_build_at(out):
        current = read_manifest(out).generation
        earlier = read_manifest(out, _manifest_of(_held(out, current, to)))
        verify_files(out, earlier)
        keep_manifest(out, current)
        write_manifest(out, earlier)
    return earlier


def _held(out: Path, current: str, to: str) -> str:
    """Return the generation that is named, or the last before the current one; raises BuildError where it is not held."""
    others = sorted(f.name for f in _generations(out) if f.name != current and _is_kept(f))
    found = [name for name in others if (name == to if to else name < current)]
    if not found:
        asked = f"no generation {to}" if to else f"no generation before {current}, which is in force"
        way_out = (
            f"Beside {current} it holds {others[-1]}: give --to {others[-1]} if that is meant"
            if others
            else f"Restore a backup, or build it from the reference of before: {rebuild_command(out)}"
        )
        raise BuildError(f"The index at {out} holds {asked} to go back to. {way_out}")
    return found[-1]


def _is_kept(folder: Path) -> bool:
    """Return whether a generation was in force, so that its manifest stands beside its folder."""
    return (folder.parent / _manifest_of(folder.name)).exists()


def _manifest_of(generation: str) -> str:
    return f"{generation}.json"


@contextmanager
def gone_unless_in_force(folder: Path) -> Iterator[None]:
    """Remove a generation that fails before its manifest says that it is in force."""
    try:
        yield
    except BaseException:
        if generation_in_force(folder.parent) != folder.name:
            shutil.rmtree(folder, ignore_errors=True)
        raise
