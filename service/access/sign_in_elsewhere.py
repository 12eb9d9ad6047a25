import hmac
import json
import time
from collections.abc import Callable
from dataclasses import asdict

from address_match.service.access.errors import ProviderError
from address_match.service.access.oidc_provider import OidcProvider, StartedSignIn
from address_match.service.access.person import Person
from address_match.service.access.sessions import digest_of, new_token
from address_match.service.access.sign_in_database import SignInDatabase

SECONDS = 600.0
"""Who has not come back from the provider after so long begins again."""
MOST_STARTED = 10_000
"""Who may be on their way at the same time; the one who left first begins again where there are more. Anybody may be
sent off, and each takes a kilobyte of the disk meanwhile.
"""


class SignInElsewhere:
    """Sends people to a provider, and knows them again by a token that their browser holds meanwhile. Belongs to an
    event loop.
    """

    def __init__(
        self,
        provider: OidcProvider,
        database: SignInDatabase,
        clock: Callable[[], float] = time.time,
        most: int = MOST_STARTED,
    ) -> None:
        self._provider = provider
        self._database = database
        self._clock = clock
        self._most = most

    async def begin(self) -> tuple[str, str]:
        """Return where to send somebody, and the token for his browser; raises `ProviderError`."""
        started = await self._provider.begin()
        now, token = self._clock(), new_token()
        self._database.run("DELETE FROM started WHERE moment < ?", now - SECONDS)
        self._database.run(
            "INSERT INTO started VALUES (?, ?, ?)", digest_of(token), json.dumps(asdict(started)), now
        )
        self._database.run(
            "DELETE FROM started WHERE digest IN (SELECT digest FROM started ORDER BY moment DESC LIMIT -1 OFFSET ?)",
            self._most,
        )
        return started.url, token

    async def finish(self, token: str, state: str, code: str) -> Person:
        """Return who came back; raises `ProviderError`, also where nobody was sent, and `UnknownPersonError`."""
        started = self._taken(token)
        if started is None or not code or not hmac.compare_digest(started.state.encode(), state.encode()):
            raise ProviderError("signing in was not begun here, was refused, or took too long; begin again")
        return await self._provider.person(started, code)

    def _taken(self, token: str) -> StartedSignIn | None:
        """Return what was begun under a token, once."""
        found = self._database.run(
            "DELETE FROM started WHERE digest = ? RETURNING content, moment", digest_of(token)
        )
        if not found or found[0][1] < self._clock() - SECONDS:
            return None
        return StartedSignIn(**json.loads(found[0][0]))
