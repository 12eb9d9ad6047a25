from dataclasses import replace

import pytest

from address_match.parser.parsed_fields import ParsedFields
from address_match.service.matching.answer import Reason
from address_match.service.matching.features.table import compare
from address_match.service.matching.rules.acceptance_rules import reasons_to_abstain
from address_match.service.matching.rules.name_rules import (
    has_the_name_alone,
    has_the_number_alone,
    is_beside_the_named_building,
)
from tests.service.matching.factories import Held, pairs_of

HELD = Held(
    "FLAT 2, 12 HIGH STREET, OTLEY, LS21 4QT",
    ParsedFields(
        unit_kind="FLAT", unit="2", number=12, street="HIGH STREET", town="OTLEY", postcode="LS214QT"
    ),
)


def reason_for(**said: str | int) -> Reason:
    return reasons_to_abstain(compare(pairs_of(ParsedFields(**said), [HELD])))[0]  # type: ignore[arg-type]  # fields by name


def test_the_premises_itself_is_not_withheld() -> None:
    assert (
        reason_for(unit_kind="FLAT", unit="2", number=12, street="HIGH STREET", town="OTLEY") is Reason.NONE
    )


@pytest.mark.parametrize("number", [21, 13, 47])
def test_another_number_is_never_accepted(number: int) -> None:
    assert reason_for(unit="2", number=number, street="HIGH STREET", town="OTLEY") is Reason.NUMBER


def test_a_flat_of_a_range_is_none_of_a_range_that_only_overlaps() -> None:
    flat = ParsedFields(unit_kind="FLAT", unit="2", number=10, number_end=18, street="HIGH STREET")
    held = Held("FLAT 2, 10-18 HIGH STREET, OTLEY", flat)
    asked = replace(flat, number=4, number_end=14, postcode="LS214QT")
    assert reasons_to_abstain(compare(pairs_of(asked, [held]))) == [Reason.NUMBER]
    house = replace(asked, unit="", unit_kind="")
    assert reasons_to_abstain(
        compare(pairs_of(house, [Held("10-18 HIGH STREET", replace(flat, unit="", unit_kind=""))]))
    ) == [Reason.NONE]


@pytest.mark.parametrize("unit", ["3", "12", "A"])
def test_another_flat_is_never_accepted(unit: str) -> None:
    assert reason_for(unit_kind="FLAT", unit=unit, number=12, street="HIGH STREET") is Reason.NUMBER


def test_name_and_number_of_a_query_may_be_those_of_two_houses() -> None:
    asked = ParsedFields(building="SYCAMORE HOUSE", number=6, street="TARN VIEW")
    of_that_number = replace(asked, building="BEECH HOUSE")
    of_that_name = replace(asked, number=2)
    both = compare(
        pairs_of(
            asked,
            [
                Held("BEECH HOUSE, 6 TARN VIEW", of_that_number),
                Held("SYCAMORE HOUSE, 2 TARN VIEW", of_that_name),
                Held("SYCAMORE HOUSE, 6 TARN VIEW", asked),
                Held("SYCAMORE HOUSE, 2 MILL LANE", replace(of_that_name, street="MILL LANE")),
            ],
        )
    )
    assert has_the_number_alone(both).tolist() == [True, False, False, False]
    assert has_the_name_alone(both).tolist() == [False, True, False, False]


def test_a_named_house_is_doubtful_at_the_number_of_one_without_a_name() -> None:
    asked = ParsedFields(building="SYCAMORE HOUSE", number=6, street="TARN VIEW")
    both = compare(
        pairs_of(
            asked,
            [
                Held("6 TARN VIEW", replace(asked, building="")),
                Held("SYCAMORE HOUSE, 2 TARN VIEW", replace(asked, number=2)),
            ],
        )
    )
    assert has_the_number_alone(both).tolist() == [True, False]
    assert has_the_name_alone(both).tolist() == [False, True]


def test_a_business_may_be_at_another_number_than_the_one_that_is_asked_for() -> None:
    asked = ParsedFields(organisation="WHITE HART", number=18, street="TARN VIEW")
    other = replace(asked, organisation="WHITE HORSE")
    both = compare(
        pairs_of(
            asked,
            [
                Held("WHITE HORSE 18 TARN VIEW", other),
                Held("WHITE HART 14 TARN VIEW", replace(asked, number=14)),
            ],
        )
    )
    assert has_the_number_alone(both).tolist() == [True, False]
    assert has_the_name_alone(both).tolist() == [False, True]


