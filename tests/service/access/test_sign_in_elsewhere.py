"""Who is sent to a provider is known again, and those who never come back take no more room than is set."""

import asyncio
from itertools import count
from pathlib import Path
from typing import cast

import pytest

from address_match.service.access.api_key import Role
from address_match.service.access.errors import ProviderError
from address_match.service.access.oidc_provider import OidcProvider, StartedSignIn
from address_match.service.access.person import Person
from address_match.service.access.sign_in_database import SignInDatabase
from address_match.service.access.sign_in_elsewhere import SignInElsewhere

ANN = Person("ann", frozenset({Role.READER}))


class Provider:
    """Knows everybody who comes back as Ann."""

    async def begin(self) -> StartedSignIn:
        return StartedSignIn("https://people.example/", "state", "nonce", "verifier")

    async def person(self, _started: StartedSignIn, _code: str) -> Person:
        return ANN


async def came_back(elsewhere: SignInElsewhere, begun: int) -> list[Person | None]:
    """Send some off, have them come back in turn, and return who each was; None of who was forgotten."""
    tokens = [(await elsewhere.begin())[1] for _ in range(begun)]
    found: list[Person | None] = []
    for token in tokens:
        try:
            found.append(await elsewhere.finish(token, "state", "code"))
        except ProviderError:
            found.append(None)
    return found


@pytest.mark.parametrize(("begun", "known"), [(3, [ANN, ANN, ANN]), (5, [None, None, ANN, ANN, ANN])])
def test_no_more_are_on_their_way_than_may_be(tmp_path: Path, begun: int, known: list[Person | None]) -> None:
    moments = count(1_000)
    database = SignInDatabase(tmp_path / "sessions.sqlite")
    elsewhere = SignInElsewhere(cast("OidcProvider", Provider()), database, lambda: float(next(moments)), 3)
    assert asyncio.run(came_back(elsewhere, begun)) == known
