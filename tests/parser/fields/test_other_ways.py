import pytest

from address_match.parser.fields.other_ways import other_ways
from address_match.parser.lexicon.lexicon import shipped_lexicon
from address_match.parser.parsed_fields import ParsedFields
from address_match.parser.tokens import words_of


def _others(text: str, fields: ParsedFields) -> list[ParsedFields]:
    return list(other_ways(text, words_of(text), fields, shipped_lexicon()))


@pytest.mark.parametrize(
    ("text", "fields", "house"),
    [
        (
            "Moor-Croft, Pickering",
            ParsedFields(locality="MOOR CROFT", town="PICKERING"),
            ParsedFields(building="MOOR CROFT", town="PICKERING"),
        ),
        (
            "Bryn-Derw, Llanarth, Ceredigion",
            ParsedFields(locality="BRYN DERW LLANARTH", county="CEREDIGION"),
            ParsedFields(building="BRYN DERW", locality="LLANARTH", county="CEREDIGION"),
        ),
        (
            "Elm Lea, Bampton",
            ParsedFields(street="ELM LEA", town="BAMPTON"),
            ParsedFields(building="ELM LEA", town="BAMPTON"),
        ),
        (
            "Pantycoed, Llanarth",
            ParsedFields(building="PANTYCOED LLANARTH"),
            ParsedFields(building="PANTYCOED", locality="LLANARTH"),
        ),
    ],
)
def test_what_stands_before_a_place_may_be_a_house(
    text: str, fields: ParsedFields, house: ParsedFields
) -> None:
    assert house in _others(text, fields)


@pytest.mark.parametrize(
    ("text", "fields"),
    [
        ("Elm Road, Bampton", ParsedFields(street="ELM ROAD", town="BAMPTON")),
        ("Elm Lea Bampton", ParsedFields(street="ELM LEA", town="BAMPTON")),
        ("12 Elm Lea, Bampton", ParsedFields(number=12, street="ELM LEA", town="BAMPTON")),
        ("Elm Systems, Bampton", ParsedFields(organisation="ELM SYSTEMS", locality="BAMPTON")),
    ],
)
def test_a_road_a_numbered_street_and_a_business_are_no_house(text: str, fields: ParsedFields) -> None:
    assert not any(other.building for other in _others(text, fields))


@pytest.mark.parametrize(
    ("text", "fields", "other"),
    [
        (
            "IO Elm Row",
            ParsedFields(building="IO", street="ELM ROW"),
            ParsedFields(number=10, street="ELM ROW"),
        ),
        ("1R, 12 Elm Row", ParsedFields(unit="1R", number=12), ParsedFields(floor="1", side="R", number=12)),
        (
            "Flat G/L, 12 Elm Row",
            ParsedFields(unit="G/L", unit_kind="FLAT", number=12),
            ParsedFields(floor="G", side="L", unit_kind="FLAT", number=12),
        ),
        (
            "2/F, 12 Elm Row",
            ParsedFields(floor="2", side="F", number=12),
            ParsedFields(floor="2", number=12),
        ),
        (
            "Forty one Elm Row",
            ParsedFields(building="FORTY ONE", street="ELM ROW"),
            ParsedFields(number=41, street="ELM ROW"),
        ),
        (
            "3 2 Trees Row",
            ParsedFields(unit="3", number=2, street="TREES ROW"),
            ParsedFields(number=3, street="TWO TREES ROW"),
        ),
        (
            "3 Gables, Elm Row",
            ParsedFields(unit="3", building="GABLES", street="ELM ROW"),
            ParsedFields(building="THREE GABLES", street="ELM ROW"),
        ),
        (
            "Ground 1, 12 Elm Row",
            ParsedFields(unit="1", floor="G", number=12, street="ELM ROW"),
            ParsedFields(unit="0/1", number=12, street="ELM ROW"),
        ),
        (
            "Flat A3, Elm Row",
            ParsedFields(unit="A3", unit_kind="FLAT", street="ELM ROW"),
            ParsedFields(unit="3 A", unit_kind="FLAT BLOCK", street="ELM ROW"),
        ),
        (
            "Unit 3, Block A, Elm Row",
            ParsedFields(unit="3 A", unit_kind="UNIT BLOCK", street="ELM ROW"),
            ParsedFields(unit="A3", unit_kind="UNIT", street="ELM ROW"),
        ),
        (
            "17, 17 Elm Row",
            ParsedFields(unit="17", number=17, street="ELM ROW"),
            ParsedFields(number=17, street="ELM ROW"),
        ),
        (
            "Unit 1O, Elm Row",
            ParsedFields(unit="1O", unit_kind="UNIT", street="ELM ROW"),
            ParsedFields(unit="10", unit_kind="UNIT", street="ELM ROW"),
        ),
        (
            "1I Elm Row",
            ParsedFields(number=1, suffix="I", street="ELM ROW"),
            ParsedFields(number=11, street="ELM ROW"),
        ),
    ],
)
def test_what_a_number_may_say_otherwise_is_offered(
    text: str, fields: ParsedFields, other: ParsedFields
) -> None:
    assert _others(text, fields) == [other]


@pytest.mark.parametrize(
    ("text", "fields"),
    [
        ("Flat 1A, 12 Elm Row", ParsedFields(unit="1A", unit_kind="FLAT", number=12)),
        ("2F/F, 12 Elm Row", ParsedFields(floor="2", side="F", number=12)),
        ("Ground Floor Flat 1, 12 Elm Row", ParsedFields(unit="1", unit_kind="FLAT", floor="G", number=12)),
        ("Flat 3, 2 Elm Row", ParsedFields(unit="3", unit_kind="FLAT", number=2, street="ELM ROW")),
        ("3 Elm Cottages, Elm Row", ParsedFields(unit="3", building="ELM COTTAGES", street="ELM ROW")),
        ("Unit A3, Elm Row", ParsedFields(unit="A3", unit_kind="UNIT", street="ELM ROW")),
    ],
)
def test_what_can_be_read_in_one_way_is_not_offered_in_two(text: str, fields: ParsedFields) -> None:
    assert _others(text, fields) == []


def test_a_letter_and_a_number_apart_may_be_a_flat_and_its_house_or_a_flat_of_a_block() -> None:
    fields = ParsedFields(unit="A3", unit_kind="FLAT", street="ELM ROW")
    assert _others("Flat A 3, Elm Row", fields) == [
        ParsedFields(unit="A", unit_kind="FLAT", number=3, street="ELM ROW"),
        ParsedFields(unit="3 A", unit_kind="FLAT BLOCK", street="ELM ROW"),
    ]


def test_flat_g2_may_be_on_the_ground_floor_or_of_block_g() -> None:
    others = _others("Flat G2, 12 Elm Row", ParsedFields(unit="G2", unit_kind="FLAT", number=12))
    assert [(other.unit, other.unit_kind) for other in others] == [("0/2", "FLAT"), ("2 G", "FLAT BLOCK")]
