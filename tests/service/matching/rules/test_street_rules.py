from collections.abc import Mapping, Sequence
from dataclasses import replace

import pytest

from address_match.parser.parsed_fields import ParsedFields
from address_match.service.matching.features.streets.compare_streets import StreetIdentity, compare_streets
from address_match.service.matching.features.table import FeatureTable, compare
from address_match.service.matching.rules.street_rules import (
    has_the_postcode_of_a_namesake,
    has_the_street_alone,
    names_only_a_street,
    stands_on_another_street,
)
from tests.service.matching.factories import Held, pairs_of

MILL_LANE = {"MILL LANE": ["OTLEY", "LS214"]}


def compared(
    asked: str, held: str, *, postcode: str = "", streets: Mapping[str, Sequence[str]] | None = None
) -> FeatureTable:
    query = ParsedFields(number=5, street=asked, town="OTLEY", postcode=postcode)
    fields = ParsedFields(number=5, street=held, town="OTLEY", postcode="LS214QT")
    text = Held(f"5 {held}, OTLEY, LS21 4QT", fields)
    return compare(pairs_of(query, [text], f"5 {asked} OTLEY", streets=streets))


def on_another(
    asked: str, held: str, *, postcode: str = "", streets: Mapping[str, Sequence[str]] | None = None
) -> bool:
    return bool(stands_on_another_street(compared(asked, held, postcode=postcode, streets=streets))[0])


@pytest.mark.parametrize(
    ("asked", "held", "level"),
    [
        ("MILL LANE", "MILL LANE", StreetIdentity.SAME),
        ("CORN MILL ROAD", "CORNMILL ROAD", StreetIdentity.RESPELLED),
        ("SAINT MARY STREET", "SAINT MARYS STREET", StreetIdentity.SAME),
        ("SAINT MARY STREET", "SAINT STREET", StreetIdentity.QUERY_SAYS_MORE),
        ("STRYD TANRHIW", "TANRHIW STREET", StreetIdentity.RESPELLED),
        ("TANFEILD ROAD", "TANFIELD ROAD", StreetIdentity.RESPELLED),
        ("MILL LANE", "MALL LANE", StreetIdentity.OTHER_WORD),
        ("MILL LANE", "MLIL LANE", StreetIdentity.NEARLY),
        ("MILL LANE", "HILL LANE", StreetIdentity.OTHER_WORD),
        ("THIRTIETH AVENUE", "THIRTEENTH AVENUE", StreetIdentity.OTHER_QUALIFIER),
        ("13TH AVENUE", "THIRTEENTH AVENUE", StreetIdentity.RESPELLED),
        ("GUUBBON RISE", "GYBBON RISE", StreetIdentity.NEARLY),
        ("HARTLAND GROVE", "HARTLEY GROVE", StreetIdentity.OTHER),
        ("MARSHALL STREET", "MARSH STREET", StreetIdentity.OTHER),
        ("LANE", "LONG LANE", StreetIdentity.QUALIFIER_UNSAID),
        ("GREEN", "GREEN STREET", StreetIdentity.TYPE_UNSAID),
        ("ALDER STREET", "ALDER ROAD", StreetIdentity.OTHER_TYPE),
        ("COPSE CRESCENT", "WAYSIDE CRESCENT", StreetIdentity.OTHER),
        ("ACLAND", "ACLAND ROAD", StreetIdentity.TYPE_UNSAID),
        ("CHURCH LANE", "CHURCH HILL LANE", StreetIdentity.TYPE_UNSAID),
        ("ALDER COURT KING STREET", "ALDER KING STREET", StreetIdentity.BOTH_NAMED),
        ("ALDER CLOSE", "ALDER ROAD", StreetIdentity.OTHER_TYPE),
        ("MILL LANE", "MILL LANE EAST", StreetIdentity.QUALIFIER_UNSAID),
        ("MILL LANE EAST", "MILL LANE", StreetIdentity.OTHER_QUALIFIER),
        ("MILL LANE EAST", "MILL LANE WEST", StreetIdentity.OTHER_QUALIFIER),
        ("MILL STREET", "BACK MILL STREET", StreetIdentity.OTHER_QUALIFIER),
        ("MILL FARM", "MILL FARM COTTAGES", StreetIdentity.OTHER_QUALIFIER),
        ("BREWERY COTTAGES", "THE BREWERY", StreetIdentity.OTHER_QUALIFIER),
        ("THIRD AVENUE", "FOURTH AVENUE", StreetIdentity.OTHER_QUALIFIER),
        ("WESTLEA", "EASTLEA", StreetIdentity.OTHER_QUALIFIER),
        ("LOW ROAD", "LOWER ROAD", StreetIdentity.QUALIFIER_UNSAID),
        ("JAMES STREET", "SAINT JAMES STREET", StreetIdentity.OTHER_SAINT),
        ("SAINT JAMES STREET", "JAMES STREET", StreetIdentity.OTHER_SAINT),
        ("ALBERT STREET", "PRINCE ALBERT STREET", StreetIdentity.CANDIDATE_BEGINS_EARLIER),
        ("ESPLANADE", "THE ESPLANADE", StreetIdentity.CANDIDATE_SAYS_MORE),
        ("PARK VIEW PROSPECT PLACE", "PARK VIEW", StreetIdentity.QUERY_SAYS_MORE),
        ("RED KITE ROAD", "KITE ROAD", StreetIdentity.QUERY_BEGINS_EARLIER),
        ("BURLEIGH STREET", "HIGH STREET", StreetIdentity.OTHER),
    ],
)
def test_streets_are_compared_word_by_word(asked: str, held: str, level: StreetIdentity) -> None:
    assert StreetIdentity(compare_streets(asked, held)) is level


