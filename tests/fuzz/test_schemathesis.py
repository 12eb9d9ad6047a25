"""Every operation of `/v1` and of both façades, asked what schemathesis makes of its description: nothing fails, and
answers are as described.
"""

import json
import os
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient
from hypothesis.errors import FailedHealthCheck, Unsatisfiable

from address_match.service.http.app import create_app
from address_match.service.http.service_parts import ServiceParts
from address_match.service.settings.facade_settings import AimsSettings, Facades, OsPlacesSettings
from address_match.service.settings.server_settings import ServerSettings
from tests.built_index import built_index
from tests.contracts.aims.reference import REFERENCE
from tests.contracts.aims.services import EPOCH
from tests.contracts.aims.test_document import DOCUMENT
from tests.contracts.os_places.document import document
from tests.fuzz.rounds import hold
from tests.integration.conftest import active_deployment
from tests.service.jobs.arrangements import jobs_in

schemathesis = pytest.importorskip("schemathesis", reason="schemathesis is not installed")
pytestmark = pytest.mark.slow
EXAMPLES = int(os.environ.get("ADDRESS_MATCH_TEST_EXAMPLES", "50"))
"""Requests of each operation, and as many that are wrong on purpose; `pytest -s` shows how many there were, of
operations that know fewer too.
"""
NO_ERROR = frozenset({"not_a_server_error"})
LEFT_OUT = frozenset({"positive_data_acceptance"})
"""What a document allows is refused where it names what there is not: a field, a classification, a cursor, a kind of
file. Which there are no schema says.
"""
LENIENT = LEFT_OUT | {"negative_data_rejection"}
"""AIMS takes a boolean that it cannot read for its default, and so do its jobs here; below the prefix of OS Places an
empty parameter is as good as none.
"""


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    index = built_index(tmp_path_factory.mktemp("reference"), REFERENCE)
    facades = Facades(AimsSettings(prefix="/aims", epoch=EPOCH), OsPlacesSettings(prefix="/os"))
    jobs = jobs_in(tmp_path_factory.mktemp("jobs"))
    app = create_app(active_deployment(index), ServerSettings(), ServiceParts(facades=facades, jobs=jobs))
    with TestClient(app, raise_server_exceptions=False) as asked:
        yield asked


def _own(client: TestClient) -> dict[str, Any]:
    described: dict[str, Any] = client.get("/openapi.json").json()
    return described


def _aims(_client: TestClient) -> dict[str, Any]:
    if DOCUMENT not in os.environ:
        pytest.skip(f"{DOCUMENT} names no document")
    described: dict[str, Any] = json.loads(Path(os.environ[DOCUMENT]).read_text("utf-8"))
    paths = {f"/aims{path}": operations for path, operations in described["paths"].items()}
    return {**described, "servers": [], "paths": paths}


def _aims_bulk(client: TestClient) -> dict[str, Any]:
    described: dict[str, Any] = client.get("/aims/bulk-service/openapi.json").json()
    return described


def _os_places(_client: TestClient) -> dict[str, Any]:
    return document("/os")


@pytest.mark.parametrize("mode", ["positive", "negative"])
@pytest.mark.parametrize(
    ("describe", "only", "left_out"),
    [
        (_own, None, LEFT_OUT),
        (_aims, NO_ERROR, LEFT_OUT),
        (_aims_bulk, None, LENIENT),
        (_os_places, None, LENIENT),
    ],
    ids=["own", "aims", "bulk_service", "os_places"],
)
def test_nothing_fails_and_answers_are_as_described(
    client: TestClient,
    describe: Callable[[TestClient], dict[str, Any]],
    only: frozenset[str] | None,
    left_out: frozenset[str],
    mode: str,
    subtests: pytest.Subtests,
) -> None:
    schemathesis.checks.load_all_checks()
    every = schemathesis.checks.CHECKS
    asked = every.get_by_names(sorted(only or {*every.get_all_names()} - left_out))

    sent: Counter[str] = Counter()

    def check(case: Any) -> None:
        sent[case.operation.label] += 1
        case.validate_response(_answer(client, case), checks=asked)

    for found in schemathesis.openapi.from_dict(describe(client)).get_all_operations():
        operation = found.ok()
        with subtests.test(operation.label):
            cases = operation.as_strategy(generation_mode=schemathesis.GenerationMode(mode))
            try:
                hold(EXAMPLES, check, case=cases)
            except (Unsatisfiable, FailedHealthCheck):
                pytest.skip("hardly anything of it can be wrong")
            finally:
                print(
                    f"{sent.total():,} requests so far, of them {sent[operation.label]:,} of {operation.label}"
                )


def _answer(client: TestClient, case: Any) -> Any:
    """Send a request by the client of the tests, which names some of its parts otherwise, and has cookies of its own."""
    sent = case.as_transport_kwargs(base_url=str(client.base_url))
    del sent["cookies"]
    if isinstance(body := sent.pop("data", None), str | bytes):
        sent["content"] = body
    return client.request(**sent)
