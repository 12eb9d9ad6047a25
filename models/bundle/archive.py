"""A bundle as one file: a tar archive with its folder, and what is enclosed with it; the same bytes for the same."""

import io
import shutil
import tarfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path, PurePosixPath
from typing import BinaryIO

from address_match.drafts import replaced
from address_match.models.bundle.bundle import Bundle, load_bundle
from address_match.models.bundle.manifest import MANIFEST_FILE, Manifest
from address_match.models.errors import BundleError

LARGEST_MANIFEST = 16 << 20
"""Bytes; one with thousands of parts and metrics has a tenth of it."""
LARGEST_ENCLOSED = 16 << 20
"""Bytes of all that is enclosed."""
_ENCLOSED = ".enclosed"
"""Folder beside that of the bundle; no name of a bundle begins with a dot."""


def write_archive(bundle: Bundle, path: Path, enclosed: Mapping[str, bytes] | None = None) -> None:
    """Write a bundle into a tar archive, whole or not at all; an archive that stands at `path` is replaced.

    `enclosed` are files that speak of the bundle and are no part of it, by their paths.
    """
    with replaced(path) as draft, tarfile.open(draft, "w", format=tarfile.PAX_FORMAT) as archive:
        for relative in (MANIFEST_FILE, *(part.path for part in bundle.manifest.parts)):
            source = bundle.path / relative
            with source.open("rb") as content:
                _add(archive, f"{bundle.name}/{relative}", source.stat().st_size, content)
        for relative, text in sorted((enclosed or {}).items()):
            _add(archive, f"{_ENCLOSED}/{relative}", len(text), io.BytesIO(text))


def read_enclosed(path: Path) -> dict[str, bytes]:
    """Return what is enclosed in an archive, by path; raises `BundleError` when the file is no archive of a bundle."""
    with _opened(path) as archive:
        members = {
            name.removeprefix(f"{_ENCLOSED}/"): member
            for name, member in _plain_members(archive, path)
            if name.startswith(f"{_ENCLOSED}/")
        }
        if sum(member.size for member in members.values()) > LARGEST_ENCLOSED:
            raise BundleError(
                f"{path} encloses more than {LARGEST_ENCLOSED:,} bytes: export the bundle again."
            )
        return {name: _content(archive, path, member) for name, member in members.items()}


def unpack_archive(path: Path, directory: Path) -> Bundle:
    """Write the bundle of an archive into a new directory and verify it; one that is there already is left as it is.

    Nothing is written but the parts that its manifest names, in their named sizes and below `directory`. Raises
    `BundleError` when the file is no such archive, or holds a link or a path that leads out of it; then nothing is
    left.
    """
    directory.mkdir(parents=True)
    try:
        with _opened(path) as archive:
            _unpack(archive, path, directory)
        return load_bundle(directory)
    except BaseException:
        shutil.rmtree(directory, ignore_errors=True)
        raise


def _add(archive: tarfile.TarFile, name: str, size: int, content: BinaryIO) -> None:
    """Add a file under a name, without its owner, date and permissions."""
    member = tarfile.TarInfo(name)
    member.size = size
    member.mode = 0o644
    archive.addfile(member, content)


@contextmanager
def _opened(path: Path) -> Iterator[tarfile.TarFile]:
    try:
        # "r:" reads no compressed archive: a small one of those can hold more than any disk.
        archive = tarfile.open(path, "r:")  # noqa: SIM115 - closed below, where no error of its reader is translated
    except (tarfile.TarError, OSError) as error:
        raise BundleError(
            f"{path} is no archive of a bundle ({error}): give one that was written by address-match model export."
        ) from error
    with archive:
        yield archive


def _unpack(archive: tarfile.TarFile, path: Path, directory: Path) -> None:
    members = _files_by_path(archive, path)
    described = members.pop(MANIFEST_FILE, None)
    if described is None or described.size > LARGEST_MANIFEST:
        raise BundleError(f"{path} is no archive of a bundle: it holds no {MANIFEST_FILE} to be read.")
    text = _content(archive, path, described).decode("utf-8", errors="replace")
    manifest = Manifest.from_json(text, source=f"{MANIFEST_FILE} in {path}")
    sizes = {part.path: part.size for part in manifest.parts}
    if {name: member.size for name, member in members.items()} != sizes:
        differing = sorted({*members} ^ {*sizes}) or sorted(n for n in sizes if members[n].size != sizes[n])
        raise BundleError(
            f"{path} does not hold what its manifest names ({', '.join(differing)}): export the bundle again."
        )
    for name in (MANIFEST_FILE, *sizes):
        target = directory / name
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(_content(archive, path, described if name == MANIFEST_FILE else members[name]))


def _files_by_path(archive: tarfile.TarFile, path: Path) -> dict[str, tarfile.TarInfo]:
    """Return the files of the bundle by their path below its one folder."""
    found: dict[str, tarfile.TarInfo] = {}
    folders: set[str] = set()
    for name, member in _plain_members(archive, path):
        folder, _, below = name.partition("/")
        if folder == _ENCLOSED:
            continue
        folders.add(folder)
        if len(folders) > 1 or not below or below in found:
            raise BundleError(
                f"{path} holds {member.name!r} besides the one folder of a bundle: give another file."
            )
        found[below] = member
    return found


def _plain_members(archive: tarfile.TarFile, path: Path) -> Iterator[tuple[str, tarfile.TarInfo]]:
    """Yield the files by their paths; raises `BundleError` for a link, a sparse file, or a path that leads out."""
    for member in _members(archive, path):
        name = PurePosixPath(member.name)
        if name.is_absolute() or ".." in name.parts:
            raise BundleError(
                f"{path} holds {member.name!r}, which leads out of it: do not use this archive."
            )
        if member.isdir():
            continue
        # A sparse file of a kilobyte can hold more than any memory.
        if not member.isreg() or member.issparse():
            raise BundleError(
                f"{path} holds {member.name!r}, which is no plain file: do not use this archive."
            )
        yield name.as_posix(), member


def _members(archive: tarfile.TarFile, path: Path) -> list[tarfile.TarInfo]:
    try:
        return archive.getmembers()
    except tarfile.TarError as error:
        raise BundleError(f"{path} is broken off or damaged ({error}): copy or export it again.") from error


def _content(archive: tarfile.TarFile, path: Path, member: tarfile.TarInfo) -> bytes:
    stream = archive.extractfile(member)
    try:
        return b"" if stream is None else stream.read()
    except tarfile.TarError as error:
        raise BundleError(f"{path} ends within {member.name!r}: copy or export it again.") from error
