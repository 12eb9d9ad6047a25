"""Who acts: a person who signed in, or on a machine that nobody else reaches, whoever uses it."""

import hashlib
from collections.abc import Collection
from dataclasses import dataclass

from address_match.service.access.api_key import Role
from address_match.service.lifecycle.audit.account import account


@dataclass(frozen=True, slots=True)
class Person:
    """One person, as the service knows him; a key is none, since it may be shared."""

    name: str
    """By which others know him, and by which the audit and labels speak of him; no two people of a service share one."""
    roles: frozenset[Role]

    @property
    def id(self) -> str:
        """What logs and limits know him by: it begins with `person-`, and holds no name."""
        return f"person-{hashlib.sha256(self.name.encode()).hexdigest()[:12]}"

    def has_any(self, roles: Collection[Role]) -> bool:
        """Return whether he has one of some roles."""
        return not self.roles.isdisjoint(roles)


def local_person() -> Person:
    """Return who uses this machine, by the name of his account, with every role."""
    return Person(account(), frozenset(Role))
