"""How the HTTP service runs: its bounds, how it stands in a network, what it logs, and the tiles of its map."""

import re
from pathlib import Path
from typing import Annotated, Literal

from pydantic import AfterValidator, Field
from pydantic_settings import SettingsConfigDict

from address_match.service.settings.environment_settings import EnvironmentSettings, Names


class LogSettings(EnvironmentSettings):
    """What the HTTP service logs, on standard error. No line holds an address or a key, at any level."""

    model_config = SettingsConfigDict(env_prefix="ADDRESS_MATCH_", frozen=True)

    log_format: Literal["text", "json"] = "text"
    """Lines for people (`text`), or one JSON object a line (`json`)."""
    log_level: Literal["debug", "info", "warning", "error"] = "warning"
    """Lowest level that is logged; with `info` every request has a line, with the pattern of its route, its status and its time."""


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


class ServerSettings(EnvironmentSettings):
    """Bounds of the HTTP service; each can be set by an environment variable, `ADDRESS_MATCH_THREADS` for one."""

    model_config = SettingsConfigDict(env_prefix="ADDRESS_MATCH_", frozen=True)

    host: str = "127.0.0.1"
    """Address on which it listens; with the default no network reaches it."""
    port: Annotated[int, Field(ge=0, le=65535)] = 8000
    """Port on which it listens; 0 takes one that is free, and says which."""
    pages: bool | None = None
    """Whether pages are served, the search at `/` and that of files; by default, where the service listens on this machine alone, or people sign in."""
    probe_port: Annotated[int | None, Field(ge=0, le=65535)] = None
    """Port on which `/healthz`, `/readyz` and `/metrics` are answered, by a process that does nothing else and sees whether requests get on. For orchestrators."""
    workers: Annotated[int, Field(ge=1, le=64)] = 1
    """Processes that serve the port together; all other bounds hold for each of them."""
    threads: Annotated[int, Field(ge=1, le=64)] = 1
    """Batches of single addresses that are matched at the same time; more than one where the index is in Elasticsearch, which is waited for."""
    waiting: Annotated[int, Field(ge=1)] = 256
    """Work that may wait for a thread, in usual addresses (a long one, an explanation counts for more); further work is told to come back."""
    gathered: Annotated[int, Field(ge=1, le=1_000)] = 32
    """Single addresses that are matched together at most."""
    bulk_addresses: Annotated[int, Field(ge=1)] = 1_000
    """Addresses in one bulk request at most."""
    bulk_characters: Annotated[int, Field(ge=1)] = 200_000
    """Characters of all addresses of one bulk request at most."""
    bulk_requests: Annotated[int, Field(ge=1)] = 8
    """Bulk requests that are worked on or wait; further ones are told to come back."""
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
    """How long it may take to send the body; and how long a client may take nothing of an answer that waits for it."""
    idle_seconds: Annotated[int, Field(ge=1)] = 15
    """How long a connection may stay open without a request."""
    candidates: Annotated[int, Field(ge=1)] = 100
    """Candidates that a request may ask for at most."""
    promotion_seconds: Annotated[float, Field(gt=0)] = 1.0
    """How often the service looks whether another deployment was promoted; a look is one call to the file system."""
