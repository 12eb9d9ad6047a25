from pathlib import Path
from typing import Annotated

from pydantic import Field
from pydantic_settings import SettingsConfigDict

from address_match.service.settings.environment_settings import EnvironmentSettings, Names


class JobSettings(EnvironmentSettings):
    """Files that the HTTP service matches beside its requests. See [Jobs](jobs.md)."""

    model_config = SettingsConfigDict(env_prefix="ADDRESS_MATCH_", frozen=True, env_ignore_empty=True)

    jobs: Path | None = None
    """Folder in which jobs are kept; without it there are no jobs. `--jobs` goes first."""
    jobs_at_once: Annotated[int, Field(ge=1, le=64)] = 1
    """Jobs that run at the same time."""
    job_processes: Annotated[int, Field(ge=1, le=256)] = 1
    """Processes of one job, as `match --jobs` has them."""
    jobs_waiting: Annotated[int, Field(ge=1)] = 100
    """Jobs that have not ended; further ones are told to come back."""
    jobs_of_one: Annotated[int, Field(ge=1)] = 10
    """Jobs of one key that have not ended."""
    job_bytes: Annotated[int, Field(ge=1_000)] = 1_000_000_000
    """Size of a job's file at most."""
    job_free_bytes: Annotated[int, Field(ge=0)] = 1_000_000_000
    """Bytes of the disk that have to stay free."""
    job_upload_seconds: Annotated[float, Field(gt=0)] = 3_600.0
    """How long a file may take to arrive."""
    job_notify: Names = ()
    """Origins that may be notified of the end of a job, with commas between, `https://census.example` for one; none where there are none."""
    job_days: Annotated[int, Field(ge=1)] = 7
    """Days after which a job that ended, or was never started, is removed with its result."""
