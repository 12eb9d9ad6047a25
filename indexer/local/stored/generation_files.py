"""The files of the generation in force: all there, none besides, each as it was written."""

import os
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path

from address_match.indexer.errors import IndexUnusableError
from address_match.indexer.manifest import IndexManifest, rebuild_command
from address_match.indexer.storage.checksums import FileChecksum, altered_block

_FILES_AT_ONCE = 4
"""Files that are verified together, where there are so many processors: two halve the time, more wait for the memory."""


def check_files(path: Path, manifest: IndexManifest) -> None:
    """Raise IndexUnusableError unless every file of the generation is there in its full size, and none besides.

    What no checksum was written of could change answers. Hidden files may come from the system of files, and none is
    read.
    """
    folder = path / manifest.generation
    if not folder.is_dir():
        raise IndexUnusableError(
            f"The generation {manifest.generation} of the index at {path} is gone: where other builds have replaced it since, "
            f"run the command again. Else build it anew: {rebuild_command(path)}"
        )
    for name, expected in manifest.files.items():
        file = folder / name
        try:
            found = file.stat().st_size
        except OSError as error:
            message = f"The index at {path} is incomplete: {file} is missing. Build it anew: {rebuild_command(path)}"
            raise IndexUnusableError(message) from error
        if found != expected.bytes:
            raise IndexUnusableError(
                f"The index at {path} is truncated: {file} has {found:,} bytes of {expected.bytes:,}. "
                f"Build it anew: {rebuild_command(path)}"
            )
    if foreign := sorted(_plain_files(folder) - manifest.files.keys()):
        raise IndexUnusableError(
            f"The index at {path} holds {folder / foreign[0]}, which it was not built with. Take it out, or build it anew: "
            f"{rebuild_command(path)}"
        )


def _plain_files(folder: Path) -> set[str]:
    """Return the paths below a folder of all files that are not hidden, nor in a hidden folder."""
    found: set[str] = set()
    for place, folders, files in os.walk(folder):
        folders[:] = [name for name in folders if not name.startswith(".")]
        beside = Path(place).relative_to(folder)
        found.update((beside / name).as_posix() for name in files if not name.startswith("."))
    return found


def verify_files(path: Path, manifest: IndexManifest) -> None:
    """Read every file of the generation; raise IndexUnusableError, which names file and block, unless all are as they
    were written.
    """
    check_files(path, manifest)
    verify = partial(_verify_file, path, manifest.generation)
    # Python is left to other threads while bytes are read and summed up.
    with ThreadPoolExecutor(min(_FILES_AT_ONCE, os.cpu_count() or 1), thread_name_prefix="verify") as threads:
        list(threads.map(verify, manifest.files, manifest.files.values()))


def _verify_file(path: Path, generation: str, name: str, expected: FileChecksum) -> None:
    """Raise IndexUnusableError unless a file of the generation is as it was written."""
    file = path / generation / name
    try:
        altered = altered_block(file, expected)
    except OSError as error:
        message = f"The index at {path} cannot be read: {error}. Build it anew: {rebuild_command(path)}"
        raise IndexUnusableError(message) from error
    if altered is not None:
        raise IndexUnusableError(
            f"The index at {path} is damaged: block {altered + 1} of {max(len(expected.blocks), 1)} of {file} is not as it was "
            f"written. Build it anew: {rebuild_command(path)}"
        )
