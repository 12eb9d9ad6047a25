"""The file of those who may sign in by a password."""

import secrets
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, replace
from typing import Any

from address_match.service.access.api_key import Role
from address_match.service.access.password import hashed, is_kept_form
from address_match.service.access.person import Person
from address_match.service.access.record_file import RecordFile, refuse_odd_name
from address_match.service.errors import UsageError
from address_match.timestamp import timestamp


@dataclass(frozen=True, slots=True)
class User:
    """Somebody who may sign in by a password."""

    name: str
    """No two users of a service share one."""
    roles: tuple[Role, ...]
    password: str
    """What is kept of it."""
    created: str
    """ISO 8601, UTC."""
    version: str
    """Another after each change of roles or password; sessions that were begun under another are ended."""

    def person(self) -> Person:
        """Return who it is."""
        return Person(self.name, frozenset(self.roles))


def _unseen(_user: User) -> None:
    """See nothing."""


class UserFile(RecordFile[User]):
    """Those who may sign in to a service by a password."""

    what = "users"
    remedy = "add them anew with `address-match users add`"

    def record_of(self, row: Mapping[str, Any]) -> User:
        """Return a row of the file as a user."""
        user = User(**{**row, "roles": tuple(Role(role) for role in row["roles"])})
        if not (user.roles and user.name and user.version and is_kept_form(user.password)):
            raise ValueError("no user")
        return user

    def add(
        self,
        name: str,
        roles: Collection[Role],
        password: str,
        *,
        witness: Callable[[User], object] = _unseen,
    ) -> User:
        """Keep a user, and return him. Raises UsageError for a name or a password that cannot be.

        `witness` is notified first; where it raises, nothing is kept. So it is by the methods below.
        """
        refuse_odd_name(name, "a user")
        user = User(
            name, tuple(role for role in Role if role in roles), hashed(password), timestamp(), _version()
        )
        with self.changing() as users:
            if any(known.name.casefold() == name.casefold() for known in users):
                raise UsageError(
                    f"there is a user {name!r} already; take another name, or remove that one first"
                )
            witness(user)
            users.append(user)
        return user

    def remove(self, name: str, *, witness: Callable[[User], object] = _unseen) -> User:
        """Forget a user, whose sessions end, and return him; raises UsageError where nobody is called so."""
        with self.changing() as users:
            user = self._named(users, name)
            witness(user)
            users.remove(user)
        return user

    def set_password(self, name: str, password: str, *, witness: Callable[[User], object] = _unseen) -> User:
        """Give a user another password, which ends his sessions, and return him; raises UsageError as `add` and
        `remove` do.
        """
        kept = hashed(password)
        with self.changing() as users:
            user = self._named(users, name)
            changed = replace(user, password=kept, version=_version())
            witness(changed)
            users[users.index(user)] = changed
        return changed

    def _named(self, users: Collection[User], name: str) -> User:
        found = next((user for user in users if user.name == name), None)
        if found is None:
            raise UsageError(
                f"no user is called {name!r}; `address-match users list` shows all of {self.path}"
            )
        return found


def _version() -> str:
    return secrets.token_hex(8)
