"""The door of the service: who has no key, may not ask for what a route gives, or asks too much, is sent away before the body is read."""

from collections.abc import Iterable
from contextlib import ExitStack

from starlette.types import ASGIApp, Receive, Scope, Send

from address_match.service.access.api_key import ApiKey, Role
from address_match.service.access.errors import AccessError, MissingKeyError, RoleError
from address_match.service.access.guard import Guard
from address_match.service.http.problems import respond_to

OPEN = frozenset({"/healthz", "/", "/docs", "/openapi.json"})
"""What anybody may ask: whether the process lives, how the service is asked, and the page that asks for a key itself."""
OPEN_BELOW = ("/pages/", "/docs/")
"""Pages, and the files that they load; none of them holds an address."""
SEE_ADDRESSES = frozenset({Role.READER, Role.LABELLER, Role.OWNER})
ALLOWED: tuple[tuple[str, frozenset[Role]], ...] = (("/v1/", SEE_ADDRESSES),)
"""Whose keys may ask for the routes that begin so; any key may ask for the others."""
_SCHEME = "bearer "
_KEY = "address_match.key"
"""Where the scope of a request holds the key that it showed."""


class Door:
    """Lets a request in whose key is in force, of a role that may ask for its route, and below its limits."""

    def __init__(self, app: ASGIApp, guard: Guard) -> None:
        self._app = app
        self._guard = guard

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        if scope["type"] != "http" or _is_open(scope["path"]):
            await self._app(scope, receive, send)
            return
        with ExitStack() as allowed:
            try:
                scope[_KEY] = key = self._guard.keyring.holder(_sent_key(scope["headers"]))
                _refuse_other_roles(key, scope["path"])
                allowed.enter_context(self._guard.allowances.take(key))
            except AccessError as error:
                await respond_to(error)(scope, receive, send)
                return
            self._guard.last_use.note(key.id)
            await self._app(scope, receive, send)


def key_of(scope: Scope) -> ApiKey | None:
    """Return the key that a request showed; None where none is asked for, or it is not in force."""
    found: ApiKey | None = scope.get(_KEY)
    return found


def _is_open(path: str) -> bool:
    return path in OPEN or path.startswith(OPEN_BELOW)


def _sent_key(headers: Iterable[tuple[bytes, bytes]]) -> str:
    """Return what the headers of a request hold as a key."""
    sent = [value.decode("latin-1") for name, value in headers if name == b"authorization"]
    if len(sent) != 1 or not sent[0].lower().startswith(_SCHEME):
        raise MissingKeyError("send a key of the service in one header, `Authorization: Bearer KEY`")
    return sent[0][len(_SCHEME) :].strip()


def _refuse_other_roles(key: ApiKey, path: str) -> None:
    for prefix, roles in ALLOWED:
        if path.startswith(prefix) and key.role not in roles:
            raise RoleError(f"a key of the role {key.role} is not for this; it takes one of {_list(roles)}")


def _list(roles: Iterable[Role]) -> str:
    return ", ".join(role for role in Role if role in roles)
