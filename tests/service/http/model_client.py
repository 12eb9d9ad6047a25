"""A client of a service that knows of a registry, in whose name a test says."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from fastapi.testclient import TestClient

from address_match.models.registry import Registry
from address_match.service.access.api_key import Role
from address_match.service.access.person import Person
from address_match.service.facts.store import FactStore
from address_match.service.jobs.jobs import Jobs
from address_match.service.lifecycle.labels.store import LabelStore
from address_match.service.lifecycle.model_places import ModelPlaces
from address_match.service.lifecycle.model_runs.model_runs import ModelRuns
from tests.service.http.service_under_test import running


def places_in(folder: Path) -> ModelPlaces:
    return ModelPlaces(
        Registry(folder / "registry"), FactStore(folder / "facts"), LabelStore(folder / "labels")
    )


@contextmanager
def model_client(
    places: ModelPlaces, jobs: Jobs | None = None, runs: ModelRuns | None = None
) -> Iterator[TestClient]:
    """A client on the service's own machine, where its user has every role until `as_person` says otherwise."""
    with running(model=places, jobs=jobs, runs=runs) as client:
        client.headers["Host"] = "127.0.0.1"
        yield client


def as_person(client: TestClient, name: str, *roles: Role) -> TestClient:
    """Have the client act in the name of somebody from now on."""
    client.app.state.local_person = Person(name, frozenset(roles))  # type: ignore[attr-defined]  # FastAPI's
    return client
