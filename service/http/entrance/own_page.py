"""Whether a browser asks on behalf of a page of this service, or of a page elsewhere that would act in somebody's name."""

import re
from enum import StrEnum

from starlette.datastructures import Headers
from starlette.types import Scope

SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})
"""They change nothing (RFC 9110)."""
_PORT = re.compile(r":[0-9]*$")


class Asker(StrEnum):
    """What made a browser ask."""

    OWN_PAGE = "own page"
    OTHER_PAGE = "other page"
    UNKNOWN = "unknown"
    """No browser, or one that says nothing of it."""


def asker_of(scope: Scope) -> Asker:
    """Return what made a browser ask, by `Sec-Fetch-Site` where it sends that, else by whether `Origin` names the host that it asks.

    Pages cannot set either header. Over plain HTTP from another machine browsers send the second alone.
    """
    headers = Headers(scope=scope)
    if site := headers.get("sec-fetch-site"):
        return Asker.OWN_PAGE if site == "same-origin" else Asker.OTHER_PAGE
    return asker_by_origin(scope)


def asker_by_origin(scope: Scope) -> Asker:
    """Return what made a browser ask, by whether `Origin` names the host that it asks; a proxy may have put another in its place."""
    headers = Headers(scope=scope)
    if not (origin := headers.get("origin")):
        return Asker.UNKNOWN
    is_own = origin.partition("://")[2].lower() == headers.get("host", "").lower()
    return Asker.OWN_PAGE if is_own else Asker.OTHER_PAGE


def host_of(scope: Scope) -> str:
    """Return the name by which a request asks for the service, without a port, in small letters; empty where it names none."""
    return _PORT.sub("", Headers(scope=scope).get("host", "").lower())
