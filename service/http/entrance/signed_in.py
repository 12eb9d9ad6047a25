"""The person in whose name a request acts, for routes that have to know: `person: SignedIn`, or `Depends(for_roles(Role.OWNER))`."""

from collections.abc import Awaitable, Callable
from typing import Annotated

from fastapi import Depends, Request
from starlette.datastructures import Headers
from starlette.types import Scope

from address_match.service.access.api_key import Role
from address_match.service.access.errors import PersonNeededError, RoleError
from address_match.service.access.open_guard import is_loopback
from address_match.service.access.person import Person
from address_match.service.http.entrance.own_page import (
    SAFE_METHODS,
    Asker,
    asker_by_origin,
    asker_of,
    host_of,
)

PERSON = "address_match.person"
"""Where the scope of a request holds who signed in."""
_OF_PROXIES = frozenset(
    {
        "forwarded",
        "via",
        "x-real-ip",
        "x-client-ip",
        "x-cluster-client-ip",
        "true-client-ip",
        "cf-connecting-ip",
    }
)
_BEGIN_OF_PROXIES = ("x-forwarded-", "x-original-", "x-envoy-", "x-amzn-")
"""As names of headers of proxies begin, each of which sends some of these and not others."""


def person_of(scope: Scope) -> Person | None:
    """Return who acts by a request: who signed in, else who uses this machine where nobody has to; None where it is a key or anybody."""
    return session_person_of(scope) or _local_person_of(scope)


def session_person_of(scope: Scope) -> Person | None:
    """Return who signed in; None where nobody did."""
    found: Person | None = scope.get(PERSON)
    return found


async def signed_in(request: Request) -> Person:
    """Return who acts by a request; raises `PersonNeededError` where that is no person."""
    person = person_of(request.scope)
    if person is None:
        raise PersonNeededError(
            "a person has to sign in for this on the pages of the service; a key is not enough"
        )
    return person


SignedIn = Annotated[Person, Depends(signed_in)]


def for_roles(*roles: Role) -> Callable[[Person], Awaitable[Person]]:
    """Return a dependency that gives who acts; it raises `PersonNeededError` as `signed_in` does, and `RoleError` for other roles."""

    async def with_role(person: SignedIn) -> Person:
        if not person.has_any(roles):
            raise RoleError(f"this takes a person of the role {' or '.join(roles)}")
        return person

    return with_role


def _local_person_of(scope: Scope) -> Person | None:
    """Return who uses this machine; None where a page elsewhere made his browser ask, or a proxy passes on what others ask."""
    local: Person | None = scope["app"].state.local_person
    if local is None or not is_loopback(host_of(scope).strip("[]")) or _is_passed_on(scope):
        return None
    is_made_to_act = Asker.OTHER_PAGE in {asker_of(scope), asker_by_origin(scope)}
    return None if scope["method"] not in SAFE_METHODS and is_made_to_act else local


def _is_passed_on(scope: Scope) -> bool:
    """Return whether a proxy says that a request came by it; one that says nothing is told by the `Origin` of what changes anything."""
    headers = Headers(scope=scope)
    return any(name in _OF_PROXIES or name.startswith(_BEGIN_OF_PROXIES) for name in headers)
