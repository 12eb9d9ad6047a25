"""The page about HTTP shows what the service answers about the made-up reference."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from address_match.service.http.app import create_app
from address_match.service.settings.server_settings import ServerSettings
from tests.docs.example_index import HTTP_ANSWERS, blocks, page
from tests.integration.conftest import active_deployment

SHOWN = [json.loads(block) for block in blocks(page("docs/use/http-api.md"), "json")]


@pytest.fixture(scope="module")
def client(example_index: Path) -> Iterator[TestClient]:
    with TestClient(create_app(active_deployment(example_index), ServerSettings())) as served:
        yield served


@pytest.mark.parametrize(("named_by", "url", "place"), HTTP_ANSWERS)
def test_an_answer_is_the_one_that_the_page_shows(
    client: TestClient, named_by: str, url: str, place: list[str]
) -> None:
    shown = next(block for block in SHOWN if named_by in block)
    found = client.get(url).json()
    for name in place:
        found = found[name]
    assert _holds(found, {name: value for name, value in shown.items() if name != "request_id"})


def _holds(found: object, shown: object) -> bool:
    """Return whether an answer has all that is shown, in its order; the page leaves keys and items out, and
    probabilities differ in their last digits from machine to machine.
    """
    if isinstance(shown, dict) and isinstance(found, dict):
        return all(name in found and _holds(found[name], value) for name, value in shown.items())
    if isinstance(shown, list) and isinstance(found, list):
        left = iter(found)
        return all(any(_holds(item, one) for item in left) for one in shown)
    return bool(found == (pytest.approx(shown, abs=1e-4) if isinstance(shown, float) else shown))
