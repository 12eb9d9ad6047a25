"""The routes by which a person is sent to a provider of OpenID Connect, and comes back signed in."""

import logging
from typing import Annotated

from fastapi import APIRouter, Query, Request
from fastapi.responses import RedirectResponse

from address_match.service.access.errors import ProviderError, UnknownPersonError
from address_match.service.access.people import People
from address_match.service.access.sign_in_elsewhere import SignInElsewhere
from address_match.service.http.entrance.session_cookie import SESSION, STARTED

_PAGE = "../sign-in"
"""As it is seen from the two routes."""
_NOT_KEPT = {"Cache-Control": "no-store", "Referrer-Policy": "no-referrer"}
_MOST = 4_096

_log = logging.getLogger("address_match.access")


def add_oidc(router: APIRouter, people: People, elsewhere: SignInElsewhere) -> None:
    """Add the routes of leaving for the provider, and of coming back."""

    async def start(request: Request) -> RedirectResponse:
        try:
            url, token = await elsewhere.begin()
        except ProviderError as error:
            return _told("provider", error)
        response = _to(url)
        STARTED.keep(response, request.scope, token)
        return response

    async def come_back(
        request: Request,
        state: Annotated[str, Query(max_length=_MOST)] = "",
        code: Annotated[str, Query(max_length=_MOST)] = "",
    ) -> RedirectResponse:
        try:
            person = await elsewhere.finish(STARTED.of(request.scope), state, code)
        except UnknownPersonError as error:
            return _told("unknown", error)
        except ProviderError as error:
            return _told("provider", error)
        people.sign_out(SESSION.of(request.scope))  # who was signed in here before
        response = _to(_PAGE)
        SESSION.keep(response, request.scope, people.admit(person))
        STARTED.drop(response, request.scope)
        return response

    router.add_api_route("/pages/sign-in/start", start, methods=["GET"])
    router.add_api_route("/pages/sign-in/return", come_back, methods=["GET"])


def _told(problem: str, error: Exception) -> RedirectResponse:
    """Send a browser to the page that says why nobody is signed in, by what stands behind the # of its address."""
    _log.warning("somebody could not sign in: %s", error)
    return _to(f"{_PAGE}#{problem}")


def _to(url: str) -> RedirectResponse:
    return RedirectResponse(url, status_code=303, headers=_NOT_KEPT)
