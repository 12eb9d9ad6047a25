"""Files of records that a command changes and a service follows: keys, and users."""

import json
import re
from abc import ABC, abstractmethod
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar, Generic, TypeVar

from filelock import FileLock

from address_match.drafts import replaced, state_of
from address_match.service.errors import RunFailedError, UsageError

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

FORMAT_VERSION = 1
_NAME = re.compile(r"\w[\w .@/-]{0,63}")

T = TypeVar("T", bound="DataclassInstance")


class RecordFile(ABC, Generic[T]):
    """Records of those who may ask a service, in one file that its owner alone may read; safe to share between
    processes.
    """

    what: ClassVar[str]
    """What the records are called, in the file and in messages."""
    remedy: ClassVar[str]
    """What to do when the file is damaged and cannot be restored."""

    def __init__(self, path: Path) -> None:
        self.path = path

    @abstractmethod
    def record_of(self, row: Mapping[str, Any]) -> T:
        """Return a row of the file as a record; raises ValueError, KeyError or TypeError where it is none."""

    def read(self) -> tuple[T, ...]:
        """Return all records, oldest first; none where there is no file. Raises RunFailedError where it is damaged."""
        try:
            text = self.path.read_text(encoding="utf-8")
        except FileNotFoundError:
            return ()
        except (OSError, UnicodeDecodeError) as error:
            raise RunFailedError(f"the {self.what} in {self.path} cannot be read: {error}") from error
        try:
            content = json.loads(text)
            version, records = content["format_version"], tuple(map(self.record_of, content[self.what]))
        except (ValueError, KeyError, TypeError, RecursionError) as error:
            # What the error quotes is left out: it could be part of a digest.
            raise RunFailedError(self._damaged()) from error
        if version != FORMAT_VERSION:
            raise RunFailedError(self._damaged())
        return records

    @contextmanager
    def changing(self) -> Iterator[list[T]]:
        """Give the records to change, and keep what becomes of them when the block ends well; other processes wait
        meanwhile.
        """
        self.path.parent.mkdir(parents=True, exist_ok=True)
        with FileLock(self.path.with_name(f".{self.path.name}.lock")):
            records = list(self.read())
            yield records
            self._write(records)

    def state(self) -> object:
        """Tell one state of the file from another, at the cost of one look at its folder; None where it is out of
        reach.
        """
        try:
            return state_of(self.path)
        except OSError:
            return None

    def _write(self, records: Sequence[T]) -> None:
        content = {"format_version": FORMAT_VERSION, self.what: [asdict(record) for record in records]}
        with replaced(self.path, private=True) as draft, draft.open("w", encoding="utf-8") as file:
            json.dump(content, file, indent=1, ensure_ascii=False)

    def _damaged(self) -> str:
        return (
            f"{self.path} holds no {self.what} as this release writes them (format {FORMAT_VERSION}): restore it, or move it "
            f"away and {self.remedy}"
        )


def is_plain_name(name: str) -> bool:
    """Return whether a name can stand in a line of a log or a table without breaking it."""
    return _NAME.fullmatch(name) is not None


def refuse_odd_name(name: str, what: str) -> None:
    """Raise UsageError for a name that is not plain."""
    if not is_plain_name(name):
        raise UsageError(
            f"{name!r} is no name of {what}; it has up to 64 letters, digits and spaces, or any of . @ / _ -"
        )