@pytest.mark.parametrize(
    ("asked", "held", "reason"),
    [
        ("KEEPERS HOUSE", "KEEPERS LODGE", Reason.NAME),
        ("STONELEIGH", "STONELEA", Reason.NAME),
        ("SMITHY", "OLD SMITHY", Reason.NAME),
        ("FELLSIDE STABLES", "FELLSIDE", Reason.NAME),
        ("LOWER SCAR", "LOW SCAR", Reason.NAME),
        ("ROOK BARN", "ROOT BARN", Reason.NAME),
        ("BAKERS COTTAGE", "BAKERY COTTAGE", Reason.NAME),
        ("ELM LODGE", "ELM GREEN LODGE", Reason.NAME),
        ("CROFT HOUSE", "CROFT", Reason.NAME),
        ("KEEPRS LODGE", "KEEPERS LODGE", Reason.NONE),
        ("FELLSIDE HOUSE", "FELLSIDE", Reason.NONE),
        ("FELLSIDE", "FELLSIDE COTTAGE", Reason.NONE),
        ("MILL HOUSE", "MILLHOUSE", Reason.NONE),
    ],
)
def test_a_house_without_a_number_is_told_by_every_word_of_its_name(
    asked: str, held: str, reason: Reason
) -> None:
    at = ParsedFields(street="TARN VIEW", town="OTLEY")
    crowd = [Held(f"{name} MILL LANE", ParsedFields(building=name)) for name in ("OLD HOUSE", "HIGH LODGE")]
    pairs = pairs_of(
        replace(at, building=asked),
        [Held(f"{held} TARN VIEW OTLEY", replace(at, building=held)), *crowd],
        f"{asked} TARN VIEW OTLEY",
    )
    assert reasons_to_abstain(compare(pairs))[0] is reason


@pytest.mark.parametrize(
    ("asked", "held", "reason"),
    [
        ("ELMLEY BRIDGE FARM", "ELMLEY BRIDGE CENTRE", Reason.NAME),
        ("ELMLEY BRIDGE CENTRE", "ELMLEY BRIDGE CENTRE", Reason.NONE),
        ("ELMLEY BRIDGE", "ELMLEY BRIDGE CENTRE", Reason.NONE),
        ("ELMLEY BRDGE CENTRE", "ELMLEY BRIDGE CENTRE", Reason.NONE),
    ],
)
def test_a_name_that_was_parsed_as_a_street_is_compared_by_every_word(
    asked: str, held: str, reason: Reason
) -> None:
    at = ParsedFields(town="OTLEY", postcode="LS214QT")
    candidates = [
        Held(f"{held} OTLEY LS21 4QT", replace(at, street=held)),
        Held("ASH FARM OTLEY", replace(at, building="ASH FARM")),
    ]
    pairs = pairs_of(replace(at, building=asked), candidates, f"{asked} OTLEY LS21 4QT")
    assert reasons_to_abstain(compare(pairs))[0] is reason


@pytest.mark.parametrize(
    ("asked", "reason"),
    [("ELMLEY LANE", Reason.NAME), ("ELMLEY HOUSE", Reason.NONE)],
    ids=["street", "house"],
)
def test_a_street_is_no_house_of_a_like_name(asked: str, reason: Reason) -> None:
    at = ParsedFields(town="OTLEY", postcode="LS214QT")
    house = Held("ELMLEY HOUSE OTLEY LS21 4QT", replace(at, building="ELMLEY HOUSE"))
    pairs = pairs_of(replace(at, street=asked), [house], f"{asked} OTLEY LS21 4QT")
    assert reasons_to_abstain(compare(pairs)) == [reason]


def test_a_flat_whose_block_has_another_name_is_another_where_the_number_is_not_asked_for() -> None:
    asked = ParsedFields(unit="3", unit_kind="FLAT", building="NORMAN COURT", street="TARN VIEW")
    held = Held("FLAT 3 ROMAN COURT 60 TARN VIEW", replace(asked, building="ROMAN COURT", number=60))
    words = "FLAT 3 NORMAN COURT TARN VIEW"
    assert reasons_to_abstain(compare(pairs_of(asked, [held], words))) == [Reason.NAME]
    numbered = replace(asked, number=60)
    assert reasons_to_abstain(compare(pairs_of(numbered, [held], words))) == [Reason.NONE]


