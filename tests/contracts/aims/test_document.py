"""The paths and parameters that AIMS's own OpenAPI document names are known here. It is Crown copyright, so that it is
not kept in this repository.
"""

import json
import os
from pathlib import Path
from typing import Any

import pytest

from address_match.service.http.aims.calls import GET, POST
from address_match.service.http.aims.parameters import BOOSTS, FLAGS, NUMBERS, WORDS

DOCUMENT = "ADDRESS_MATCH_TEST_AIMS_OPENAPI"
"""Variable that names the file of the document, `ai-openapi.json` of `aims-api`."""
TEXTS = {"input", "epoch", "classificationfilter", "rangekm", "lat", "lon", "uprn"}


@pytest.fixture(scope="module")
def operations() -> list[tuple[str, str, Any]]:
    """Method, path and description of each."""
    if DOCUMENT not in os.environ:
        pytest.skip(f"{DOCUMENT} names no document")
    paths = json.loads(Path(os.environ[DOCUMENT]).read_text("utf-8"))["paths"]
    return [(method, path, told) for path, methods in paths.items() for method, told in methods.items()]


def test_every_path_is_answered(operations: list[tuple[str, str, Any]]) -> None:
    known = {("get", path) for path in GET} | {("post", path) for path in POST}
    assert len(operations) == 20
    assert {(method, path) for method, path, _ in operations} <= known


def test_every_parameter_is_known(operations: list[tuple[str, str, Any]]) -> None:
    named = {one["name"] for _, _, told in operations for one in told.get("parameters", ())}
    assert named <= {*NUMBERS, *FLAGS, *WORDS, *BOOSTS, *TEXTS}
