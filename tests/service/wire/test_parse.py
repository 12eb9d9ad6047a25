import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from address_match.parser.address_parser import AddressParser
from address_match.service.wire.parse import parse_object
from address_match.service.wiring import open_parser


@pytest.fixture(scope="module")
def parser() -> AddressParser:
    """The parser of the shipped bundle."""
    return open_parser()


def test_a_parse_is_written_with_its_spans_values_and_finer_readings(parser: AddressParser) -> None:
    written = parse_object(parser.parse("Flat 03, 14 Elm Rd, Leeds"))
    assert [(c["label"], c["value"], c["start"], c["end"]) for c in written["components"]] == [
        ("SubBuildingName", "FLAT 3", 0, 7),
        ("BuildingNumber", "14", 9, 11),
        ("StreetName", "ELM ROAD", 12, 18),
        ("TownName", "LEEDS", 20, 25),
    ]
    assert (written["components"][0]["unit"], written["components"][1]["number"]) == ("3", 14)
    assert "alternatives" not in written


def test_each_alternative_covers_the_tokens_with_its_own_components(parser: AddressParser) -> None:
    written = parse_object(parser.parse("14 elm rd leeds", nbest=3))
    assert len(written["alternatives"]) == 3
    for way in written["alternatives"]:
        assert " ".join(run["text"] for run in way["components"]) == "14 ELM RD LEEDS"
        assert len(way["labels"]) == 4


@settings(max_examples=60)
@given(st.text(max_size=60))
def test_any_parse_is_json_and_its_components_hold_its_tokens(parser: AddressParser, text: str) -> None:
    parse = parser.parse(text, nbest=1)
    written = json.loads(json.dumps(parse_object(parse)))
    assert written["input"] == text
    assert " ".join(c["text"] for c in written["components"]) == " ".join(
        t["text"] for t in written["tokens"]
    )
    for component in parse.components:
        tokens = [
            t for t in parse.tokens if component.start <= t.token.start and t.token.end <= component.end
        ]
        assert {t.label for t in tokens} == {component.label}
        assert component.probability <= min(t.probability for t in tokens) + 1e-9
