"""The routes by which a person signs in to the pages and out again. They are for the pages of the service alone."""

from fastapi import APIRouter, Request, Response
from pydantic import BaseModel, ConfigDict, Field

from address_match.service.access.errors import SignedOutError
from address_match.service.access.password import MOST
from address_match.service.access.people import People
from address_match.service.access.person import Person
from address_match.service.http.entrance.door import refuse_other_page
from address_match.service.http.entrance.session_cookie import SESSION
from address_match.service.http.pages.oidc_routes import add_oidc

PATH = "/pages/session"
_NOT_KEPT = {"Cache-Control": "no-store"}


class SignInRequest(BaseModel):
    """What somebody types to sign in."""

    model_config = ConfigDict(strict=True, extra="forbid")

    name: str = Field(max_length=200)
    password: str = Field(max_length=MOST)


class SignedInPerson(BaseModel):
    """Who is signed in, as the page shows it."""

    name: str
    """Empty where nobody is."""
    roles: list[str]

    @classmethod
    def of(cls, person: Person | None) -> "SignedInPerson":
        """Show who is signed in."""
        return cls(name=person.name, roles=sorted(person.roles)) if person else cls(name="", roles=[])


def add_sign_in(router: APIRouter, people: People) -> None:
    """Add the routes of the session of whoever asks."""

    async def see(request: Request, response: Response) -> SignedInPerson:
        response.headers.update(_NOT_KEPT)
        return SignedInPerson.of(_person(people, SESSION.of(request.scope)))

    async def sign_in(request: Request, response: Response, typed: SignInRequest) -> SignedInPerson:
        refuse_other_page(request.scope)
        client = request.client.host if request.client else ""
        token = await people.sign_in(typed.name.strip(), typed.password, client)
        people.sign_out(SESSION.of(request.scope))  # who was signed in here before
        SESSION.keep(response, request.scope, token)
        response.headers.update(_NOT_KEPT)
        return SignedInPerson.of(people.person(token))

    async def sign_out(request: Request) -> Response:
        refuse_other_page(request.scope)
        people.sign_out(SESSION.of(request.scope))
        response = Response(status_code=204)
        SESSION.drop(response, request.scope)
        return response

    router.add_api_route(PATH, see, methods=["GET"])
    router.add_api_route(PATH, sign_out, methods=["DELETE"])
    if people.elsewhere is None:
        router.add_api_route(PATH, sign_in, methods=["POST"])
    else:
        add_oidc(router, people, people.elsewhere)


def _person(people: People, token: str) -> Person | None:
    try:
        return people.person(token)
    except SignedOutError:
        return None
