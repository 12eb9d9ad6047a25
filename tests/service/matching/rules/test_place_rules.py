from dataclasses import replace

import pytest

from address_match.parser.parsed_fields import ParsedFields
from address_match.service.matching.features.table import FeatureTable, compare
from address_match.service.matching.rules.place_rules import (
    agrees_in_place,
    contradicts_place,
    covers_one_place,
    gives_number_and_postcode_alone,
    is_in_a_place_of_another_name,
    is_of_the_only_place,
    names_no_known_place,
    names_no_place,
)
from tests.service.matching.factories import CountedTerms, Held, HeldStreets, pairs_of

OTLEY = Held(
    "12 HIGH STREET, OTLEY, LS21 4QT",
    ParsedFields(number=12, street="HIGH STREET", town="OTLEY", postcode="LS214QT"),
)


def asked(*, town: str = "", locality: str = "", postcode: str = "") -> FeatureTable:
    """The features of a 12 High Street beside the one in Otley, one row."""
    query = ParsedFields(number=12, street="HIGH STREET", town=town, locality=locality, postcode=postcode)
    return compare(pairs_of(query, [OTLEY]))


def test_another_town_without_a_postcode_is_elsewhere() -> None:
    assert contradicts_place(asked(town="TRURO"))
    assert not agrees_in_place(asked(town="TRURO"))


@pytest.mark.parametrize(
    "place", [{"town": "OTLEY"}, {"town": "OTLY"}, {"town": "TRURO", "locality": "OTLEY"}]
)
def test_a_town_that_is_found_by_some_name_is_not_elsewhere(place: dict[str, str]) -> None:
    assert not contradicts_place(asked(**place))
    assert agrees_in_place(asked(**place))


def test_a_postcode_is_a_place_and_settles_it() -> None:
    assert not contradicts_place(asked(town="TRURO", postcode="LS214QT"))
    assert not names_no_place(asked(postcode="LS214QT"))


@pytest.mark.parametrize("postcode", ["TR12AB", "LS294AA"])
def test_another_town_is_elsewhere_whose_postcode_is_of_another_district(postcode: str) -> None:
    assert contradicts_place(asked(town="TRURO", postcode=postcode))


def test_another_town_is_elsewhere_where_the_candidate_has_no_postcode() -> None:
    house = ParsedFields(number=12, street="HIGH STREET", town="OTLEY")
    query = replace(house, town="TRURO", postcode="TR12AB")
    assert contradicts_place(compare(pairs_of(query, [Held("12 HIGH STREET, OTLEY", house)])))


def test_another_village_is_elsewhere_where_the_query_alone_has_a_postcode() -> None:
    house = ParsedFields(number=12, street="HIGH STREET", locality="OTLEY")
    query = replace(house, locality="CARLBY", postcode="TR12AB")
    held = [Held("12 HIGH STREET, OTLEY", house)]
    assert contradicts_place(compare(pairs_of(query, held)))
    assert not contradicts_place(compare(pairs_of(replace(query, postcode=""), held)))


@pytest.mark.parametrize(
    ("asked_town", "held_town", "postcode", "elsewhere"),
    [
        ("HEREFORD", "HERTFORD", "", True),
        ("NORTHAMPTON", "SOUTHAMPTON", "", True),
        ("HEREFORD", "HERTFORD", "HR11AA", True),
        ("HEREFORD", "HERTFORD", "LS214QT", False),
        ("HERTFROD", "HERTFORD", "", False),
        ("HERTFORD", "HERTFROD", "", False),
        ("NEWCASTLE", "NEWCASTLE UPON TYNE", "", False),
    ],
)
def test_a_post_town_is_no_slip_of_another(
    asked_town: str, held_town: str, postcode: str, *, elsewhere: bool
) -> None:
    fields = ParsedFields(number=12, street="HIGH STREET", town=held_town, postcode="LS214QT")
    query = ParsedFields(number=12, street="HIGH STREET", town=asked_town, postcode=postcode)
    pairs = pairs_of(query, [Held(f"12 HIGH STREET, {held_town}, LS21 4QT", fields)])
    assert bool(contradicts_place(compare(pairs))[0]) is elsewhere


def test_a_village_that_is_none_of_the_candidates_says_no_place_that_is_known() -> None:
    assert names_no_known_place(asked(locality="SPRINGFIELD"))
    assert not names_no_known_place(asked(locality="OTLEY"))
    assert not names_no_known_place(asked(locality="SPRINGFIELD", postcode="LS214QT"))


