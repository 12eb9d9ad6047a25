"""Beside which façades the HTTP service answers: in the manner of which other services, and below which paths."""

import re
from dataclasses import dataclass
from itertools import permutations
from typing import Annotated

from pydantic import AfterValidator, SecretStr
from pydantic_settings import SettingsConfigDict

from address_match.service.errors import UsageError
from address_match.service.settings.environment_settings import EnvironmentSettings

OWN_PATHS = frozenset({"v1", "pages", "docs", "redoc", "openapi.json", "healthz", "readyz", "metrics"})
"""How the paths of the service itself begin."""


def _path_of_its_own(prefix: str) -> str:
    """Refuse a prefix that is no path, or hides routes of the service."""
    if prefix and not re.fullmatch(r"(/[A-Za-z0-9._~-]+)+", prefix):
        raise ValueError("give a path such as /aims, without a slash at its end")
    first = prefix.split("/")[1] if prefix else ""
    if first in OWN_PATHS:
        raise ValueError(
            f"what begins with /{first} is the service's own; give a path such as /aims that begins otherwise"
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
