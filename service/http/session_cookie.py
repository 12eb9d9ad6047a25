"""The cookie by which a browser shows who is signed in. Scripts cannot read it, and no other site can have it sent."""

from starlette.requests import Request
from starlette.responses import Response
from starlette.types import Scope

_NAME = "address-match"
_HOST_ONLY = "__Host-"
"""A browser takes a cookie of such a name by HTTPS alone, and from no other name of the domain (RFC 6265bis)."""


def token_of(scope: Scope) -> str:
    """Return the token that a request shows, empty where it shows none."""
    return Request(scope).cookies.get(_name(scope), "")


def keep_token(response: Response, scope: Scope, token: str) -> None:
    """Have the browser keep a token until it is closed; the session ends by itself before, where that is long."""
    response.set_cookie(
        _name(scope), token, path="/", secure=_is_secure(scope), httponly=True, samesite="strict"
    )


def drop_token(response: Response, scope: Scope) -> None:
    """Have the browser forget the token."""
    response.delete_cookie(_name(scope), path="/", secure=_is_secure(scope), httponly=True, samesite="strict")


def _name(scope: Scope) -> str:
    return f"{_HOST_ONLY}{_NAME}" if _is_secure(scope) else _NAME


def _is_secure(scope: Scope) -> bool:
    return bool(scope["scheme"] == "https")
