"""Parts of buildings, link by link, with their floors and sides."""

import pytest

from address_match.parser.fields.unit import Unit, read_unit
from address_match.parser.lexicon.lexicon import Lexicon, shipped_lexicon


@pytest.fixture(scope="module")
def lexicon() -> Lexicon:
    return shipped_lexicon()


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        ("ROOM 3 FLAT 21", Unit("3 21", "ROOM FLAT")),
        ("BED 1 ROOM 3 FLAT 22", Unit("1 3 22", "BED ROOM FLAT")),
        ("FLAT 7 BLOCK A", Unit("7 A", "FLAT BLOCK")),
        ("7 BLOCK B", Unit("7 B", "PART BLOCK")),
        ("SUITE 5 UNIT 20", Unit("5 20", "SUITE UNIT")),
        ("STORAGE UNIT 3", Unit("3", "STORE")),
        ("PARKING SPACE 14", Unit("14", "PARKING")),
        ("CRYPT 4", Unit("4", "CRYPT")),
        ("CAR PORT 2", Unit("2", "CARPORT")),
        ("UNIT B 2", Unit("B2", "UNIT")),
        ("UNITS 4 5 AND 6", Unit("4-6", "UNIT")),
        ("STUDIO FLAT 3", Unit("3", "FLAT")),
        ("FLAT OVER", Unit("", "FLAT")),
        ("FLAT OVER SHOP", Unit("", "FLAT")),
        ("1ST FL R", Unit(floor="1", side="R")),
        ("FIRST FLOOR LFT", Unit(floor="1", side="L")),
        ("SUITE 4 LEVEL 3", Unit("4", "SUITE", floor="3")),
        ("FLAT 2 FLOOR", Unit(kind="FLAT", floor="2")),
        ("LEVEL 2", Unit(floor="2")),
        ("FIRST FLOOR 2", Unit("2", floor="1")),
        ("FL 2", Unit("2", "FLAT")),
        ("BF", Unit(kind="FLAT", floor="B")),
        ("MEZZANINE FLOOR", Unit(floor="M")),
        ("1F/R", Unit(floor="1", side="R")),
        ("GF/L", Unit(floor="G", side="L")),
        ("FF RR FLAT", Unit(kind="FLAT", floor="1", side="B")),
        ("TOP FLOOR LT", Unit(floor="T", side="L")),
        ("G/2", Unit("0/2")),
        ("FFLAT LLAWR CYNTAF", Unit(kind="FLAT", floor="1")),
        ("FLAT BLUE", Unit("BLUE", "FLAT")),
        ("GARGAE 3", Unit("3", "GARAGE")),
        ("APRTMENT 3", Unit("3", "FLAT")),
        ("TROOM 3", Unit("3", "TROOM")),
        ("STOP 4", Unit("4", "STOP")),
        ("MOBILE HOME 18", Unit("18", "CARAVAN")),
    ],
)
def test_a_part_is_read_with_its_kind(text: str, unit: Unit, lexicon: Lexicon) -> None:
    assert read_unit(text.split(), lexicon) == unit