def test_a_number_tells_a_house_whatever_its_name() -> None:
    asked = ParsedFields(building="KEEPERS HOUSE", number=4, street="TARN VIEW")
    held = Held("KEEPERS LODGE 4 TARN VIEW", replace(asked, building="KEEPERS LODGE"))
    assert reasons_to_abstain(compare(pairs_of(asked, [held], "KEEPERS HOUSE 4 TARN VIEW"))) == [Reason.NONE]


def test_a_number_alone_says_too_little() -> None:
    assert reason_for(number=12) is Reason.PLACE
    assert reason_for(number=12, town="OTLEY") is Reason.PLACE
    assert reason_for(unit="2", number=12, postcode="LS214QT") is Reason.NONE


def test_another_town_is_no_place_of_it() -> None:
    assert reason_for(unit="2", number=12, street="HIGH STREET", town="TRURO") is Reason.PLACE


def test_a_building_that_the_candidate_lacks_is_never_accepted() -> None:
    farm = Held("HOME FARM, MILL LANE", ParsedFields(building="HOME FARM", street="MILL LANE"))
    stables = ParsedFields(building="HOME FARM STABLES", street="MILL LANE", postcode="LS214QT")
    pairs = pairs_of(stables, [farm], "HOME FARM STABLES MILL LANE")
    assert reasons_to_abstain(compare(pairs)) == [Reason.NAME]


FLAT_OF_BLOCK = ParsedFields(unit_kind="FLAT", unit="2", building="PATON MEWS", street="HIGH STREET")


@pytest.mark.parametrize(
    ("held", "reason"),
    [
        ({"building": "TORASTON MEWS"}, Reason.NAME),
        ({}, Reason.NONE),
        ({"building": "PATON MEWS CENTRE"}, Reason.NONE),
        ({"building": "PATON MEWS COTTAGES"}, Reason.NAME),
        ({"building": "TORASTON MEWS", "number": 12}, Reason.NONE),
    ],
)
def test_the_flat_of_a_block_of_another_name_is_another(held: dict[str, str | int], reason: Reason) -> None:
    asked = replace(FLAT_OF_BLOCK, number=12 if "number" in held else -1)
    candidate = replace(FLAT_OF_BLOCK, **held)  # type: ignore[arg-type]  # fields by name
    text = Held(f"FLAT 2 {candidate.building} HIGH STREET", candidate)
    known = Held("FLAT 9 PATON MEWS HIGH STREET", replace(FLAT_OF_BLOCK, unit="9"))
    assert reasons_to_abstain(compare(pairs_of(asked, [text, known], "PATON MEWS HIGH STREET")))[0] is reason


def test_another_business_in_the_same_block_is_no_other_block() -> None:
    asked = replace(FLAT_OF_BLOCK, organisation="ALDER BAKERY")
    held = replace(FLAT_OF_BLOCK, organisation="ROWAN PRINT")
    words = "ALDER BAKERY PATON MEWS HIGH STREET"
    text = Held("ROWAN PRINT FLAT 2 PATON MEWS HIGH STREET", held)
    assert reasons_to_abstain(compare(pairs_of(asked, [text], words))) == [Reason.NONE]


def test_the_flat_of_a_block_that_nobody_named_is_no_house() -> None:
    block = ParsedFields(unit_kind="FLAT", unit="5", building="CLIFTON COURT", street="CLIFTON HILL")
    pairs = pairs_of(
        ParsedFields(number=5, street="CLIFTON HILL", postcode="LS214QT"),
        [Held("FLAT 5 CLIFTON COURT, CLIFTON HILL", block)],
        "5 CLIFTON HILL",
    )
    assert reasons_to_abstain(compare(pairs)) == [Reason.NUMBER]


def test_a_box_and_its_town_are_all_there_is_to_say() -> None:
    box = ParsedFields(unit_kind="PO BOX", unit="12", town="OTLEY")
    held = [
        Held("PO BOX 12 OTLEY", box),
        Held("12 HIGH STREET OTLEY", replace(HELD.fields, unit="", unit_kind="")),
    ]
    pairs = pairs_of(box, held, "PO BOX 12 OTLEY")
    assert reasons_to_abstain(compare(pairs)) == [Reason.NONE, Reason.PLACE]


