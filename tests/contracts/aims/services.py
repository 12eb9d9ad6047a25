"""Services that the tables are asked of: ours, in each state that a row presupposes, or the one at a URL."""

import os
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NoReturn

import httpx
import pytest
from fastapi.testclient import TestClient

from address_match.indexer.errors import EngineUnavailableError
from address_match.service.access.api_key import Role
from address_match.service.access.guard import Guard
from address_match.service.access.key_file import KeyFile
from address_match.service.http.app import create_app
from address_match.service.http.deployments.deployment import ActiveDeployment, LeasedDeployment
from address_match.service.http.errors import OverloadedError
from address_match.service.http.service_parts import ServiceParts
from address_match.service.settings.access_settings import AccessSettings
from address_match.service.settings.facade_settings import AimsSettings, Facades, OsPlacesSettings
from address_match.service.settings.server_settings import ServerSettings
from tests.contracts.aims.tables import ErrorRow
from tests.integration.conftest import active_deployment
from tests.service.http.service_under_test import DEPLOYMENT, SmallPipeline

URL = "ADDRESS_MATCH_TEST_AIMS_URL"
"""Variable that names another service to ask, with its prefix; it is asked what needs nothing arranged."""
PREFIX = "/aims"
EPOCH = "39"
SOURCE = "gateway"


@dataclass(frozen=True, slots=True)
class Service:
    """What is asked, and what its callers have to show."""

    client: httpx.Client | TestClient
    base: str
    key: str = ""

    def ask(self, method: str, request: str, body: str = "", headers: Mapping[str, str] | None = None) -> Any:
        """Send a request; where a body is sent it is JSON, unless the headers say otherwise."""
        sent = {"content-type": "application/json"} if body else {}
        sent |= {name: self._filled(name, value) for name, value in (headers or {}).items()}
        return self.client.request(method, self.base + request, content=body or None, headers=sent)

    def _filled(self, name: str, value: str) -> str:
        valid = SOURCE if name.lower() == "source" else self.key
        return value.replace("VALID", valid).replace("WRONG", "amk_000000000000_wrong")


class Services:
    """Ours, in each state, started when the first row asks for it; or the one at a URL, in the state that it is in."""

    def __init__(self, index: Callable[[], Path], keys: Path, started: ExitStack) -> None:
        self._index = index
        self._keys = keys
        self._started = started
        self._services: dict[str, Service] = {}

    def for_row(self, row: ErrorRow) -> Service:
        """Return a service in the state that a row presupposes; leaves the row out where it cannot be had."""
        state = state_of(row)
        if URL in os.environ and state != "well":
            pytest.skip(f"a service at a URL is not brought into the state {state!r}")
        return self.get(state)

    def get(self, state: str) -> Service:
        """Return the service in a state: well, guarded, failing or busy."""
        if state not in self._services:
            self._services[state] = self._start(state)
        return self._services[state]

    def _start(self, state: str) -> Service:
        if url := os.environ.get(URL):
            return Service(self._started.enter_context(httpx.Client(timeout=30)), url.rstrip("/"))
        if state == "guarded":
            key = KeyFile(self._keys).add("census", Role.READER)[1]
            guard = Guard.of(AccessSettings(keys=self._keys, key_rate=100_000))
            return Service(self._running(active_deployment(self._index()), guard, SOURCE), PREFIX, key)
        if state == "well":
            return Service(self._running(active_deployment(self._index())), PREFIX)
        error = EngineUnavailableError("gone") if state == "failing" else OverloadedError("busy")
        pipeline = FailingPipeline(error)
        return Service(self._running(ActiveDeployment(LeasedDeployment(DEPLOYMENT, pipeline))), PREFIX)

    def _running(self, active: ActiveDeployment, guard: Guard | None = None, source: str = "") -> TestClient:
        aims = AimsSettings.model_validate({"prefix": PREFIX, "epoch": EPOCH, "source": source})
        app = create_app(
            active, ServerSettings(), ServiceParts(guard=guard, facades=Facades(aims, OsPlacesSettings()))
        )
        return self._started.enter_context(TestClient(app, raise_server_exceptions=False))


def state_of(row: ErrorRow) -> str:
    """Return in which state a service answers a row as the table says."""
    if row.needs & {"source", "key"}:
        return "guarded"
    if "breaker-on" in row.needs:
        return "busy"
    return "failing" if row.needs & {"backend-fails", "probe-fails"} else "well"


class FailingPipeline(SmallPipeline):
    """Fails whatever it is asked, except for parses."""

    def __init__(self, error: Exception) -> None:
        super().__init__()
        self._error = error
        self.retriever = FailingLists(error)  # type: ignore[assignment]  # it has no premises

    def match(self, *_: object, **__: object) -> NoReturn:
        raise self._error


class FailingLists:
    """Fails whatever it is asked to list."""

    def __init__(self, error: Exception) -> None:
        self._error = error

    @property
    def directory(self) -> NoReturn:
        raise self._error

    def lookup_all(self, *_: object) -> NoReturn:
        raise self._error

    def in_postcode(self, *_: object) -> NoReturn:
        raise self._error

    def columns_in_postcode(self, *_: object) -> NoReturn:
        raise self._error

    def on_street(self, *_: object) -> NoReturn:
        raise self._error

    def columns_on_street(self, *_: object) -> NoReturn:
        raise self._error

    def lying_in(self, *_: object) -> NoReturn:
        raise self._error

    def random_uprns(self, *_: object) -> NoReturn:
        raise self._error

    def ping(self) -> None:
        raise self._error

    def close(self) -> None:
        pass


@contextmanager
def services(index: Callable[[], Path], keys: Path) -> Iterator[Services]:
    """Keep what is started for as long as the context lasts."""
    with ExitStack() as started:
        yield Services(index, keys, started)


def first_code(answer: Any) -> int:
    """Return the code of the first error of an answer, 0 where it holds none."""
    errors = answer.get("errors") if isinstance(answer, dict) else None
    return errors[0]["code"] if errors else 0
