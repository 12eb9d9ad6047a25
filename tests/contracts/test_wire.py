"""One shape on the wire: an answer, its explanation and a parse are the same over HTTP, on the command line and in
files.
"""

import csv
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient
from pydantic import TypeAdapter

from address_match.service.cli import main
from address_match.service.http.addresses.responses import FoundPremises, PremisesPage, Suggestions
from address_match.service.http.app import create_app
from address_match.service.settings.server_settings import ServerSettings
from address_match.service.wire.answer import AddressAnswer
from tests.built_index import built_index
from tests.integration.conftest import REFERENCE, active_deployment

TEXTS = [
    "2 thornbeck row ze1 4qt",
    "flat 4 osier court quern street marlow fold",
    "nowhere lane, aberystwyth",
    "rear of 14a, thornbeck rów",
    " ",
]
LIMIT = 4


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return built_index(tmp_path_factory.mktemp("wire"), REFERENCE)


@pytest.fixture(scope="module")
def client(index: Path) -> Iterator[TestClient]:
    with TestClient(create_app(active_deployment(index), ServerSettings())) as served:
        yield served


@pytest.fixture(scope="module")
def answers(client: TestClient) -> list[dict[str, Any]]:
    """The answers over HTTP, explained."""
    asked = [{"input": text, "limit": LIMIT, "explain": True} for text in TEXTS]
    return [client.post("/v1/addresses", json=body).json() for body in asked]


@pytest.fixture(scope="module")
def parses(client: TestClient) -> list[dict[str, Any]]:
    """The parses over HTTP, with the two best of each address."""
    return [client.get("/v1/parse", params={"input": text, "nbest": 2}).json() for text in TEXTS]


@pytest.mark.parametrize(
    ("path", "shape"),
    [
        ("/v1/addresses?input=2+thornbeck+row&fields=source,latitude,postcode&explain=true", AddressAnswer),
        ("/v1/addresses?input=9+thornbeck+row+ze1+4qt&limit=2", AddressAnswer),
        ("/v1/postcodes/ze14qt?fields=status,postcode", PremisesPage),
        ("/v1/postcodes/ZE1", PremisesPage),
        ("/v1/suggest?q=thornb", Suggestions),
        ("/v1/random", FoundPremises),
    ],
)
def test_http_writes_what_its_shapes_name_in_their_order(path: str, shape: Any, client: TestClient) -> None:
    """It is not validated on its way."""
    written = client.get(path).content
    described = TypeAdapter(shape)
    assert described.dump_json(described.validate_json(written)) == written


def _printed(capsys: pytest.CaptureFixture[str], *arguments: object) -> Any:
    assert main([str(each) for each in arguments]) == 0
    return json.loads(capsys.readouterr().out)


def _matched_file(index: Path, folder: Path) -> list[dict[str, str]]:
    """The rows of a file of the addresses, matched by the full search."""
    addresses, answers = folder / "in.csv", folder / "out.csv"
    with addresses.open("w", newline="") as stream:
        csv.writer(stream).writerows([["address"], *([text] for text in TEXTS)])
    options = ("--top", str(LIMIT), "--explain", "--thorough")
    assert main(["match", str(addresses), "--index", str(index), "--out", str(answers), *options]) == 0
    with answers.open(newline="") as stream:
        return list(csv.DictReader(stream))


@pytest.mark.parametrize("row", range(len(TEXTS)))
def test_find_prints_the_answer_of_http(
    row: int, index: Path, answers: list[dict[str, Any]], capsys: pytest.CaptureFixture[str]
) -> None:
    options = ("--index", index, "--top", LIMIT, "--explain", "--json")
    assert _printed(capsys, "find", TEXTS[row], *options) == answers[row]


def test_one_address_is_told_which_part_is_not_held_and_addresses_in_bulk_are_not(
    client: TestClient, answers: list[dict[str, Any]]
) -> None:
    assert [a["not_held"] and a["not_held"]["text"] for a in answers][:2] == [None, "flat 4"]
    in_bulk = client.post("/v1/bulk", json={"addresses": TEXTS}).json()["answers"]
    assert [a for a in in_bulk if "not_held" in a] == []


@pytest.mark.parametrize("row", range(len(TEXTS)))
def test_explain_prints_the_answer_of_http_with_all_candidates(
    row: int, index: Path, answers: list[dict[str, Any]], capsys: pytest.CaptureFixture[str]
) -> None:
    printed = _printed(capsys, "explain", TEXTS[row], "--index", index, "--json")
    assert printed["candidates"][:LIMIT] == answers[row]["candidates"]
    assert {**printed, "candidates": answers[row]["candidates"]} == answers[row]


def test_explain_shows_what_speaks_for_the_premises_that_is_asked_about(
    index: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    asked = ("explain", "thornbeck row, marlow fold", "--index", index, "--json")
    shown = {c["uprn"] for c in _printed(capsys, *asked)["explanation"]["candidates"]}
    other = ({"100", "0200", "300", "400", "500"} - shown).pop()
    with_it = _printed(capsys, *asked, "--uprn", other)["explanation"]["candidates"]
    assert {c["uprn"] for c in with_it} == {*shown, other}


def test_a_matched_file_holds_the_candidates_and_the_explanation_of_http(
    index: Path, answers: list[dict[str, Any]], tmp_path: Path
) -> None:
    rows = _matched_file(index, tmp_path)
    assert [json.loads(row["match_explanation"]) for row in rows] == [a["explanation"] for a in answers]
    rounded = [[{**c, "probability": round(c["probability"], 6)} for c in a["candidates"]] for a in answers]
    assert [json.loads(row["match_candidates"]) for row in rows] == rounded


@pytest.mark.parametrize("row", range(len(TEXTS)))
def test_the_command_line_prints_the_parse_of_http(
    row: int, index: Path, parses: list[dict[str, Any]], capsys: pytest.CaptureFixture[str]
) -> None:
    options = ("--index", index, "--nbest", "2", "--json")
    assert _printed(capsys, "parse", TEXTS[row], *options) == parses[row]


def test_a_parsed_file_holds_the_parses_of_http(
    index: Path, parses: list[dict[str, Any]], tmp_path: Path
) -> None:
    (tmp_path / "in.txt").write_text("".join(f"{text}\n" for text in TEXTS))
    files = ("--input", str(tmp_path / "in.txt"), "--output", str(tmp_path / "out.ndjson"))
    assert main(["parse", *files, "--index", str(index), "--nbest", "2"]) == 0
    lines = (tmp_path / "out.ndjson").read_text().splitlines()
    assert [json.loads(line) for line in lines] == parses


def test_every_field_of_a_parsed_component_is_described(client: TestClient) -> None:
    described = client.get("/openapi.json").json()["components"]["schemas"]["ParsedComponent"]["properties"]
    assert described["start"]["description"] == "First character in the input, inclusive."
    assert described["unit_kind"]["description"] == "FLAT, UNIT, ROOM, …"
