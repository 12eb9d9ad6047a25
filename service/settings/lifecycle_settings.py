"""Where the life of the models is kept: bundles, labels, facts, addresses that an owner chose to keep, and who is notified of what is found."""

from pathlib import Path
from typing import Annotated

from platformdirs import user_data_path, user_state_path
from pydantic import Field, SecretStr
from pydantic_settings import SettingsConfigDict

from address_match.service.settings.environment_settings import EnvironmentSettings


def _registry_of_the_user() -> Path:
    """Return `address-match/registry` where the system keeps the user's data: `$XDG_DATA_HOME` or `~/.local/share` on Linux."""
    return user_data_path("address-match", appauthor=False) / "registry"


def _facts_of_the_user() -> Path:
    """Return `address-match/facts` where the system keeps the state of programs."""
    return user_state_path("address-match", appauthor=False) / "facts"


def _labels_of_the_user() -> Path:
    """Return `address-match/labels` where the system keeps the user's data."""
    return user_data_path("address-match", appauthor=False) / "labels"


class RegistrySettings(EnvironmentSettings):
    """Where bundles are kept under names, and which deployment is promoted."""

    model_config = SettingsConfigDict(env_prefix="ADDRESS_MATCH_", frozen=True)

    registry: Path = Field(default_factory=_registry_of_the_user)
    """Folder of the bundles that have a name; `--registry` of a command goes first."""


class LabelSettings(EnvironmentSettings):
    """Where samples of answers and their labels are kept. They hold addresses; see [Labels](../train/labels.md)."""

    model_config = SettingsConfigDict(env_prefix="ADDRESS_MATCH_", frozen=True, env_ignore_empty=True)

    labels: Path = Field(default_factory=_labels_of_the_user)
    """Folder of the samples and their labels; `--store` of a command goes first."""


class ModelSettings(EnvironmentSettings):
    """What people who have no shell retrain and compare on, on the [page of the models](../use/model-page.md)."""

    model_config = SettingsConfigDict(env_prefix="ADDRESS_MATCH_MODEL_", frozen=True, env_ignore_empty=True)

    reference: Path | None = None
    """File of addresses, as for `index build`, from which ranker, parser and encoder are learned anew; without it they are not."""
    queries: Path | None = None
    """File of addresses with their truth, as `evaluate` takes them, on which bundles are compared; without it they are compared on labels alone."""


class FactSettings(EnvironmentSettings):
    """Where facts of answers are kept. None holds an address; see [Monitoring](monitoring.md)."""

    model_config = SettingsConfigDict(env_prefix="ADDRESS_MATCH_", frozen=True, env_ignore_empty=True)

    record: bool = True
    """Whether `serve` keeps facts of its answers; `--no-record` goes first."""
    facts: Path = Field(default_factory=_facts_of_the_user)
    """Folder in which `serve` keeps them; `--record` goes first."""
    facts_days: Annotated[int, Field(ge=1)] = 400
    """Days for which they are kept."""


class MonitorSettings(EnvironmentSettings):
    """Who is notified of what `monitor report` finds. See [Monitoring](monitoring.md#has-something-changed)."""

    model_config = SettingsConfigDict(env_prefix="ADDRESS_MATCH_MONITOR_", frozen=True)

    webhook: SecretStr = SecretStr("")
    """URL that is notified of channels that warn; none where it is empty. URLs of chats are secrets: whoever knows one can write there."""


class TextSettings(EnvironmentSettings):
    """Whether `serve` keeps addresses that it answers, encrypted, to be labelled; see [Labels](../train/labels.md#addresses-that-a-service-keeps)."""

    model_config = SettingsConfigDict(env_prefix="ADDRESS_MATCH_", frozen=True, env_ignore_empty=True)

    texts: Path | None = None
    """Folder in which they are kept; without it none are. `--keep-texts` goes first."""
    texts_key: SecretStr = SecretStr("")
    """32 bytes in base64 that they are encrypted with; several with commas between, the one to write with first."""
    texts_share: Annotated[float, Field(gt=0, le=1)] = 0.1
    """Share of the answers whose addresses are kept, drawn at random."""
    texts_a_day: Annotated[int, Field(ge=1)] = 1_000
    """Addresses that a process keeps in a day at most."""
    texts_days: Annotated[int, Field(ge=1)] = 90
    """Days for which they are kept."""
