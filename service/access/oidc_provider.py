"""Another service that says who somebody is, by OpenID Connect: code flow with PKCE, state and nonce. Needs the extra
`oidc`.
"""

from dataclasses import dataclass
from typing import Any

from address_match.service.access.api_key import Role
from address_match.service.access.errors import ProviderError, UnknownPersonError
from address_match.service.access.person import Person
from address_match.service.access.record_file import is_plain_name
from address_match.service.errors import UsageError
from address_match.service.settings.access_settings import OidcSettings

_DISCOVERY = "/.well-known/openid-configuration"
_EMAIL = "email"


@dataclass(frozen=True, slots=True)
class StartedSignIn:
    """What is known of somebody who was sent to the provider, until he comes back."""

    url: str
    """Where he was sent."""
    state: str
    """What the provider has to send back with him."""
    nonce: str
    """What the token that it gives for him has to hold."""
    code_verifier: str
    """By which only who sent him there gets that token (RFC 7636)."""


class OidcProvider:
    """Sends people to a provider, and reads from the token that it gives for them who they are and what they may do."""

    def __init__(self, settings: OidcSettings) -> None:
        """Know the provider of the settings; nothing is asked of it yet. Raises UsageError where the extra is not
        installed.
        """
        try:
            from authlib.common.errors import AuthlibBaseError
            from authlib.integrations.starlette_client import OAuth
            from httpx2 import HTTPError, InvalidURL
            from joserfc.errors import JoseError
        except ImportError as error:
            raise UsageError(
                "signing in by OpenID Connect needs the extra oidc: pip install 'address-match[oidc]'"
            ) from error
        self._settings = settings
        self._faults: tuple[type[Exception], ...] = (AuthlibBaseError, HTTPError, InvalidURL, JoseError)
        self._faults += (ValueError, RuntimeError, KeyError, TypeError)  # of documents that are none
        self._client = OAuth().register(
            "provider",
            client_id=settings.client_id,
            client_secret=settings.client_secret.get_secret_value(),
            server_metadata_url=settings.issuer.rstrip("/") + _DISCOVERY,
            client_kwargs={
                "scope": settings.scopes,
                "code_challenge_method": "S256",
                "timeout": settings.seconds,
            },
        )

    async def begin(self) -> StartedSignIn:
        """Return where to send somebody; raises `ProviderError` where the provider cannot be asked."""
        try:
            made = await self._client.create_authorization_url(self._settings.return_url)
        except self._faults as error:
            raise _unusable(error) from error
        return StartedSignIn(**{name: made[name] for name in StartedSignIn.__dataclass_fields__})

    async def person(self, started: StartedSignIn, code: str) -> Person:
        """Return who came back with a code; raises `ProviderError`, and `UnknownPersonError` where he may not sign in
        here.
        """
        return _person(await self._claims(started, code), self._settings)

    async def _claims(self, started: StartedSignIn, code: str) -> dict[str, Any]:
        wanted = {
            "iss": {"essential": True, "value": self._settings.issuer},
            "aud": {"essential": True, "value": self._settings.client_id},
            "exp": {"essential": True},
        }
        try:
            token = await self._client.fetch_access_token(
                redirect_uri=self._settings.return_url, code=code, code_verifier=started.code_verifier
            )
            claims = await self._client.parse_id_token(token, started.nonce, claims_options=wanted)
        except self._faults as error:
            raise _unusable(error) from error
        if claims is None:
            raise ProviderError("the provider gives no token that says who somebody is")
        return dict(claims)


def _person(claims: dict[str, Any], settings: OidcSettings) -> Person:
    name = claims.get(settings.name_claim)
    if not isinstance(name, str) or not is_plain_name(name):
        raise UnknownPersonError(f"the provider gives no name in the claim {settings.name_claim}")
    if settings.name_claim == _EMAIL and claims.get("email_verified") is False:
        raise UnknownPersonError("the provider has not verified the address of mail by which it names you")
    given = claims.get(settings.roles_claim)
    held = {given} if isinstance(given, str) else set(map(str, given)) if isinstance(given, list) else set()
    roles = frozenset(Role(role) for value, role in settings.roles_by_value() if value in held)
    if not roles:
        raise UnknownPersonError("the provider gives you no role of this service; ask who runs it")
    return Person(name, roles)


def _unusable(error: Exception) -> ProviderError:
    # What a provider, the network or a token says may hold anything: only the class of the error is told.
    return ProviderError(f"the provider does not say who you are ({type(error).__name__}); try again")
