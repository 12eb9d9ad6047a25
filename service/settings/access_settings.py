"""Who may ask the HTTP service, and where people sign in to it."""

from pathlib import Path
from typing import Annotated

from platformdirs import user_data_path, user_state_path
from pydantic import AfterValidator, Field, SecretStr
from pydantic_settings import SettingsConfigDict

from address_match.service.settings.environment_settings import EnvironmentSettings, Names


def _keys_of_the_user() -> Path:
    """Return `address-match/keys.json` where the system keeps the user's data."""
    return user_data_path("address-match", appauthor=False) / "keys.json"


def _users_of_the_user() -> Path:
    """Return `address-match/users.json` where the system keeps the user's data."""
    return user_data_path("address-match", appauthor=False) / "users.json"


def _sessions_of_the_user() -> Path:
    """Return `address-match/sessions.sqlite` where the system keeps the state of programs."""
    return user_state_path("address-match", appauthor=False) / "sessions.sqlite"


class AccessSettings(EnvironmentSettings):
    """Who may ask the HTTP service; options of a command go first."""

    model_config = SettingsConfigDict(env_prefix="ADDRESS_MATCH_", frozen=True, env_ignore_empty=True)

    keys: Path = Field(default_factory=_keys_of_the_user)
    """File of the keys. A service that can be reached from a network asks for them; on this machine alone it does where the file is named."""
    users: Path = Field(default_factory=_users_of_the_user)
    """File of those who may sign in to the pages by a password. Where it is named, keys or people are asked for on this machine too."""
    open_to_network: bool = False
    """Answer whoever asks, without a key, also where a network can reach the service."""

    key_rate: Annotated[int, Field(ge=1)] = 500
    """Requests a second of one key, or of one person, at most, unless it has a figure of its own; a second's worth may come at once."""
    key_at_once: Annotated[int, Field(ge=1)] = 128
    """Requests of one key, or of one person, at the same time at most, unless it has a figure of its own."""

    sessions: Path = Field(default_factory=_sessions_of_the_user)
    """File of those who are signed in, known by hashes, which the workers of a service share."""
    session_idle_minutes: Annotated[float, Field(gt=0)] = 30.0
    """Minutes without a request after which somebody is signed out."""
    session_hours: Annotated[float, Field(gt=0)] = 12.0
    """Hours after which somebody is signed out at the latest."""

    def names_keys(self) -> bool:
        """Return whether the file of the keys is named, so that they are to be asked for wherever the service listens."""
        return "keys" in self.model_fields_set

    def names_users(self) -> bool:
        """Return whether the file of those who may sign in is named, so that they are asked who they are wherever the service listens."""
        return "users" in self.model_fields_set


_ROLES = ("reader", "labeller", "owner", "operator")


def _values_and_roles(pairs: tuple[str, ...]) -> tuple[str, ...]:
    """Refuse what is not a value and a role with = between."""
    for pair in pairs:
        value, _, role = pair.rpartition("=")
        if not value or role not in _ROLES:
            raise ValueError(f"{pair!r} is no value and one of {', '.join(_ROLES)}, with = between")
    return pairs


class OidcSettings(EnvironmentSettings):
    """Where people sign in by OpenID Connect, in place of a file of users; needs the extra `oidc`. See [Signing in](sign-in.md)."""

    model_config = SettingsConfigDict(env_prefix="ADDRESS_MATCH_OIDC_", frozen=True, env_ignore_empty=True)

    issuer: str = ""
    """URL of the provider, without `/.well-known/…`; people sign in by the file of users where it is empty."""
    client_id: str = ""
    """Name by which the provider knows this service."""
    client_secret: SecretStr = SecretStr("")
    """Secret that the provider gave with that name."""
    return_url: str = ""
    """URL to which the provider sends people back: `https://HOST/pages/sign-in/return`, as it is entered there."""
    scopes: str = "openid profile email"
    """Scopes that are asked of the provider, with spaces between."""
    name_claim: str = "preferred_username"
    """Claim that holds the name of a person, one that no two people of the provider share."""
    roles_claim: str = "roles"
    """Claim that holds what a person may do, one value or a list."""
    roles: Annotated[Names, AfterValidator(_values_and_roles)] = ()
    """Which value of that claim is which role, with commas between: `census-labellers=labeller,census-owners=owner`."""
    seconds: Annotated[float, Field(gt=0)] = 10.0
    """How long the provider may take to answer."""

    def lacking(self) -> list[str]:
        """Return the variables that signing in by the issuer needs as well and that are not set."""
        needed = {"client_id": self.client_id, "return_url": self.return_url, "roles": self.roles}
        return [f"ADDRESS_MATCH_OIDC_{name.upper()}" for name, value in needed.items() if not value]

    def roles_by_value(self) -> list[tuple[str, str]]:
        """Return the values of the claim with the role that each stands for."""
        return [(value, role) for value, _, role in (pair.rpartition("=") for pair in self.roles)]
