from typing import Annotated

from pydantic import Field
from pydantic_settings import BaseSettings, SettingsConfigDict


class ServerSettings(BaseSettings):
    """Bounds of the HTTP service; each can be set by an environment variable, `ADDRESS_MATCH_THREADS` for one."""

    model_config = SettingsConfigDict(env_prefix="ADDRESS_MATCH_", frozen=True)

    host: str = "127.0.0.1"
    """Loopback, so that nothing is open to a network unless someone says so."""
    port: Annotated[int, Field(ge=0, le=65535)] = 8000
    threads: Annotated[int, Field(ge=1, le=64)] = 2
    """Batches that are matched at the same time."""
    waiting: Annotated[int, Field(ge=1)] = 256
    """Single addresses that may wait for a thread; a further one is told to come back."""
    gathered: Annotated[int, Field(ge=1, le=1_000)] = 32
    """Single addresses that are matched together at most."""
    bulk_addresses: Annotated[int, Field(ge=1)] = 1_000
    """Addresses in one bulk request at most."""
    bulk_requests: Annotated[int, Field(ge=1)] = 8
    """Bulk requests that are worked on or wait; a further one is told to come back."""
    body_bytes: Annotated[int, Field(ge=1_000)] = 4_000_000
    """Size of a request's body at most."""
    candidates: Annotated[int, Field(ge=1)] = 100
    """Candidates that a request may ask for at most."""