def test_a_longer_namesake_needs_the_postcode() -> None:
    assert on_another("ALBERT STREET", "PRINCE ALBERT STREET")
    assert not on_another("ALBERT STREET", "PRINCE ALBERT STREET", postcode="LS214QT")


@pytest.mark.parametrize(
    ("asked", "held", "another"),
    [
        ("BIRCH CLOSE", "ALDER CLOSE", True),
        ("STATION LANE", "MILL LANE", True),
        ("SAINT LAWRENCE ROAD", "SAINT LEONARDS ROAD", True),
        ("PRINCESWAY", "QUEENSWAY", True),
        ("MAES Y MEILLION", "MAES Y DDERWEN", True),
        ("ALDR CLOSE", "ALDER CLOSE", False),
        ("ELDER CLOSE", "ALDER CLOSE", False),
        ("FOTHERGIL ROAD", "PHOTHERGILL ROAD", False),
        ("K GEORGE WAY", "KING GEORGE WAY", False),
        ("HEOL YR YSGOL", "SCHOOL ROAD", False),
    ],
)
def test_a_street_of_another_name_is_another_in_the_asked_postcode_too_unless_it_may_be_misspelt(
    asked: str, held: str, *, another: bool
) -> None:
    assert on_another(asked, held, postcode="LS214QT") is another


def test_a_premises_of_the_asked_name_and_postcode_may_stand_on_a_street_of_another_name() -> None:
    query = ParsedFields(number=5, building="SYCAMORE HOUSE", street="BIRCH CLOSE", postcode="LS214QT")
    held = Held("SYCAMORE HOUSE, 5 ALDER CLOSE, LS21 4QT", replace(query, street="ALDER CLOSE"))
    named, unnamed = query, replace(query, building="")
    assert [
        bool(stands_on_another_street(compare(pairs_of(asked, [held], f"{asked.building} 5 BIRCH CLOSE")))[0])
        for asked in (named, unnamed)
    ] == [False, True]


@pytest.mark.parametrize("postcode", ["", "LS214QT"])
def test_a_numeral_and_a_saint_are_never_another_one(postcode: str) -> None:
    assert on_another("SECOND AVENUE", "FIRST AVENUE", postcode=postcode)
    assert on_another(
        "JAMES STREET", "SAINT JAMES STREET", postcode=postcode, streets={"JAMES STREET": ["OTLEY"]}
    )


@pytest.mark.parametrize("postcode", ["", "LS214QT"])
def test_a_qualifier_that_the_candidate_lacks_is_another_street(postcode: str) -> None:
    assert on_another("MILL LANE EAST", "MILL LANE", postcode=postcode)


def test_another_type_may_be_it_where_the_postcode_agrees_and_the_asked_street_is_not_there() -> None:
    assert not on_another("MILL LANE", "MILL ROAD", postcode="LS214QT")
    assert on_another("MILL LANE", "MILL ROAD", postcode="LS214QT", streets=MILL_LANE)
    assert on_another("MILL LANE", "MILL ROAD")


def test_a_slip_may_be_it_unless_the_asked_street_is_held() -> None:
    assert not on_another("MILL LANE", "MLIL LANE")
    assert on_another("MILL LANE", "MLIL LANE", streets=MILL_LANE)
    assert not on_another("SADLER WAY", "SADDLER WAY", streets={"SADLER WAY": ["OTLEY"]})


@pytest.mark.parametrize(
    ("asked", "postcode", "another"),
    [("LUKE STREET", "", True), ("LUKE STREET", "LS214QT", False), ("XUKE STREET", "", False)],
)
def test_a_short_word_that_is_held_and_differs_in_a_letter_is_no_slip(
    asked: str, postcode: str, *, another: bool
) -> None:
    query = ParsedFields(number=5, street=asked, town="OTLEY", postcode=postcode)
    fields = ParsedFields(number=5, street="DUKE STREET", town="OTLEY", postcode="LS214QT")
    held = [
        Held("5 DUKE STREET, OTLEY, LS21 4QT", fields),
        Held("LUKE HOUSE, OTLEY", ParsedFields(building="LUKE HOUSE")),
    ]
    on_other = stands_on_another_street(compare(pairs_of(query, held, f"5 {asked} OTLEY")))
    assert bool(on_other[0]) is another


