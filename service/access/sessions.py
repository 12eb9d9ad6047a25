"""Who is signed in, known by the hash of what a browser sends."""

import hashlib
import secrets
import time
from collections.abc import Callable
from dataclasses import dataclass

from address_match.service.access.api_key import Role
from address_match.service.access.person import Person
from address_match.service.access.sign_in_database import SignInDatabase

SEEN_SECONDS = 60.0
"""A use of a session is written down so long after the one before at the soonest."""


@dataclass(frozen=True, slots=True)
class Session:
    """That somebody is signed in."""

    person: Person
    version: str
    """Of the user when he signed in; empty of who is known by another service."""


class Sessions:
    """Who is signed in, known by a token that his browser holds and of which a hash is kept. Belongs to an event loop."""

    def __init__(
        self,
        database: SignInDatabase,
        *,
        idle_seconds: float,
        most_seconds: float,
        clock: Callable[[], float] = time.time,
    ) -> None:
        """Let a session end so long after its last use, and so long after its begin at the latest."""
        self._database = database
        self._idle = idle_seconds
        self._most = most_seconds
        self._clock = clock

    def begin(self, person: Person, version: str) -> str:
        """Begin a session, and return its token; sessions that have ended are forgotten."""
        now, token = self._clock(), new_token()
        self._database.run(
            "DELETE FROM session WHERE seen < ? OR begun < ?", now - self._idle, now - self._most
        )
        roles = " ".join(sorted(person.roles))
        values = (digest_of(token), person.name, roles, version, now, now)
        self._database.run("INSERT INTO session VALUES (?, ?, ?, ?, ?, ?)", *values)
        return token

    def of(self, token: str) -> Session | None:
        """Return the session of a token, which is used now; None where there is none, or it has ended."""
        now, digest = self._clock(), digest_of(token)
        found = self._database.run(
            "SELECT name, roles, version, begun, seen FROM session WHERE digest = ?", digest
        )
        if not found:
            return None
        name, roles, version, begun, seen = found[0]
        if now - seen > self._idle or now - begun > self._most:
            return None
        if now - seen > SEEN_SECONDS:
            self._database.run("UPDATE session SET seen = ? WHERE digest = ?", now, digest)
        return Session(Person(name, frozenset(map(Role, roles.split()))), version)

    def end(self, token: str) -> None:
        """End a session, for good."""
        self._database.run("DELETE FROM session WHERE digest = ?", digest_of(token))


def new_token() -> str:
    """Return 256 random bits for a browser to hold."""
    return secrets.token_urlsafe(32)


def digest_of(token: str) -> str:
    """Return what is kept of a token; there is nothing to guess that a slow hash would slow down."""
    return hashlib.sha256(token.encode()).hexdigest()
