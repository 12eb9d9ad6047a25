"""Where the workers of a service share who is signed in and who failed to: one small file of SQLite, its owner's alone."""

import os
import sqlite3
from pathlib import Path
from typing import Any

from address_match.service.errors import RunFailedError

_FORMAT_VERSION = 1
_WAIT_SECONDS = 5.0
"""For another worker that writes."""
_MAKE = f"""
CREATE TABLE IF NOT EXISTS session (
    digest TEXT PRIMARY KEY, name TEXT NOT NULL, roles TEXT NOT NULL, version TEXT NOT NULL,
    begun REAL NOT NULL, seen REAL NOT NULL
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS started (
    digest TEXT PRIMARY KEY, content TEXT NOT NULL, moment REAL NOT NULL
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS failure (subject TEXT NOT NULL, moment REAL NOT NULL);
CREATE INDEX IF NOT EXISTS failures_of ON failure (subject, moment);
PRAGMA user_version = {_FORMAT_VERSION};
"""


class SignInDatabase:
    """The open file. Belongs to an event loop; each process opens its own."""

    def __init__(self, path: Path) -> None:
        """Open the file, and make it where there is none; raises RunFailedError where that cannot be."""
        self._path = path
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            os.close(os.open(path, os.O_CREAT | os.O_RDWR, 0o600))
            # The loop that it belongs to may run in another thread than that which opens it.
            self._connection = sqlite3.connect(
                path, timeout=_WAIT_SECONDS, isolation_level=None, check_same_thread=False
            )
            version = self._connection.execute("PRAGMA user_version").fetchone()[0]
            if version not in {0, _FORMAT_VERSION}:
                raise sqlite3.DatabaseError(f"it has format {version}, this release writes {_FORMAT_VERSION}")
            self._connection.execute("PRAGMA synchronous = NORMAL")
            self._connection.executescript(f"BEGIN IMMEDIATE; {_MAKE} COMMIT;")
        except (OSError, sqlite3.Error) as error:
            raise self._failed(error) from error

    def run(self, statement: str, *values: object) -> list[tuple[Any, ...]]:
        """Run one statement, and return its rows; raises RunFailedError where the file cannot be used any more."""
        try:
            return self._connection.execute(statement, values).fetchall()
        except sqlite3.Error as error:
            raise self._failed(error) from error

    def _failed(self, error: Exception) -> RunFailedError:
        return RunFailedError(
            f"{self._path} cannot keep who is signed in: {error}. Name a place that may be written by "
            "ADDRESS_MATCH_SESSIONS, or remove the file: everybody signs in anew"
        )
