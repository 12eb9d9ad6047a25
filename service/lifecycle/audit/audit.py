"""The audit of a registry: one table of SQLite to which rows are added, and from which nothing is taken."""

import os
import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import AbstractContextManager, closing, contextmanager
from pathlib import Path

from address_match.service.errors import RunFailedError
from address_match.service.lifecycle.audit.account import account
from address_match.service.lifecycle.audit.audit_row import (
    BEFORE_THE_FIRST,
    COLUMNS,
    Act,
    AuditRow,
    canonical,
)
from address_match.timestamp import timestamp

AUDIT_FILE = "audit.sqlite"
FORMAT_VERSION = 1
TRIGGERS = ("audit_keeps_its_rows", "audit_keeps_its_words", "audit_gives_a_number_once")
_WAIT_SECONDS = 30.0
"""For other writers."""
_MAKE = f"""
CREATE TABLE IF NOT EXISTS audit (
    sequence INTEGER PRIMARY KEY AUTOINCREMENT,
    {", ".join(f"{name} TEXT NOT NULL" for name in COLUMNS[1:])}
);
CREATE TRIGGER IF NOT EXISTS {TRIGGERS[0]} BEFORE DELETE ON audit
    BEGIN SELECT RAISE(ABORT, 'the audit keeps its rows'); END;
CREATE TRIGGER IF NOT EXISTS {TRIGGERS[1]} BEFORE UPDATE ON audit
    BEGIN SELECT RAISE(ABORT, 'the audit keeps its rows as they are'); END;
CREATE TRIGGER IF NOT EXISTS {TRIGGERS[2]} BEFORE INSERT ON audit
    WHEN EXISTS (SELECT 1 FROM audit WHERE sequence = NEW.sequence)
    BEGIN SELECT RAISE(ABORT, 'the audit keeps its rows as they are'); END;
PRAGMA user_version = {FORMAT_VERSION};
"""  # noqa: S608 - of constants
_ADD = f"INSERT INTO audit ({', '.join(COLUMNS)}) VALUES ({', '.join('?' * len(COLUMNS))})"  # noqa: S608 - of constants
# What somebody else may have written into the table need not be text.
_TEXTS = ", ".join(f"COALESCE(CAST({name} AS TEXT), '')" for name in COLUMNS[1:])
_READ = f"SELECT sequence, {_TEXTS} FROM audit"  # noqa: S608 - of constants
_ROWS = f"{_READ} ORDER BY sequence"
_LAST = f"{_READ} ORDER BY sequence DESC LIMIT 1"
_GIVEN = "SELECT seq FROM sqlite_sequence WHERE name = 'audit'"
"""The highest number that a row ever had; SQLite keeps it when rows go."""


class Audit:
    """What was done to a registry, oldest first; safe to share between processes."""

    def __init__(self, folder: Path) -> None:
        self.path = folder / AUDIT_FILE

    def append(self, act: Act, subject: str, details: Mapping[str, object], *, by: str = "") -> AuditRow:
        """Add a row, for good, and return it; `by` is whoever runs this, unless another is named.

        Raises RunFailedError where it cannot be written, so that what is not in the audit is not done.
        """
        user = account()
        with self._writing() as connection:
            last = connection.execute(_LAST).fetchone()
            given = connection.execute(_GIVEN).fetchone()
            row = AuditRow(
                sequence=given[0] + 1 if given else 1,
                moment=timestamp(),
                by=by or user,
                account=user,
                act=act.value,
                subject=subject,
                details=canonical(details),
                previous=AuditRow(*last).digest if last else BEFORE_THE_FIRST,
            ).sealed()
            connection.execute(_ADD, [getattr(row, name) for name in COLUMNS])
        return row

    def rows(self) -> tuple[AuditRow, ...]:
        """Return all rows, oldest first; none where there is no audit. Raises RunFailedError where it cannot be read."""
        if not self.path.exists():
            return ()
        with self._reading() as connection:
            return tuple(AuditRow(*row) for row in connection.execute(_ROWS))

    def given(self) -> int:
        """Return the highest number that a row ever had, 0 where none had one; raises as `rows` does."""
        if not self.path.exists():
            return 0
        with self._reading() as connection:
            found = connection.execute(_GIVEN).fetchone()
        return found[0] if found else 0

    def triggers(self) -> frozenset[str]:
        """Return what keeps the rows as they are; raises as `rows` does."""
        with self._reading() as connection:
            found = connection.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall()
        return frozenset(name for (name,) in found)

    @contextmanager
    def _writing(self) -> Iterator[sqlite3.Connection]:
        """Give the table to write to, and keep other writers waiting until the block ends well."""
        self.path.parent.mkdir(parents=True, exist_ok=True)
        with self._open("rwc") as connection:
            if connection.execute("PRAGMA user_version").fetchone()[0] == 0:
                connection.executescript(f"BEGIN IMMEDIATE; {_MAKE} COMMIT;")
            connection.execute("BEGIN IMMEDIATE")
            yield connection
            connection.execute("COMMIT")

    def _reading(self) -> AbstractContextManager[sqlite3.Connection]:
        """Open the file to read it. Where it may be written, what a writer that was killed left half done is taken back
        first.
        """
        return self._open("rw" if os.access(self.path, os.W_OK) else "ro")

    @contextmanager
    def _open(self, mode: str) -> Iterator[sqlite3.Connection]:
        """Open the file; errors of SQLite are raised as errors of the audit."""
        try:
            place = f"{self.path.resolve().as_uri()}?mode={mode}"
            with closing(
                sqlite3.connect(place, uri=True, timeout=_WAIT_SECONDS, isolation_level=None)
            ) as connection:
                connection.text_factory = _decoded
                version = connection.execute("PRAGMA user_version").fetchone()[0]
                if version not in {0, FORMAT_VERSION}:
                    raise RunFailedError(
                        f"{self.path} has format {version}, this release writes {FORMAT_VERSION}: use the release that made it"
                    )
                yield connection
        except sqlite3.Error as error:
            raise RunFailedError(
                f"the audit {self.path} cannot be {'written, and nothing was done' if mode == 'rwc' else 'read'}: {error}. Give its "
                "folder to whoever runs this, name another registry, or move a damaged file away and keep it"
            ) from error


def _decoded(written: bytes) -> str:
    return written.decode("utf-8", "replace")
