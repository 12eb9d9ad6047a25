"""A log of answers: what is answered of a file so far, batch by batch, so that a run that was ended can go on.

The first line says of which run it is; each further one holds the answers' columns of one batch, or at the very end how
many rows they were. A line begins with the checksum of the rest of it and is on the disk before the next batch is taken
up: a line that was not written whole is not there. The file is its owner's alone and locked by the run that writes it.
"""

import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import IO, Any

import orjson
import xxhash

from address_match.drafts import held_alone, sync_folder
from address_match.service.batch.kept.run_identity import RunIdentity
from address_match.service.errors import UsageError

SUFFIX = ".unfinished"
"""Of the log of a run, behind the name of its output."""

Columns = list[list[Any]]
"""The columns that matching adds to one batch, one list per column."""


@dataclass(slots=True)
class AnswerLog:
    """An open log; what it held when it was opened is read once, and the rest is appended behind it."""

    path: Path
    run: RunIdentity
    _stream: IO[bytes]
    _end: int
    rows: int = 0
    """Rows whose answers it holds."""
    complete: bool = False
    """Whether it was finished: no answers follow."""

    def answers(self) -> Iterator[Columns]:
        """Yield the answers that it holds, in order, up to the first that is not whole."""
        while (content := _content(self._stream.readline())) is not None:
            if isinstance(content, dict):
                self.complete = content["rows"] == self.rows
                return
            self.rows += len(content[0])
            self._end = self._stream.tell()
            yield content

    def cut(self) -> None:
        """Cut off what stands behind the answers that were read, so that more may be appended."""
        self._stream.seek(self._end)
        self._stream.truncate()

    def append(self, answers: Sequence[Sequence[object]]) -> None:
        """Add the answers of one more batch."""
        _write(self._stream, answers)
        self.rows += len(answers[0])

    def finish(self) -> None:
        """Say that no answers follow."""
        _write(self._stream, {"rows": self.rows})
        self.complete = True


@contextmanager
def open_log(path: Path, run: RunIdentity, *, resume: bool) -> Iterator[AnswerLog]:
    """Open the log of a run for its writing; one that stands there is gone on with, or begun anew unless `resume`.

    Raises UsageError where another run writes it, and where what stands there is of a run that differs.
    """
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    with os.fdopen(descriptor, "r+b") as stream:
        if not held_alone(descriptor):
            raise UsageError(f"another run writes {path}; wait for its end, or name another output")
        begun = None if path.stat().st_size == 0 else _identity(stream, path)
        if begun is not None and resume and (changed := begun.differences(run)):
            raise UsageError(
                f"the run of {path} cannot be gone on with: {', '.join(changed)} changed since; "
                "undo that, or remove the file to begin anew"
            )
        if begun is None or not resume:
            stream.seek(0)
            stream.truncate()
            _write(stream, asdict(run))
            sync_folder(path.parent)
        yield AnswerLog(path, run, stream, stream.tell())


@contextmanager
def read_log(path: Path) -> Iterator[AnswerLog]:
    """Open a log to read it; raises UsageError for a file that is none."""
    if not path.is_file():
        raise UsageError(f"the part {path} does not exist")
    with path.open("rb") as stream:
        yield AnswerLog(path, _identity(stream, path), stream, stream.tell())


def _identity(stream: IO[bytes], path: Path) -> RunIdentity:
    content = _content(stream.readline())
    try:
        return RunIdentity(**content)
    except TypeError as error:
        raise UsageError(
            f"{path} is no log of a match of this release, or damaged; remove it to begin anew"
        ) from error


def _content(line: bytes) -> Any:
    """Return what a line says; None for one that was not written whole."""
    checksum, _, content = line.rstrip(b"\n").partition(b" ")
    whole = line.endswith(b"\n") and checksum == _checksum(content)
    return orjson.loads(content) if whole else None


def _write(stream: IO[bytes], content: object) -> None:
    written = orjson.dumps(content)
    stream.write(_checksum(written) + b" " + written + b"\n")
    stream.flush()
    os.fsync(stream.fileno())


def _checksum(content: bytes) -> bytes:
    return xxhash.xxh3_128_hexdigest(content).encode("ascii")
