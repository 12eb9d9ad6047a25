"""Whatever is asked, the answer is an envelope of AIMS that says its own status, and never an error of the service."""

from collections.abc import Iterator

import pytest
from fastapi.testclient import TestClient
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from address_match.service.http.aims.calls import GET, POST
from address_match.service.http.aims.parameters import BOOSTS, FLAGS, NUMBERS, WORDS
from tests.service.http.aims.factories import answering

NAMES = [*NUMBERS, *FLAGS, *WORDS, *BOOSTS, "input", "epoch", "classificationfilter", "rangekm", "lat", "lon"]
ODD = st.sampled_from(
    [
        "",
        " ",
        "*",
        "0",
        "-1",
        "1",
        "5000",
        "9" * 30,
        "1e400",
        "NaN",
        "Infinity",
        "true",
        "AB1",
        "AB1 2CD",
        "RD*",
        "''",
    ]
)
VALUES = ODD | st.text(max_size=30)
IN_PATH = st.text(st.characters(exclude_characters="/?#%", exclude_categories=["C"]), min_size=1, max_size=20)
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=9),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=9), inner, max_size=3),
)
ROUNDS = settings(max_examples=150, derandomize=True, suppress_health_check=[HealthCheck.too_slow])


@pytest.fixture(scope="module")
def client() -> Iterator[TestClient]:
    with answering() as served:
        yield served


@ROUNDS
@given(st.sampled_from(sorted(GET)), IN_PATH, st.dictionaries(st.sampled_from(NAMES), VALUES, max_size=6))
def test_any_parameters_are_answered(
    client: TestClient, pattern: str, named: str, sent: dict[str, str]
) -> None:
    path = pattern.replace("{uprn}", named).replace("{postcode}", named)
    answer = client.get(f"/aims{path}", params=sent)
    assert answer.status_code in {200, 400, 404}
    assert answer.json().get("status", {"code": 200})["code"] == answer.status_code


@ROUNDS
@given(st.sampled_from(sorted(POST)), JSON, st.dictionaries(st.sampled_from(NAMES), VALUES, max_size=3))
def test_any_body_is_answered(client: TestClient, path: str, body: object, sent: dict[str, str]) -> None:
    answer = client.post(f"/aims{path}", json={"addresses": body, "uprns": body}, params=sent)
    assert answer.status_code in {200, 400}
    assert answer.json()["status"]["code"] == answer.status_code
