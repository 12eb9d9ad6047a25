"""What else the shipped parser offers of a text whose numbers can be read in more ways than one."""

import pytest

from address_match.models.bundle import load_bundle
from address_match.parser.address_parser import AddressParser
from address_match.parser.parsed_fields import ParsedFields
from address_match.service.matching.query.alternatives import NBEST_POLICY


@pytest.fixture(scope="module")
def shipped_parser() -> AddressParser:
    return AddressParser.load(load_bundle().parser_path)


def _numbers(fields: ParsedFields) -> tuple[str, int, int]:
    return fields.unit, fields.number, fields.number_end


@pytest.mark.parametrize(
    ("text", "others"),
    [
        ("36/41 Elm Square, Leeds", {("", 36, 41)}),
        ("2/4 Elm Road, Leeds", {("2", 4, -1)}),
        ("36 37 Elm Road, Leeds", {("", 36, 37)}),
        ("36-7 Elm Road, Leeds", {("", 36, 37)}),
        ("14-3 Elm Road, Leeds", set()),
        ("01-Mar, Elm Row, Leeds", {("", 1, 3), ("1", 3, -1), ("1/3", -1, -1), ("3/1", -1, -1)}),
        ("2/3/2024, 40 Elm Court, Leeds", {("2/3", 40, -1), ("3/2", 40, -1)}),
        ("Unit C 4 Elm Road, Leeds", {("C4", -1, -1)}),
        ("12 1/2 Elm Row, Leeds", {("1/2", 12, -1)}),
        ("12½ Elm Row, Leeds", set()),
        ("1STBOTOLPHS", set()),
        ("14 Elm Road, Leeds", set()),
    ],
)
def test_numbers_that_may_mean_two_things_are_offered_as_both(
    text: str, others: set[tuple[str, int, int]], shipped_parser: AddressParser
) -> None:
    assert {_numbers(fields) for fields in shipped_parser.parse(text).other_ways} == others


def test_crt_is_a_court_and_may_be_a_crescent(shipped_parser: AddressParser) -> None:
    parse = shipped_parser.parse("5 Elm Crt, Leeds")
    assert (parse.fields.street, [way.street for way in parse.other_ways]) == ("ELM COURT", ["ELM CRESCENT"])


@pytest.mark.parametrize(
    ("text", "field", "other"),
    [
        ("Elmley Bapt. Ch., Oak Road, Leeds", "building", "ELMLEY BAPTIST CHAPEL"),
        ("Elm Cottage (formerly The Smithy), Oak Lane, Leeds", "building", "ELM COTTAGE"),
        ("Elm Barn previously Oak Farm, Ash Lane, Leeds", "building", "ELM BARN"),
        ("36AELM ROAD, LEEDS", "suffix", "A"),
        ("1-1, 14 Elm Street, Glasgow", "unit", "1/1"),
    ],
)
def test_what_a_word_may_hide_is_offered_as_well(
    text: str, field: str, other: str, shipped_parser: AddressParser
) -> None:
    parse = shipped_parser.parse(text)
    assert getattr(parse.fields, field) != other
    assert other in [getattr(way, field) for way in parse.other_ways]


@pytest.mark.parametrize(
    "text",
    [
        "14/16 Elm Road, Leeds",
        "1R 12 Elm Road, Glasgow",
        "12 1/2 Elm Row",
        "SEVEN FOUNDRY LANE, LEEDS",
        "",
        "12",
    ],
)
def test_an_explanation_rests_on_the_same_readings_as_an_answer(
    text: str, shipped_parser: AddressParser
) -> None:
    _, shown = shipped_parser.parse_with_alternatives([text], policy=NBEST_POLICY)
    assert shown == shipped_parser.parse_addresses([text], policy=NBEST_POLICY)


def test_an_ordinal_before_a_name_may_be_the_number_of_a_saints_street(shipped_parser: AddressParser) -> None:
    (other,) = shipped_parser.parse("1ST BOTOLPHS ROAD, CROYDON").other_ways
    assert (other.number, other.street) == (1, "SAINT BOTOLPHS ROAD")
    assert shipped_parser.parse("1ST AVENUE, CROYDON").other_ways == ()


@pytest.mark.parametrize(
    ("text", "number", "street"),
    [
        ("Seven Foundry Lane, Leeds", 7, "FOUNDRY LANE"),
        ("Number Twelve, Foundry Lane, Leeds", 12, "FOUNDRY LANE"),
        ("Thirty-One Foundry Lane, Leeds", 31, "FOUNDRY LANE"),
        ("Two Mile Lane, Leeds", 2, "MILE LANE"),
    ],
)
def test_a_number_in_words_before_a_street_may_be_that_of_a_house(
    text: str, number: int, street: str, shipped_parser: AddressParser
) -> None:
    parse = shipped_parser.parse(text)
    assert parse.fields.number == -1
    assert [(other.number, other.street) for other in parse.other_ways] == [(number, street)]
