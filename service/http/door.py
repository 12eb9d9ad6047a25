"""The door of the service: who has no key, may not ask for what a route gives, or asks too much, is sent away before the body is read."""

from collections.abc import Iterable, Iterator
from contextlib import ExitStack, contextmanager

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

    def __init__(self, app: ASGIApp, guard: Guard, elsewhere: str = "") -> None:
        """Guard all but what is open; paths that begin with `elsewhere` ask for keys themselves, none where it is empty."""
        self._app = app
        self._guard = guard
        self._elsewhere = elsewhere

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        if scope["type"] != "http" or self._is_passed(scope["path"]):
            await self._app(scope, receive, send)
            return
        with ExitStack() as allowed:
            try:
                sent, roles = _sent_key(scope["headers"]), _roles_for(scope["path"])
                allowed.enter_context(entered(self._guard, scope, sent, roles))
            except AccessError as error:
                await respond_to(error)(scope, receive, send)
                return
            await self._app(scope, receive, send)

    def _is_passed(self, path: str) -> bool:
        elsewhere = bool(self._elsewhere and path.startswith(self._elsewhere))
        return path in OPEN or path.startswith(OPEN_BELOW) or elsewhere


@contextmanager
def entered(guard: Guard, scope: Scope, sent: str, roles: frozenset[Role]) -> Iterator[None]:
    """Let a request in by the key that was sent, for as long as the context lasts; raises AccessError where it may not be."""
    scope[_KEY] = key = guard.keyring.holder(sent)
    if key.role not in roles:
        raise RoleError(f"a key of the role {key.role} is not for this; it takes one of {_list(roles)}")
    with guard.allowances.take(key):
        guard.last_use.note(key.id)
        yield


def key_of(scope: Scope) -> ApiKey | None:
    """Return the key that a request showed; None where none is asked for, or it is not in force."""
    found: ApiKey | None = scope.get(_KEY)
    return found


def _sent_key(headers: Iterable[tuple[bytes, bytes]]) -> str:
    """Return what the headers of a request hold as a key."""
    sent = [value.decode("latin-1") for name, value in headers if name == b"authorization"]
    if len(sent) != 1 or not sent[0].lower().startswith(_SCHEME):
        raise MissingKeyError("send a key of the service in one header, `Authorization: Bearer KEY`")
    return sent[0][len(_SCHEME) :].strip()


def _roles_for(path: str) -> frozenset[Role]:
    return next((roles for prefix, roles in ALLOWED if path.startswith(prefix)), frozenset(Role))


def _list(roles: Iterable[Role]) -> str:
    return ", ".join(role for role in Role if role in roles)
