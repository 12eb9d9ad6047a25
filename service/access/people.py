import asyncio
from collections.abc import Callable

from address_match.service.access.errors import SignedOutError, WrongPasswordError
from address_match.service.access.failed_sign_ins import FailedSignIns
from address_match.service.access.followed_file import FollowedFile
from address_match.service.access.oidc_provider import OidcProvider
from address_match.service.access.password import is_password
from address_match.service.access.person import Person
from address_match.service.access.sessions import Sessions
from address_match.service.access.sign_in_database import SignInDatabase
from address_match.service.access.sign_in_elsewhere import SignInElsewhere
from address_match.service.access.user_file import User, UserFile
from address_match.service.settings.access_settings import AccessSettings, OidcSettings


class People:
    """Those who may sign in to a service, and those who did. Belongs to an event loop."""

    def __init__(
        self,
        users: Callable[[], tuple[User, ...]] | None,
        sessions: Sessions,
        failures: FailedSignIns,
        elsewhere: SignInElsewhere | None = None,
    ) -> None:
        """Know users as they are now, None where people sign in `elsewhere`."""
        self.elsewhere = elsewhere
        self._users = users
        self._sessions = sessions
        self._failures = failures
        self._hashing = asyncio.Lock()
        """One password is hashed at a time, since that takes a core and 32 MiB."""

    @classmethod
    def of(cls, access: AccessSettings, oidc: OidcSettings | None = None) -> "People":
        """Open the users that the settings name, or where people sign in elsewhere. Raises RunFailedError where that
        cannot be.
        """
        database = SignInDatabase(access.sessions)
        sessions = Sessions(
            database,
            idle_seconds=60 * access.session_idle_minutes,
            most_seconds=3_600 * access.session_hours,
        )
        failures = FailedSignIns(database)
        if oidc is not None:
            return cls(None, sessions, failures, SignInElsewhere(OidcProvider(oidc), database))
        return cls(FollowedFile(UserFile(access.users)).records, sessions, failures)

    async def sign_in(self, name: str, password: str, client: str) -> str:
        """Begin a session of a user, and return its token; raises `WrongPasswordError`, and `SignInLimitError` where
        many failed.
        """
        self._failures.begin(name, client)
        user = self._named(name)
        async with self._hashing:
            is_right = await asyncio.to_thread(is_password, user.password if user else "", password)
        if user is None or not is_right:
            raise WrongPasswordError("the name or the password is not right")
        self._failures.succeed(name, client)
        return self._sessions.begin(user.person(), user.version)

    def admit(self, person: Person) -> str:
        """Begin a session of somebody whom another service vouches for, and return its token."""
        return self._sessions.begin(person, "")

    def person(self, token: str) -> Person:
        """Return who is signed in by a token; raises `SignedOutError` where nobody is any more."""
        session = self._sessions.of(token)
        if session is None or not self._is_as_it_was(session.person.name, session.version):
            raise SignedOutError("you are not signed in any more; sign in again")
        return session.person

    def sign_out(self, token: str) -> None:
        """End the session of a token."""
        self._sessions.end(token)

    def _is_as_it_was(self, name: str, version: str) -> bool:
        if self._users is None:
            return not version
        user = self._named(name)
        return user is not None and user.version == version

    def _named(self, name: str) -> User | None:
        users = () if self._users is None else self._users()
        return next((user for user in users if user.name == name), None)