@pytest.mark.parametrize(
    ("unit", "reason"), [("7 B", Reason.NONE), ("7 A", Reason.NUMBER), ("B 7", Reason.NUMBER)]
)
def test_a_flat_of_a_block_needs_no_word_for_it(unit: str, reason: Reason) -> None:
    asked = ParsedFields(number=7, unit="B", unit_kind="BLOCK", building="WEAVER COURT", town="YORK")
    held = ParsedFields(unit=unit, unit_kind="FLAT BLOCK", building="WEAVER COURT", town="YORK")
    pairs = pairs_of(asked, [Held("FLAT 7 BLOCK B WEAVER COURT YORK", held)], "7 BLOCK B WEAVER COURT YORK")
    assert reasons_to_abstain(compare(pairs)) == [reason]


FLAT_OF_A_ROW = ParsedFields(
    unit_kind="FLAT", unit="1", number=4, building="ELM BUILDINGS", street="MILL LANE"
)
HOUSE_OF_A_ROW = ParsedFields(unit="1", building="ELM BUILDINGS", street="MILL LANE")


def test_a_flat_in_a_house_of_a_row_is_no_house_of_that_row() -> None:
    flat, house = "FLAT 1 4 ELM BUILDINGS MILL LANE", "1 ELM BUILDINGS MILL LANE"
    asked_for_flat = pairs_of(FLAT_OF_A_ROW, [Held(house, HOUSE_OF_A_ROW)], flat)
    assert reasons_to_abstain(compare(asked_for_flat)) == [Reason.NUMBER]
    asked_for_house = pairs_of(
        HOUSE_OF_A_ROW, [Held("Flat 1, 4 Elm Buildings, Mill Lane", FLAT_OF_A_ROW)], house
    )
    assert reasons_to_abstain(compare(asked_for_house)) == [Reason.NUMBER]


def test_the_number_of_a_street_behind_the_building_is_no_house_of_a_row() -> None:
    pairs = pairs_of(
        FLAT_OF_A_ROW, [Held("1 ELM BUILDINGS MILL LANE", HOUSE_OF_A_ROW)], "FLAT 1 ELM BUILDINGS 4 MILL LANE"
    )
    assert reasons_to_abstain(compare(pairs)) == [Reason.NONE]


@pytest.mark.parametrize(("postcode", "reason"), [("LS214QT", Reason.NONE), ("", Reason.NAME)])
def test_a_business_says_nothing_of_the_name_where_the_full_postcode_agrees(
    postcode: str, reason: Reason
) -> None:
    at = ParsedFields(street="TARN VIEW", town="OTLEY", postcode="LS214QT")
    asked = replace(at, organisation="ELM FLORISTS TARN SCHOOL", postcode=postcode)
    held = Held("TARN SCHOOL TARN VIEW OTLEY LS214QT", replace(at, organisation="TARN SCHOOL"))
    pairs = pairs_of(asked, [held], f"ELM FLORISTS TARN SCHOOL TARN VIEW OTLEY {postcode}")
    assert reasons_to_abstain(compare(pairs)) == [reason]


def reasons_beside(asked: ParsedFields, *held: ParsedFields) -> list[Reason]:
    return reasons_to_abstain(compare(pairs_of(asked, [Held("X", fields) for fields in held])))


def test_a_part_by_another_word_is_another_where_parts_of_the_asked_word_are_held() -> None:
    unit = ParsedFields(unit_kind="UNIT", unit="5", building="ELM PARK", street="TERN ROAD")
    suite = replace(unit, unit_kind="SUITE", unit="2")
    asked = replace(unit, unit_kind="SUITE")
    assert reasons_beside(asked, unit) == [Reason.NONE]
    assert reasons_beside(asked, unit, suite)[0] is Reason.NUMBER
    assert reasons_beside(asked, unit, replace(suite, building="OAK PARK"))[0] is Reason.NONE


def test_a_part_of_another_building_is_another_where_the_named_one_is_held_on_the_street() -> None:
    asked = ParsedFields(unit="3", building="JUBILEE ALMSHOUSES", street="CHURCH GREEN")
    other = replace(asked, building="ALMSHOUSES")
    named = replace(asked, unit="4")
    elsewhere = replace(named, street="HIGH STREET")
    beside, alone = (
        compare(pairs_of(asked, [Held("X", other), Held("Y", each)])) for each in (named, elsewhere)
    )
    assert [bool(is_beside_the_named_building(each)[0]) for each in (beside, alone)] == [True, False]
    assert reasons_to_abstain(beside)[0] is Reason.NAME


