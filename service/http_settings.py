"""What the HTTP service is set to: who may ask, by which names and networks, beside which façades, how much at once."""

import re
from dataclasses import dataclass
from itertools import permutations
from pathlib import Path
from typing import Annotated

from platformdirs import user_data_path, user_state_path
from pydantic import AfterValidator, Field, SecretStr
from pydantic_settings import SettingsConfigDict

from address_match.service.environment_settings import EnvironmentSettings, Names
from address_match.service.errors import UsageError


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
    """Of the provider, a URL without `/.well-known/…`; people sign in by the file of users where it is empty."""
    client_id: str = ""
    """By which the provider knows this service."""
    client_secret: SecretStr = SecretStr("")
    """That the provider gave with it."""
    return_url: str = ""
    """To which the provider sends people back: `https://HOST/pages/sign-in/return`, as it is entered there."""
    scopes: str = "openid profile email"
    """What is asked of the provider, with spaces between."""
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


_TILES = re.compile(r"(?P<origin>https?://[A-Za-z0-9.-]+(:[0-9]{1,5})?)/([^\s{}]|\{[zxy]\})*")
_OF_A_TILE = ("{z}", "{x}", "{y}")


def _tile_url(template: str) -> str:
    """Refuse what is no URL of tiles of one origin."""
    if template and not (_TILES.fullmatch(template) and all(name in template for name in _OF_A_TILE)):
        raise ValueError(
            "give an http or https URL of one host, with {z}, {x} and {y} in its path and no other braces"
        )
    return template


class MapSettings(EnvironmentSettings):
    """Tiles below the map of the [search page](../use/search-page.md#tiles-below-the-map); without them no request leaves the browser but to the service."""

    model_config = SettingsConfigDict(env_prefix="ADDRESS_MATCH_MAP_", frozen=True, env_ignore_empty=True)

    tiles: Annotated[str, AfterValidator(_tile_url)] = ""
    """URL of tiles in Web Mercator, `https://tiles.example/{z}/{x}/{y}.png` for one; browsers load them, and whoever asks for a page can read it."""
    attribution: str = ""
    """Whose tiles they are, as their licence wants it to be shown."""

    @property
    def origin(self) -> str:
        """Return the origin of the tiles, the only other one that a page may load from; empty where there are none."""
        found = _TILES.match(self.tiles)
        return found["origin"] if found else ""


class NetworkSettings(EnvironmentSettings):
    """How the HTTP service stands in a network: what it is reached by, from which pages, and behind what."""

    model_config = SettingsConfigDict(env_prefix="ADDRESS_MATCH_", frozen=True, env_ignore_empty=True)

    tls_certificate: Path | None = None
    """File of the certificate and those that it rests on, in PEM; with it the service speaks TLS. It is read at the start."""
    tls_key: Path | None = None
    """File of the certificate's key, in PEM, without a password."""
    hsts_seconds: Annotated[int, Field(ge=0)] = 0
    """How long browsers shall ask by HTTPS alone (`Strict-Transport-Security`), said in answers over HTTPS; 0 says nothing."""
    allowed_hosts: Names = ()
    """Names that the service is asked for by, with commas between, `*.example` for all below one; any where there are none."""
    cors_origins: Names = ()
    """Origins whose pages may ask from a browser, with commas between, `https://forms.example` for one; `*` for all."""
    trusted_proxies: Names = ()
    """Addresses or networks of proxies whose `X-Forwarded-For` and `X-Forwarded-Proto` are believed, with commas between."""


_OWN_PATHS = re.compile(r"/(v1|healthz|readyz|metrics|docs|redoc|openapi\.json)(/|$)")


def _path_of_its_own(prefix: str) -> str:
    """Refuse a prefix that is no path, or holds routes of the service."""
    if prefix and (not re.fullmatch(r"(/[A-Za-z0-9._~-]+)+", prefix) or _OWN_PATHS.match(prefix)):
        raise ValueError(
            "give a path such as /aims, without a slash at its end, that is none of the service's own"
        )
    return prefix


class AimsSettings(EnvironmentSettings):
    """Answers in the manner of the ONS Address Index (AIMS), for clients that were made for it. See [AIMS](../use/aims.md)."""

    model_config = SettingsConfigDict(env_prefix="ADDRESS_MATCH_AIMS_", frozen=True, env_ignore_empty=True)

    prefix: Annotated[str, AfterValidator(_path_of_its_own)] = ""
    """Path below which it is answered so, `/aims` for one; nowhere where it is empty."""
    epoch: str = ""
    """Number of the epoch of AddressBase that the reference is of: the one that clients may ask for."""
    source: SecretStr = SecretStr("")
    """What a gateway sends in the header `Source`; where it is set, requests without it are refused."""


