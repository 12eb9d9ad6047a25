from pathlib import Path
from typing import Annotated

from pydantic import Field, SecretStr
from pydantic_settings import SettingsConfigDict

from address_match.service.environment_settings import EnvironmentSettings


class TextSettings(EnvironmentSettings):
    """Whether `serve` keeps addresses that it answers, encrypted, to be labelled; see [Labels](../train/labels.md#addresses-that-a-service-keeps)."""

    model_config = SettingsConfigDict(env_prefix="ADDRESS_MATCH_", frozen=True, env_ignore_empty=True)

    texts: Path | None = None
    """Folder in which they are kept; none are where there is none. `--keep-texts` goes first."""
    texts_key: SecretStr = SecretStr("")
    """32 bytes in base64 that they are encrypted with; several with commas between, the one to write with first."""
    texts_share: Annotated[float, Field(gt=0, le=1)] = 0.1
    """Share of the answers whose addresses are kept, drawn at random."""
    texts_a_day: Annotated[int, Field(ge=1)] = 1_000
    """Addresses that a process keeps in a day at most."""
    texts_days: Annotated[int, Field(ge=1)] = 90
    """Days for which they are kept."""