@pytest.mark.parametrize(
    ("asked", "held", "reason"),
    [
        ("WEST BLOCK SABLE HOUSE", "EAST BLOCK SABLE HOUSE", Reason.NAME),
        ("SERVICES NORTHBOUND", "SERVICES SOUTHBOUND", Reason.NAME),
        ("ELM JUNIOR SCHOOL", "ELM INFANT SCHOOL", Reason.NAME),
        ("NORTH WESTERN HOTEL", "NORTH EASTERN HOTEL", Reason.NAME),
        ("WEST BLOCK SABLE HOUSE", "SABLE HOUSE", Reason.NONE),
    ],
)
def test_opposites_in_one_name_tell_two_premises_of_one_number_apart(
    asked: str, held: str, reason: Reason
) -> None:
    fields = ParsedFields(unit_kind="FLAT", unit="3", number=5, street="KILN ROAD", postcode="LS214QT")
    assert reasons_beside(replace(fields, building=asked), replace(fields, building=held)) == [reason]


@pytest.mark.parametrize(
    ("unit", "held", "reason"),
    [
        ("2", "REGENT HOUSE", Reason.NAME),
        ("2", "WINDSOR", Reason.NONE),
        ("2", "", Reason.NONE),
        ("", "REGENT HOUSE", Reason.NONE),
    ],
)
def test_a_part_is_in_the_house_of_its_name_where_two_have_one_number(
    unit: str, held: str, reason: Reason
) -> None:
    asked = ParsedFields(
        unit=unit, building="WINDSOR HOUSE", number=12, street="KILN ROAD", postcode="LS214QT"
    )
    assert reasons_beside(asked, replace(asked, building=held)) == [reason]


ON_THE_STREET = ParsedFields(street="KILN ROAD", postcode="LS214QT")


@pytest.mark.parametrize(
    ("place", "called_after"),
    [
        (replace(ON_THE_STREET, unit="2", building="MALTINGS"), "MALTINGS COTTAGES"),
        (replace(ON_THE_STREET, building="ELM FARM"), "SOLAR FARM AT ELM FARM"),
        (replace(ON_THE_STREET, building="ELM SURGERY"), "ELM VETERINARY SURGERY"),
    ],
)
def test_what_is_called_after_a_place_or_for_others_is_not_that_place(
    place: ParsedFields, called_after: str
) -> None:
    other = replace(place, building=called_after)
    assert reasons_beside(place, other) == reasons_beside(other, place) == [Reason.NAME]


@pytest.mark.parametrize("letters", ["-A", "A-B"])
def test_one_of_several_houses_that_are_asked_for_is_not_accepted_for_all(letters: str) -> None:
    held = ParsedFields(number=12, suffix="A", street="HIGH STREET", postcode="LS214QT")
    assert reasons_beside(replace(held, suffix=letters), held) == [Reason.NUMBER]
    assert reasons_beside(held, replace(held, suffix=letters)) == [Reason.NONE]


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("ELM FARM, MILL LANE, OTLEY, LS21 4QT", Reason.NAME),
        ("ELM FARM SHOP, MILL LANE, OTLEY, LS21 4QT", Reason.NONE),
    ],
)
def test_what_stands_beside_a_farm_is_not_the_farm_though_its_word_was_read_as_a_street(
    text: str, reason: Reason
) -> None:
    held = ParsedFields(building="ELM FARM", street="MILL LANE", town="OTLEY", postcode="LS214QT")
    query = replace(held, street="SHOP")
    pairs = pairs_of(query, [Held(text, held)], "ELM FARM SHOP OTLEY")
    assert reasons_to_abstain(compare(pairs)) == [reason]


def test_the_left_side_of_a_block_is_not_the_right_one() -> None:
    flat = ParsedFields(
        unit_kind="FLAT BLOCK", unit="8 BLOCK", side="L", building="ELM COURT", street="MILL LANE"
    )
    text = Held("FLAT 8 RIGHT BLOCK, ELM COURT, MILL LANE", replace(flat, side="R"))
    assert reasons_to_abstain(compare(pairs_of(flat, [text], "ELM COURT MILL LANE"))) == [Reason.NUMBER]


