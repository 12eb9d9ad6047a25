"""The generations of an index in a folder: which is in force, how the next is called, and which go."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock, Timeout

from address_match.drafts import sync_folder
from address_match.indexer.errors import BuildError, IndexUnusableError
from address_match.indexer.manifest import MANIFEST_NAME, read_manifest


@contextmanager
def only_build_at(out: Path) -> Iterator[None]:
    """Keep other builds away from a folder, which is made; raises BuildError where another one writes to it."""
    out.mkdir(parents=True, exist_ok=True)
    try:
        lock = FileLock(out / ".building", timeout=0).acquire()
    except Timeout as error:
        raise BuildError(f"Another build writes to {out}; wait for it or build elsewhere") from error
    with lock:
        yield
    sync_folder(out)


def generation_in_force(out: Path) -> str:
    """Return the name of the generation that the manifest names; empty where there is none, or none that this release reads."""
    if not (out / MANIFEST_NAME).exists():
        return ""
    try:
        return read_manifest(out).generation
    except IndexUnusableError:
        return ""  # of another format or damaged: this build replaces it


def next_generation(out: Path) -> str:
    """Return a name that comes after those of all generations that are there."""
    numbers = [int(folder.name[1:]) for folder in _generations(out)]
    return f"g{max(numbers, default=0) + 1:06d}"


def _generations(out: Path) -> list[Path]:
    return [f for f in out.iterdir() if f.is_dir() and f.name[:1] == "g" and f.name[1:].isdigit()]


def remove_generations(out: Path, keep: tuple[str, ...]) -> None:
    """Remove all generations but some, the last of which is in force; none where that has no name."""
    if not keep[-1]:
        return
    for folder in _generations(out):
        if folder.name not in keep:
            shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def gone_unless_in_force(folder: Path) -> Iterator[None]:
    """Remove a generation that fails before its manifest says that it is in force."""
    try:
        yield
    except BaseException:
        if generation_in_force(folder.parent) != folder.name:
            shutil.rmtree(folder, ignore_errors=True)
        raise
