"""The door of the service: whom nobody knows, who may not ask for what a route gives, or asks too much, is sent away before the body is read."""

from collections.abc import Iterable, Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Receive, Scope, Send

from address_match.service.access.api_key import ApiKey, Role
from address_match.service.access.errors import AccessError, MissingKeyError, OtherPageError, RoleError
from address_match.service.access.guard import Guard
from address_match.service.access.people import People
from address_match.service.http.entrance.own_page import SAFE_METHODS, Asker, asker_of
from address_match.service.http.entrance.session_cookie import SESSION
from address_match.service.http.entrance.signed_in import PERSON, session_person_of
from address_match.service.http.problems.problem_response import respond_to

OPEN = frozenset({"/healthz", "/", "/docs", "/openapi.json"})
"""What anybody may ask: whether the process lives, how the service is asked, and the page that asks for a key itself."""
OPEN_BELOW = ("/pages/", "/docs/")
"""Pages, and the files that they load; none of them holds an address."""
SEE_ADDRESSES = frozenset({Role.READER, Role.LABELLER, Role.OWNER})
ALLOWED: tuple[tuple[str, frozenset[Role]], ...] = (("/v1/model", frozenset(Role)), ("/v1/", SEE_ADDRESSES))
"""Who may ask for the routes that begin so; anybody who is known may ask for the others."""
_SCHEME = "bearer "
_KEY = "address_match.key"
"""Where the scope of a request holds the key that it showed."""


class Door:
    """Lets a request in whose key is in force, or who is signed in, of a role that may ask for its route, and below his limits."""

    def __init__(self, app: ASGIApp, guard: Guard, elsewhere: tuple[str, ...] = ()) -> None:
        """Guard all but what is open; paths that begin with one of `elsewhere` ask for keys themselves."""
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
                allowed.enter_context(self._entered(scope))
            except AccessError as error:
                await respond_to(error)(scope, receive, send)
                return
            await self._app(scope, receive, send)

    def _entered(self, scope: Scope) -> AbstractContextManager[None]:
        """Let a request in by its key, else by whoever is signed in."""
        roles, sent = _roles_for(scope["path"]), _sent_key(scope)
        if sent is None and self._guard.people is not None and (token := SESSION.of(scope)):
            return _entered_as_person(self._guard, self._guard.people, scope, token, roles)
        if sent is None:
            raise MissingKeyError("send a key of the service in one header, `Authorization: Bearer KEY`")
        return entered(self._guard, scope, sent, roles)

    def _is_passed(self, path: str) -> bool:
        return path in OPEN or path.startswith((*OPEN_BELOW, *self._elsewhere))


@contextmanager
def entered(guard: Guard, scope: Scope, sent: str, roles: frozenset[Role]) -> Iterator[None]:
    """Let a request in by the key that was sent, for as long as the context lasts; raises AccessError where it may not be."""
    scope[_KEY] = key = guard.keyring.holder(sent)
    refuse_other_roles(scope, roles)
    with guard.allowances.take(key.id, rate=key.rate, at_once=key.at_once):
        guard.last_use.note(key.id)
        yield


@contextmanager
def _entered_as_person(
    guard: Guard, people: People, scope: Scope, token: str, roles: frozenset[Role]
) -> Iterator[None]:
    """Let a request in by who is signed in, as `entered` does by a key."""
    scope[PERSON] = person = people.person(token)
    refuse_other_page(scope)
    refuse_other_roles(scope, roles)
    with guard.allowances.take(person.id):
        yield


def refuse_other_page(scope: Scope) -> None:
    """Raise `OtherPageError` where a request would change something and does not come from a page of this service."""
    if scope["method"] not in SAFE_METHODS and asker_of(scope) is not Asker.OWN_PAGE:
        raise OtherPageError(
            "only a page of this service may do this for who is signed in; programs send a key"
        )


def known_as(scope: Scope) -> str:
    """Return by what logs and limits know who asks: the id of the key or of who is signed in; empty where nobody has to be known."""
    asker = scope.get(_KEY) or scope.get(PERSON)
    return "" if asker is None else str(asker.id)


def refuse_other_roles(scope: Scope, roles: frozenset[Role]) -> None:
    """Raise `RoleError` where who asks is known and has none of some roles, for a route that asks for more than those beside it."""
    key: ApiKey | None = scope.get(_KEY)
    person = session_person_of(scope)
    held = {key.role} if key else person.roles if person else roles
    if roles.isdisjoint(held):
        raise RoleError(f"this takes one of the roles {_list(roles)}, and you have {_list(held)}")


def _sent_key(scope: Scope) -> str | None:
    """Return what the headers of a request hold as a key, None where they hold none."""
    sent = Headers(scope=scope).getlist("authorization")
    if len(sent) != 1 or not sent[0].lower().startswith(_SCHEME):
        return None
    return sent[0][len(_SCHEME) :].strip()


def _roles_for(path: str) -> frozenset[Role]:
    return next((roles for prefix, roles in ALLOWED if path.startswith(prefix)), frozenset(Role))


def _list(roles: Iterable[Role]) -> str:
    return ", ".join(role for role in Role if role in roles)