@pytest.mark.parametrize(
    ("asked_names", "held_names", "known"),
    [
        (
            ParsedFields(building="ROSE COTTAGE", street="HAGWORTH"),
            ParsedFields(building="ROSE COTTAGE"),
            True,
        ),
        (
            ParsedFields(organisation="HAGWORTH POST OFFICE"),
            ParsedFields(organisation="POST OFFICE"),
            True,
        ),
        (ParsedFields(organisation="HAGWORTH INN"), ParsedFields(organisation="HAGWORTH INN"), False),
        (ParsedFields(organisation="STELBY POST OFFICE"), ParsedFields(organisation="POST OFFICE"), False),
    ],
)
def test_a_place_that_is_said_beside_the_names_is_known(
    asked_names: ParsedFields, held_names: ParsedFields, *, known: bool
) -> None:
    held = Held("HAGWORTH, OTLEY", replace(held_names, locality="HAGWORTH OTLEY"))
    assert names_no_known_place(compare(pairs_of(asked_names, [held]))) == (not known)


def test_a_number_and_a_street_name_no_place() -> None:
    assert names_no_place(asked())
    assert agrees_in_place(asked())


def test_the_register_of_one_town_covers_it_and_a_sample_of_a_country_does_not() -> None:
    town = CountedTerms(("12 HIGH STREET OTLEY", "14 HIGH STREET OTLEY", "3 MILL LANE POOL OTLEY"))
    country = CountedTerms(("12 HIGH STREET OTLEY", "9 CHURCH LANE TRURO", "4 THE GREEN DISS"))
    assert covers_one_place("OTLEY", town)
    assert not covers_one_place("OTLEY", country)


def test_a_candidate_that_names_no_town_has_none_that_could_be_another() -> None:
    assert covers_one_place("", CountedTerms(("12 HIGH STREET",)))


ALDER_ROAD = Held(
    "12 ALDER ROAD, OTLEY, LS21 4QT",
    ParsedFields(number=12, street="ALDER ROAD", town="OTLEY", postcode="LS214QT"),
)


def only_place(street: str, held: Held, *towns: str, county: str = "", locality: str = "") -> bool:
    query = ParsedFields(number=12, street=street, county=county, locality=locality)
    return bool(is_of_the_only_place(compare(pairs_of(query, [held], streets={street: towns})))[0])


def test_a_street_of_one_town_needs_no_town() -> None:
    assert only_place("ALDER ROAD", ALDER_ROAD, "OTLEY")
    assert not only_place("ALDER ROAD", ALDER_ROAD, "OTLEY", "TRURO")


def test_another_place_that_is_named_is_another_place() -> None:
    assert not only_place("ALDER ROAD", ALDER_ROAD, "OTLEY", locality="LITTLEVILLE")
    assert not only_place("ALDER ROAD", ALDER_ROAD, "OTLEY", county="CORNWALL")


def test_a_street_that_every_town_has_needs_its_town() -> None:
    assert not only_place("HIGH STREET", OTLEY, "OTLEY")


def test_the_locality_of_a_town_names_it_where_the_candidate_names_none() -> None:
    town = ParsedFields(number=12, street="ALDER ROAD", town="OTLEY")
    village = ParsedFields(number=12, street="ALDER ROAD", locality="MENSTON", town="OTLEY")
    query = ParsedFields(number=12, street="ALDER ROAD", locality="POOL")
    held = [Held("12 ALDER ROAD, OTLEY", town), Held("12 ALDER ROAD, MENSTON, OTLEY", village)]
    places = {"ALDER ROAD": ("OTLEY", "TRURO")}
    pooled = pairs_of(query, held, streets=HeldStreets(places, {"POOL": "OTLEY"}))
    assert is_of_the_only_place(compare(pooled)).tolist() == [True, False]
    elsewhere = pairs_of(query, held, streets=HeldStreets(places, {"POOL": "TRURO"}))
    assert is_of_the_only_place(compare(elsewhere)).tolist() == [False, False]


@pytest.mark.parametrize(
    ("street", "places", "only"),
    [
        ("ROUND TABLE ROAD", {"ROUND TABLE ROAD": ["OTLEY"]}, True),
        ("ROUND TABLE ROAD", {"ROUNDTABLE ROAD": ["OTLEY"]}, True),
        ("ROUND TABLE ROAD", {"ROUNDTABLE ROAD": ["OTLEY", "TRURO"]}, False),
        ("ROUND TABLE ROAD", {"ROUND TABLE ROAD": ["TRURO"], "ROUNDTABLE ROAD": ["OTLEY"]}, False),
        ("ROUNDTABEL ROAD", {"ROUNDTABEL ROAD": ["OTLEY"]}, True),
        ("ROUNDTABEL ROAD", {"ROUNDTABLE ROAD": ["OTLEY"]}, False),
    ],
)
def test_a_street_that_one_town_spells_in_two_ways_needs_no_town(
    street: str, places: dict[str, list[str]], *, only: bool
) -> None:
    held = ParsedFields(number=12, street="ROUNDTABLE ROAD", town="OTLEY")
    query = ParsedFields(number=12, street=street)
    pairs = pairs_of(query, [Held("12 ROUNDTABLE ROAD, OTLEY", held)], streets=places)
    assert is_of_the_only_place(compare(pairs)).tolist() == [only]


