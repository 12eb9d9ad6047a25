"""The client that openapi-python-client generates from the service's own document: nothing is left out, and it asks a
running service.
"""

import json
import re
import subprocess
import sys
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from typing import Any

import httpx
import pytest

from tests.integration.conftest import environment, python
from tests.service.http.model_client import model_client, places_in
from tests.service.jobs.arrangements import jobs_in

pytest.importorskip("openapi_python_client", reason="openapi-python-client is not installed")
pytestmark = pytest.mark.slow
GENERATED = "generated_client"


def _generate(document: dict[str, Any], folder: Path) -> Path:
    """Write the client of a document; whatever its generator would leave out fails the test."""
    described, client = folder / "openapi.json", folder / GENERATED
    described.write_text(json.dumps(document), "utf-8")
    settings = folder / "settings.json"
    settings.write_text(
        json.dumps(
            {"post_hooks": [], "content_type_overrides": {"application/x-ndjson": "application/octet-stream"}}
        )
    )
    subprocess.run(
        [
            *python("-m", "openapi_python_client", "generate", "--meta", "none", "--fail-on-warning"),
            *("--path", str(described), "--output-path", str(client), "--config", str(settings)),
        ],
        check=True,
        timeout=120,
    )
    return client


@pytest.fixture(scope="module")
def service(village_index: Path) -> Iterator[str]:
    """The URL of a running service."""
    options = ("--index", str(village_index), "--port", "0")
    command = python("-m", "address_match.service.cli", "serve", *options)
    with subprocess.Popen(command, env=environment(), stderr=subprocess.PIPE, text=True) as process:
        try:
            assert process.stderr is not None
            yield re.findall(r"http://\S+:\d+", process.stderr.readline())[0]
        finally:
            process.terminate()


class Generated:
    """The modules of a generated client, and one of its clients."""

    def __init__(self, client: Any) -> None:
        self._client = client

    def ask(self, operation: str, **question: Any) -> Any:
        """Ask by the function of an operation, `lists.lists_suggestions`."""
        asked = import_module(f"{GENERATED}.api.{operation}")
        return asked.sync(client=self._client, **question)

    def model(self, name: str) -> Any:
        """The class of a shape."""
        return getattr(import_module(f"{GENERATED}.models"), name)


@pytest.fixture(scope="module")
def generated(service: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Generated]:
    folder = tmp_path_factory.mktemp("client")
    _generate(httpx.get(f"{service}/openapi.json", timeout=60).json(), folder)
    with pytest.MonkeyPatch.context() as patched:
        patched.syspath_prepend(folder)
        with import_module(f"{GENERATED}.client").Client(base_url=service) as client:
            yield Generated(client)
        for name in [name for name in sys.modules if name.partition(".")[0] == GENERATED]:
            del sys.modules[name]


def test_every_operation_of_a_service_with_all_its_parts_is_in_the_client(tmp_path: Path) -> None:
    with model_client(places_in(tmp_path), jobs_in(tmp_path / "jobs")) as asked:
        document = asked.get("/openapi.json").json()
    functions = [
        path for path in _generate(document, tmp_path).glob("api/*/*.py") if path.name != "__init__.py"
    ]
    assert len(functions) == sum(len(operations) for operations in document["paths"].values())


def test_the_client_asks_a_running_service(generated: Generated) -> None:
    matched = generated.ask("addresses.addresses_match_by_url", input_="1 thornbeck row, marlow fold")
    assert (matched.uprn, matched.candidates[0].uprn) == ("100", "100")
    typed = generated.ask("lists.lists_suggestions", q="14a thornb")
    assert typed.suggestions[0].uprn == "300"
    listed = generated.ask("lists.lists_of_postcode", postcode="ZE1 4QT")
    assert [one.uprn for one in listed.premises] == ["100", "0200", "300"]


def test_the_client_sends_several_addresses_in_one_body(generated: Generated) -> None:
    addresses = ["2 thornbeck row, marlow fold", "quernstone farm, nether lane, ostwick"]
    sent = generated.model("BulkRequest")(addresses=addresses)
    answered = generated.ask("addresses.addresses_match_all", body=sent)
    assert [answer.uprn for answer in answered.answers] == ["0200", "500"]


def test_the_client_reads_a_refusal_as_a_problem(generated: Generated) -> None:
    refused = generated.ask("addresses.addresses_match_by_url", input_="1 thornbeck row", limit=0)
    assert isinstance(refused, generated.model("Problem"))
    assert (refused.status, refused.type_.rpartition("/")[2]) == (422, "invalid-request")