@pytest.mark.parametrize(
    ("held", "reason"),
    [
        (ParsedFields(number=22, street="HIGH STREET"), Reason.NUMBER),
        (ParsedFields(number=22, number_end=24, street="HIGH STREET"), Reason.NONE),
        (ParsedFields(number=22, street="HIGH STREET", building="ELM HOUSE"), Reason.NONE),
    ],
)
def test_one_number_of_an_asked_range_is_not_the_range_unless_a_name_says_so(
    held: ParsedFields, reason: Reason
) -> None:
    asked = replace(held, number=22, number_end=24, postcode="LS214QT")
    assert reasons_beside(asked, replace(held, postcode="LS214QT")) == [reason]


@pytest.mark.parametrize(("postcode", "reason"), [("LS214QT", Reason.NONE), ("", Reason.NUMBER)])
def test_a_flat_tells_which_number_of_a_range_is_meant_where_the_full_postcode_agrees(
    postcode: str, reason: Reason
) -> None:
    flat = ParsedFields(unit_kind="FLAT", unit="8", number=22, street="HIGH STREET", postcode="LS214QT")
    assert reasons_beside(replace(flat, number_end=24, postcode=postcode), flat) == [reason]


@pytest.mark.parametrize(
    ("held", "reason"),
    [
        ("8 MOSS WAY, OTLEY", Reason.NUMBER),
        ("8 FIR HOUSE, MOSS WAY, OTLEY", Reason.NONE),
    ],
)
def test_a_flats_number_is_that_of_no_house_without_its_building(held: str, reason: Reason) -> None:
    house = ParsedFields(number=8, street="MOSS WAY", town="OTLEY")
    fields = replace(house, building="FIR HOUSE") if "HOUSE" in held else house
    flat = replace(house, number=-1, unit="8", building="FIR HOUSE")
    pairs = pairs_of(flat, [Held(held, fields)], words="8 FIR HOUSE, MOSS WAY, OTLEY")
    assert reasons_to_abstain(compare(pairs)) == [reason]


ROSE_COTTAGE = ParsedFields(
    building="ROSE COTTAGE", street="FELL LANE", locality="MARBURY", postcode="LS214QT"
)


def reason_for_rose_cottage(held: ParsedFields = ROSE_COTTAGE, **said: str) -> Reason:
    query = replace(ROSE_COTTAGE, **said)  # type: ignore[arg-type]  # fields by name
    return reasons_to_abstain(compare(pairs_of(query, [Held("ROSE COTTAGE, MARBURY, LS21 4QT", held)])))[0]


@pytest.mark.parametrize(
    ("postcode", "reason"),
    [("LS217AA", Reason.PLACE), ("TR12AB", Reason.PLACE), ("LS214AA", Reason.NONE), ("", Reason.NONE)],
)
def test_a_name_alone_is_none_of_another_sector(postcode: str, reason: Reason) -> None:
    assert reason_for_rose_cottage(street="", postcode=postcode) is reason
    assert reason_for_rose_cottage(postcode=postcode) is Reason.NONE, "its street says that it is the one"


@pytest.mark.parametrize("postcode", ["LS214QX", "LS214AA", "LS217AA"])
def test_a_name_is_none_of_another_locality_and_postcode(postcode: str) -> None:
    assert reason_for_rose_cottage(locality="TARVIN", postcode=postcode) is Reason.PLACE
    assert reason_for_rose_cottage(locality="TARVIN") is Reason.NONE, "the postcode says that it is the one"


@pytest.mark.parametrize(
    ("places", "postcode", "reason"),
    [
        (["LS214"], "", Reason.STREET),
        (["LS214"], "LS214QT", Reason.NONE),
        (["TR12"], "", Reason.NONE),
    ],
)
def test_a_name_alone_is_none_of_a_street_that_is_held_without_it(
    places: list[str], postcode: str, reason: Reason
) -> None:
    held = Held("ROSE COTTAGE, MARBURY, LS21 4QT", replace(ROSE_COTTAGE, street=""))
    pairs = pairs_of(replace(ROSE_COTTAGE, postcode=postcode), [held], streets={"FELL LANE": places})
    assert reasons_to_abstain(compare(pairs)) == [reason]


def test_a_house_of_a_row_is_none_of_another_row_whose_name_is_the_streets() -> None:
    asked = ParsedFields(unit="1", building="QUAY COTTAGES", street="QUAY STREET")
    held = Held("1 MALTINGS COTTAGES QUAY STREET", replace(asked, building="MALTINGS COTTAGES"))
    assert reasons_to_abstain(compare(pairs_of(asked, [held], "1 QUAY COTTAGES QUAY STREET"))) == [
        Reason.NAME
    ]
