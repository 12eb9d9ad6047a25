"""The cookies by which a browser is known again. Scripts cannot read them, and they are of this service alone."""

from dataclasses import dataclass
from typing import Literal

from starlette.requests import Request
from starlette.responses import Response
from starlette.types import Scope

_HOST_ONLY = "__Host-"
"""A browser takes a cookie of such a name by HTTPS alone, and from no other name of the domain (RFC 6265bis)."""


@dataclass(frozen=True, slots=True)
class TokenCookie:
    """A cookie that holds a token until the browser is closed."""

    name: str
    samesite: Literal["strict", "lax"]

    def of(self, scope: Scope) -> str:
        """Return the token that a request shows, empty where it shows none."""
        return Request(scope).cookies.get(self._name(scope), "")

    def keep(self, response: Response, scope: Scope, token: str) -> None:
        """Have the browser keep a token."""
        response.set_cookie(
            self._name(scope),
            token,
            path="/",
            secure=_is_secure(scope),
            httponly=True,
            samesite=self.samesite,
        )

    def drop(self, response: Response, scope: Scope) -> None:
        """Have the browser forget it."""
        response.delete_cookie(
            self._name(scope), path="/", secure=_is_secure(scope), httponly=True, samesite=self.samesite
        )

    def _name(self, scope: Scope) -> str:
        return f"{_HOST_ONLY}{self.name}" if _is_secure(scope) else self.name


SESSION = TokenCookie("address-match", "strict")
"""Of who is signed in. No other site can have it sent."""
STARTED = TokenCookie("address-match-started", "lax")
"""Of who was sent to a provider, which sends him back: a browser shows him by no stricter cookie then."""


def _is_secure(scope: Scope) -> bool:
    return bool(scope["scheme"] == "https")
