"""The files of a delivery: in folders, in zips, and in zips within zips."""

import gzip
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, cast

from address_match.indexer.errors import SourceError

SUFFIXES = (".csv", ".zip", ".csv.gz")
BROKEN = (OSError, EOFError, zlib.error, zipfile.BadZipFile, NotImplementedError, RuntimeError)
"""What reading a damaged or locked archive raises."""


@dataclass(frozen=True, slots=True)
class Member:
    """A CSV file of a delivery."""

    path: Path
    """The file on disk, or the archive that holds it."""
    inside: tuple[str, ...] = ()
    """Its name in the archive; of an archive within one, both names."""

    @property
    def name(self) -> str:
        """Return how messages name it: an archive of one file is not worth a word."""
        return self.inside[-1] if self.inside else self.path.name

    @property
    def place(self) -> str:
        """Return where it is, archives included."""
        return "/".join((str(self.path), *self.inside))

    @contextmanager
    def opened(self) -> Iterator[BinaryIO]:
        """Give the bytes of the unpacked file; raises SourceError where it cannot be opened, or read to its end."""
        try:
            with _opened(self.path, self.inside) as stream:
                yield stream
        except BROKEN as error:
            raise SourceError(f"{self.name} cannot be read: {error}. Is it whole?") from error

    def first_line(self) -> bytes:
        """Return its first line without its end, or a few thousand bytes of it."""
        with self.opened() as stream:
            return next(iter(stream.readline(1 << 13).splitlines()), b"")


def members_of(paths: Sequence[Path]) -> list[Member]:
    """Find the CSV files that files, folders and archives hold, by name; raises SourceError for a damaged archive."""
    found: list[Member] = []
    for path in paths:
        files = sorted(p for p in path.rglob("*") if p.is_file()) if path.is_dir() else [path]
        for file in files:
            if file.name.lower().endswith(SUFFIXES):
                found.extend(_members_of_file(file))
    return found


def _members_of_file(file: Path) -> Iterator[Member]:
    if file.suffix.lower() != ".zip":
        yield Member(file)
        return
    try:
        with zipfile.ZipFile(file) as archive:
            for name in sorted(archive.namelist()):
                if name.lower().endswith(".csv"):
                    yield Member(file, (name,))
                elif name.lower().endswith(".zip"):
                    with archive.open(name) as packed, zipfile.ZipFile(packed) as inner:
                        names = sorted(n for n in inner.namelist() if n.lower().endswith(".csv"))
                    yield from (Member(file, (name, n)) for n in names)
    except BROKEN as error:
        raise SourceError(f"{file} is not a whole zip: {error}; fetch it again") from error


@contextmanager
def _opened(path: Path, inside: tuple[str, ...]) -> Iterator[BinaryIO]:
    if not inside:
        packed = path.suffix.lower() == ".gz"
        with cast("BinaryIO", gzip.open(path, "rb")) if packed else path.open("rb") as stream:
            yield stream
        return
    with zipfile.ZipFile(path) as archive, archive.open(inside[0]) as member:
        if len(inside) == 1:
            yield cast("BinaryIO", member)
            return
        with zipfile.ZipFile(member) as inner, inner.open(inside[1]) as stream:
            yield cast("BinaryIO", stream)