class OsPlacesSettings(EnvironmentSettings):
    """Answers in the manner of OS Places and OS Match & Cleanse, for clients that were made for them. See [OS Places](../use/os-places.md)."""

    model_config = SettingsConfigDict(env_prefix="ADDRESS_MATCH_OS_", frozen=True, env_ignore_empty=True)

    prefix: Annotated[str, AfterValidator(_path_of_its_own)] = ""
    """Path below which it is answered so, `/os` for one; nowhere where it is empty."""
    epoch: str = ""
    """Number of the epoch of AddressBase that the reference is of, repeated in answers."""


@dataclass(frozen=True, slots=True)
class Facades:
    """In whose manner a service answers beside its own; raises UsageError where one stands below the prefix of another."""

    aims: AimsSettings
    os_places: OsPlacesSettings

    def __post_init__(self) -> None:
        prefixes = [f"{prefix}/" for prefix in (self.aims.prefix, self.os_places.prefix) if prefix]
        if any(one.startswith(other) for one, other in permutations(prefixes, 2)):
            raise UsageError(
                "two façades cannot share a path; give --aims-prefix and --os-prefix different ones"
            )

    @property
    def epoch(self) -> str:
        """The epoch of AddressBase that the reference is of; empty where no façade is told."""
        return self.aims.epoch or self.os_places.epoch


class ServerSettings(EnvironmentSettings):
    """Bounds of the HTTP service; each can be set by an environment variable, `ADDRESS_MATCH_THREADS` for one."""

    model_config = SettingsConfigDict(env_prefix="ADDRESS_MATCH_", frozen=True)

    host: str = "127.0.0.1"
    """Loopback, so that nothing is open to a network unless someone says so."""
    port: Annotated[int, Field(ge=0, le=65535)] = 8000
    pages: bool | None = None
    """Whether pages are served, the search at `/` and that of files; unless it is said, where the service listens on this machine alone, or people sign in."""
    probe_port: Annotated[int | None, Field(ge=0, le=65535)] = None
    """On which `/healthz`, `/readyz` and `/metrics` are answered, by a process that does nothing else and sees whether requests get on. For orchestrators."""
    workers: Annotated[int, Field(ge=1, le=64)] = 1
    """Processes that serve the port together; all other bounds hold for each of them."""
    threads: Annotated[int, Field(ge=1, le=64)] = 1
    """Batches of single addresses that are matched at the same time; more than one where the index is in Elasticsearch, which is waited for."""
    waiting: Annotated[int, Field(ge=1)] = 256
    """Work that may wait for a thread, in usual addresses (a long one, an explanation counts for more); who brings more is told to come back."""
    gathered: Annotated[int, Field(ge=1, le=1_000)] = 32
    """Single addresses that are matched together at most."""
    bulk_addresses: Annotated[int, Field(ge=1)] = 1_000
    """Addresses in one bulk request at most."""
    bulk_characters: Annotated[int, Field(ge=1)] = 200_000
    """Characters of all addresses of one bulk request at most."""
    bulk_requests: Annotated[int, Field(ge=1)] = 8
    """Bulk requests that are worked on or wait; a further one is told to come back."""
    body_bytes: Annotated[int, Field(ge=1_000)] = 4_000_000
    """Size of a request's body at most."""
    connections: Annotated[int, Field(ge=1)] = 1_000
    """Connections that may be open; further ones wait until one of them is closed."""
    refusals: Annotated[int, Field(ge=1)] = 10_000
    """Requests that are refused in a second for want of room; further ones wait for that, so that refusing leaves time to answer."""
    line_bytes: Annotated[int, Field(ge=100)] = 65_536
    """Size of a request's first line, the URL above all."""
    head_bytes: Annotated[int, Field(ge=1_000)] = 98_304
    """Size of a request's first line and headers together."""
    head_seconds: Annotated[float, Field(gt=0)] = 10.0
    """How long a connection may take to send the headers of a request."""
    body_seconds: Annotated[float, Field(gt=0)] = 30.0
    """How long it may take to send the body."""
    idle_seconds: Annotated[int, Field(ge=1)] = 15
    """How long a connection may stay open without a request."""
    candidates: Annotated[int, Field(ge=1)] = 100
    """Candidates that a request may ask for at most."""
    promotion_seconds: Annotated[float, Field(gt=0)] = 1.0
    """How often the service looks whether another pair was promoted; a look is one call to the file system."""