def without_namesakes(query: ParsedFields, held: ParsedFields, statistics: HeldStreets) -> bool:
    pairs = pairs_of(query, [Held("HELD, OTLEY", held)], streets=statistics)
    return bool(is_of_the_only_place(compare(pairs))[0])


MALTINGS = ParsedFields(unit_kind="FLAT", unit="8", building="THE MALTINGS", street="ALDER ROAD")
BAKERY = ParsedFields(organisation="ROWAN BAKERY", number=12, street="HIGH STREET")


@pytest.mark.parametrize(
    ("towns_of_name", "towns_of_street", "all_towns", "only"),
    [(7, 200, 2000, True), (20, 200, 2000, False), (7, 200, 300, False), (0, 200, 2000, False)],
)
def test_a_part_is_told_by_building_and_street_where_chance_puts_both_in_hardly_another_town(
    towns_of_name: int, towns_of_street: int, all_towns: int, *, only: bool
) -> None:
    places = {"THE MALTINGS": ["A"] * towns_of_name, "ALDER ROAD": ["A"] * towns_of_street}
    counts = HeldStreets(places, all_towns=all_towns)
    assert without_namesakes(MALTINGS, replace(MALTINGS, town="OTLEY"), counts) is only


def test_a_house_without_a_number_is_told_by_rarer_names() -> None:
    house = replace(MALTINGS, unit_kind="", unit="")
    for towns, only in ((7, False), (1, True)):
        counts = HeldStreets({"THE MALTINGS": ["A"] * towns, "ALDER ROAD": ["A"] * 180}, all_towns=2000)
        assert without_namesakes(house, replace(house, town="OTLEY"), counts) is only


def test_what_is_called_after_its_street_has_namesakes_wherever_that_has() -> None:
    flat = replace(MALTINGS, building="ALDER HOUSE")
    counts = HeldStreets({"ALDER HOUSE": ["A", "B"], "ALDER ROAD": ["A"] * 9}, all_towns=2000)
    assert not without_namesakes(flat, replace(flat, town="OTLEY"), counts)


@pytest.mark.parametrize(
    ("towns", "held", "only"),
    [
        (2, {}, True),
        (300, {}, False),
        (2, {"number": 14}, False),
        (2, {"organisation": "ROWAN PRINT"}, False),
    ],
)
def test_a_business_at_its_number_is_told_unless_it_is_a_chain(
    towns: int, held: dict[str, str | int], *, only: bool
) -> None:
    counts = HeldStreets({"HIGH STREET": ["A"] * 400}, businesses={"ROWAN BAKERY": towns}, all_towns=1500)
    candidate = replace(BAKERY, town="OTLEY", **held)  # type: ignore[arg-type]  # fields by name
    assert without_namesakes(BAKERY, candidate, counts) is only


def test_a_number_and_a_postcode_alone_are_enough_for_their_only_premises() -> None:
    alone = ParsedFields(number=12, postcode="LS214QT")
    assert gives_number_and_postcode_alone(compare(pairs_of(alone, [ALDER_ROAD])))[0]
    assert not gives_number_and_postcode_alone(
        compare(pairs_of(ParsedFields(number=13, postcode="LS214QT"), [ALDER_ROAD]))
    )[0]


@pytest.mark.parametrize(
    ("street", "locality", "postcode", "withheld"),
    [
        ("RICHMOND LINK", "STICKNEY", "", True),
        ("RICHMOND LINK", "STICKNEY", "PE238RH", True),
        ("RICHMOND LINK", "STICKNEY", "PE238AW", False),
        ("RICHMOND LINK", "WEST STICKNEY", "", False),
        ("RICHMOND LINK WEST", "STICKNEY", "", False),
        ("RICHMOND LINK", "W STICKNEY", "", False),
        ("RICHMOND LINK", "", "", False),
    ],
)
def test_a_qualifier_that_may_be_the_streets_or_the_places_tells_places_apart(
    street: str, locality: str, postcode: str, *, withheld: bool
) -> None:
    held = ParsedFields(number=35, street="RICHMOND LINK", locality="WEST STICKNEY", postcode="PE238AW")
    query = ParsedFields(number=35, street=street, locality=locality, postcode=postcode)
    pairs = pairs_of(query, [Held("35 RICHMOND LINK WEST STICKNEY", held)], f"35 {street} {locality}")
    assert is_in_a_place_of_another_name(compare(pairs)).tolist() == [withheld]


def test_a_village_that_is_named_beside_its_namesake_is_no_other_place() -> None:
    held = ParsedFields(number=8, street="HIGH STREET", locality="OLD MALTON", town="MALTON")
    query = ParsedFields(number=8, street="HIGH STREET", town="MALTON")
    pairs = pairs_of(query, [Held("8 HIGH STREET, OLD MALTON, MALTON", held)], "8 HIGH STREET MALTON")
    assert is_in_a_place_of_another_name(compare(pairs)).tolist() == [False]