@pytest.mark.parametrize(("asked", "another"), [("ROSS LANE", True), ("ROZE LANE", False)])
def test_a_short_word_after_which_streets_are_called_is_no_slip_of_another(
    asked: str, *, another: bool
) -> None:
    assert on_another(asked, "ROSE LANE") is another
    assert not on_another(asked, "ROSE LANE", postcode="LS214QT")


def test_a_building_read_as_part_of_the_street_is_no_other_street() -> None:
    streets = {"ALDER KING STREET": ["OTLEY"]}
    assert not on_another("ALDER KING STREET", "ALDER COURT KING STREET", streets=streets)


def test_a_street_with_the_words_of_a_place_behind_it_is_that_street_where_the_postcode_agrees() -> None:
    streets = {"PARK VIEW KENTISH": ["OTLEY", "LS214"]}
    assert not on_another("PARK VIEW KENTISH", "PARK VIEW", postcode="LS214QT", streets=streets)
    assert on_another("PARK VIEW KENTISH", "PARK VIEW", streets=streets)


def test_a_text_may_name_two_streets() -> None:
    query = ParsedFields(number=5, street="MILL STREET", town="OTLEY")
    text = Held(
        "5 TANNERY YARD, MILL STREET, OTLEY", ParsedFields(number=5, street="TANNERY YARD", town="OTLEY")
    )
    assert not stands_on_another_street(compare(pairs_of(query, [text], "5 MILL STREET OTLEY")))[0]


def test_a_street_that_stands_only_in_the_letters_of_another_is_not_named() -> None:
    query = ParsedFields(number=14, street="GREEN", town="OTLEY")
    text = Held("14 GREENWAY, OTLEY", ParsedFields(number=14, street="GREENWAY", town="OTLEY"))
    assert stands_on_another_street(compare(pairs_of(query, [text], "14 GREEN OTLEY")))[0]


def test_a_street_alone_names_no_premises() -> None:
    text = Held("5 MILL LANE, OTLEY", ParsedFields(number=5, street="MILL LANE", town="OTLEY"))
    house = Held("ROSE COTTAGE, MILL LANE", ParsedFields(building="ROSE COTTAGE", street="MILL LANE"))
    street = ParsedFields(street="MILL LANE", town="OTLEY")
    assert names_only_a_street(compare(pairs_of(street, [text, house], "MILL LANE OTLEY"))).all()
    numbered = ParsedFields(number=5, street="MILL LANE", town="OTLEY")
    assert not names_only_a_street(compare(pairs_of(numbered, [text], "5 MILL LANE OTLEY"))).any()


def test_a_name_that_begins_earlier_is_another_street_unless_the_postcode_agrees() -> None:
    assert on_another("RED KITE ROAD", "KITE ROAD")
    assert not on_another("RED KITE ROAD", "KITE ROAD", postcode="LS214QT")


def test_street_and_postcode_may_name_two_premises() -> None:
    assert has_the_street_alone(compared("ELM LANE", "ELM LANE", postcode="LS214QA"))[0]
    assert not has_the_street_alone(compared("ELM LANE", "ELM LANE", postcode="LS214QT"))[0]
    assert not has_the_street_alone(compared("ELM LANE", "ELM LANE"))[0]
    assert has_the_postcode_of_a_namesake(compared("ELM LANE", "ELM ROAD", postcode="LS214QT"))[0]
    assert not has_the_postcode_of_a_namesake(compared("ELM LANE", "OAK ROAD", postcode="LS214QT"))[0]


@pytest.mark.parametrize(
    ("asked", "held", "identity"),
    [
        ("CHURCH", "CHRIST CHURCH ROAD", StreetIdentity.OTHER),
        ("CHRIST CHURCH ROAD", "CHURCH", StreetIdentity.OTHER),
        ("CHURCH", "CHURCH ROAD", StreetIdentity.TYPE_UNSAID),
        ("ROAN MEWS", "ROAN MEWS SOUTH WESTMORLAND ROAD", StreetIdentity.BOTH_NAMED),
        ("KIRKGATE", "KIRKGATE OLD MINSTER YARD", StreetIdentity.BOTH_NAMED),
    ],
)
def test_a_word_of_a_longer_name_is_no_street_that_both_name(
    asked: str, held: str, identity: StreetIdentity
) -> None:
    assert StreetIdentity(compared(asked, held).street_identity[0]) is identity
