import numpy as np
import pytest

from parser.reading import Reading
from service.matching.comparison.features import COLUMN, FEATURES, compare
from service.matching.comparison.names import (
    NameAgreement,
    StreetTypeRelation,
    compare_names,
    street_similarity,
    street_type_relation,
)
from service.matching.comparison.overlap import overlap
from service.matching.comparison.places import PostcodeRelation, compare_postcodes
from service.matching.comparison.premises_part import NumberRelation, UnitRelation, premises_relation
from service.matching.comparison.standing import TextStanding, text_standing
from tests.service.matching.factories import Held, pairs_of


def relations(query: Reading, candidate: Reading) -> tuple[str, str]:
    number, unit = premises_relation(pairs_of(query, [Held("X", candidate)]))
    return NumberRelation(int(number[0])).name, UnitRelation(int(unit[0])).name


@pytest.mark.parametrize(
    ("query", "candidate", "expected"),
    [
        (Reading(number=12), Reading(number=12), ("EQUAL", "NEITHER")),
        (Reading(number=12), Reading(number=21), ("TRANSPOSED", "NEITHER")),
        (Reading(number=12), Reading(number=13), ("NEARLY", "NEITHER")),
        (Reading(number=12), Reading(number=47), ("DIFFERENT", "NEITHER")),
        (Reading(number=42), Reading(number=42, number_end=46), ("END_OF_RANGE", "NEITHER")),
        (Reading(number=44), Reading(number=42, number_end=46), ("INSIDE_RANGE", "NEITHER")),
        (Reading(number=42, number_end=46), Reading(number=44), ("QUERY_RANGE_HOLDS", "NEITHER")),
        (Reading(number=42, number_end=46), Reading(number=42, number_end=46), ("EQUAL", "NEITHER")),
        (Reading(number=19, number_end=21), Reading(number=21, number_end=25), ("RANGES_OVERLAP", "NEITHER")),
        (Reading(), Reading(number=4), ("CANDIDATE_ONLY", "NEITHER")),
        (Reading(number=4), Reading(), ("QUERY_ONLY", "NEITHER")),
    ],
)
def test_numbers_are_equal_within_a_range_a_slip_apart_or_different(
    query: Reading, candidate: Reading, expected: tuple[str, str]
) -> None:
    assert relations(query, candidate) == expected


@pytest.mark.parametrize(
    ("query", "candidate", "expected"),
    [
        (Reading(number=24, suffix="A"), Reading(number=24, unit="A", unit_kind="FLAT"), "EQUAL"),
        (Reading(number=24, suffix="A"), Reading(number=24, suffix="C"), "DIFFERENT"),
        (Reading(number=24, unit="2"), Reading(number=24, unit="3"), "DIFFERENT"),
        (Reading(number=24, unit="2"), Reading(number=24), "QUERY_ONLY"),
        (Reading(number=24), Reading(number=24, unit="2"), "CANDIDATE_ONLY"),
        (Reading(number=7, unit="79"), Reading(number=7, unit="79 A"), "OVERLAPPING"),
        (Reading(number=7, floor="G"), Reading(number=7, floor="1"), "FLOOR_DIFFERENT"),
        (Reading(number=7, floor="G"), Reading(number=7, unit="A"), "FLOOR_AND_DESIGNATOR"),
        (Reading(number=7, unit="A"), Reading(number=7, unit="A", floor="G"), "EQUAL"),
        (Reading(number=7), Reading(number=7, unit_kind="FLAT"), "CANDIDATE_ONLY"),
        (Reading(number=7, unit_kind="FLAT"), Reading(number=7, unit_kind="FLAT"), "EQUAL"),
        (Reading(number=7, unit_kind="FLAT"), Reading(number=7, unit="A"), "FLOOR_AND_DESIGNATOR"),
    ],
)
def test_a_sub_building_is_read_alike_in_all_its_notations(
    query: Reading, candidate: Reading, expected: str
) -> None:
    assert relations(query, candidate) == ("EQUAL", expected)


def test_a_number_that_is_the_others_flat_is_crossed() -> None:
    priory = Reading(unit="6", unit_kind="FLAT", building="PRIORY VIEW")
    assert relations(Reading(number=6, street="PRIORY VIEW"), priory) == ("CROSSED", "CROSSED")


def test_a_flat_that_holds_the_number_and_letter_of_a_house_is_crossed() -> None:
    asked = Reading(unit="48A", unit_kind="FLAT", street="HIGH STREET")
    assert relations(asked, Reading(number=48, suffix="A")) == ("CROSSED", "CROSSED")


def test_a_flats_number_that_was_read_as_the_houses_is_crossed() -> None:
    asked = Reading(number=4, unit_kind="FLAT", street="UNITY STREET")
    assert relations(asked, Reading(number=9, unit="4", unit_kind="FLAT")) == ("CROSSED", "CROSSED")


def test_a_numbered_flat_is_not_taken_for_the_house_of_that_number() -> None:
    assert relations(Reading(unit="21", unit_kind="FLAT"), Reading(number=21))[0] == "CANDIDATE_ONLY"


def test_flat_2_at_14_is_not_flat_14_at_2() -> None:
    assert relations(Reading(number=14, unit="2"), Reading(number=2, unit="14")) == ("DIFFERENT", "CROSSED")


@pytest.mark.parametrize(
    ("query", "candidate", "expected"),
    [
        ("AB12CD", "AB12CD", PostcodeRelation.UNIT),
        ("AB12CD", "AB12CE", PostcodeRelation.ONE_EDIT),
        ("AB12CD", "AB12DC", PostcodeRelation.ONE_EDIT),
        ("AB12CD", "AB12XY", PostcodeRelation.SECTOR),
        ("AB12CD", "AB19XY", PostcodeRelation.DISTRICT),
        ("AB12CD", "AB79XY", PostcodeRelation.AREA),
        ("AB12CD", "LS79XY", PostcodeRelation.DIFFERENT),
        ("AB1", "AB12CD", PostcodeRelation.OUTCODE_ONLY),
        ("AB1", "AB1", PostcodeRelation.OUTCODE_ONLY),
        ("AB1", "AB2", PostcodeRelation.DIFFERENT),
        ("", "AB12CD", PostcodeRelation.QUERY_LACKS),
        ("AB12CD", "", PostcodeRelation.CANDIDATE_LACKS),
    ],
)
def test_postcodes_agree_by_part(query: str, candidate: str, expected: PostcodeRelation) -> None:
    assert compare_postcodes(query, candidate) == expected


@pytest.mark.parametrize(
    ("query", "candidate", "expected"),
    [
        ("", "", NameAgreement.NEITHER),
        ("ELM HOUSE", "", NameAgreement.QUERY_ONLY),
        ("", "ELM HOUSE", NameAgreement.CANDIDATE_ONLY),
        ("ELM HOUSE", "ELN HOUSE", NameAgreement.EQUAL),
        ("ELM HOUSE SURGERY", "ELM HOUSE", NameAgreement.QUERY_SAYS_MORE),
        ("ELM HOUSE", "ELM HOUSE SURGERY", NameAgreement.CANDIDATE_SAYS_MORE),
        ("ELM ROAD INFANT SCHOOL", "ELM ROAD JUNIOR SCHOOL", NameAgreement.BOTH_SAY_MORE),
        ("ELM HOUSE", "THE BAKERY", NameAgreement.NOTHING_SHARED),
        ("HEATHFIELD HOUSE", "HEATHFIELD", NameAgreement.KIND_UNSAID),
        ("HEATHFIELD", "HEATHFIELD COTTAGE", NameAgreement.KIND_UNSAID),
        ("HEATHFIELD HOUSE", "HEATHFIELD COTTAGE", NameAgreement.BOTH_SAY_MORE),
        ("LOWMOOR FARM", "LOWMOOR FARMHOUSE", NameAgreement.BOTH_SAY_MORE),
        ("LOWMOOR HALL", "LOWMOOR HALL LODGE", NameAgreement.CANDIDATE_SAYS_MORE),
        ("THE BLUEBELL", "BLUEBELL", NameAgreement.EQUAL),
    ],
)
def test_names_agree_word_by_word(query: str, candidate: str, expected: NameAgreement) -> None:
    assert compare_names(query, candidate) == expected


def test_a_building_is_alike_whose_kind_one_side_leaves_out() -> None:
    held = [
        Held("HEATHFIELD", Reading(building="HEATHFIELD")),
        Held("X", Reading(building="HEATHFIELD COTTAGE")),
    ]
    alike, other = compare(pairs_of(Reading(building="HEATHFIELD HOUSE"), held))[:, COLUMN["building"]]
    assert alike == pytest.approx(0.97)
    assert other < 0.8


def test_a_street_joined_or_split_stays_the_same_street() -> None:
    pairs = pairs_of(Reading(street="CORNMILL LANE"), [Held("X", Reading(street="CORN MILL LANE"))])
    assert street_similarity(pairs)[0] == pytest.approx(0.99)


def test_road_and_close_of_one_name_are_told_apart() -> None:
    held = [Held("X", Reading(street="MOSS CLOSE")), Held("Y", Reading(street="MOSS ROAD"))]
    found = street_type_relation(pairs_of(Reading(street="MOSS ROAD"), held))
    assert found.tolist() == [StreetTypeRelation.DIFFERENT, StreetTypeRelation.EQUAL]


def test_streets_that_are_counted_are_told_apart_by_their_numerals() -> None:
    held = [
        Held("16 THIRD AVENUE", Reading(street="THIRD AVENUE")),
        Held("16 4TH AVENUE", Reading(street="4TH AVENUE")),
    ]
    third, fourth = compare(pairs_of(Reading(street="FOURTH AVENUE"), held))[:, COLUMN["street"]]
    assert third == 0
    assert fourth > 0.7


def test_an_empty_field_is_marked_and_not_scored() -> None:
    held = [Held("X", Reading(street="MOSS ROAD")), Held("Y", Reading())]
    assert street_similarity(pairs_of(Reading(), held)).tolist() == [-1.0, -1.0]
    assert street_similarity(pairs_of(Reading(street="MOSS ROAD"), held)).tolist() == [1.0, -2.0]


def test_overlap_counts_a_word_with_a_slip_as_found() -> None:
    held = [Held("12 THORNBURY ROAD", Reading()), Held("12 ASHCOMBE ROAD", Reading())]
    found = overlap(pairs_of(Reading(), held, words="12 THORNBURRY ROAD"))
    assert found.query_share[0] == pytest.approx(1.0)
    assert found.query_share[1] < 0.5


def test_a_street_record_is_not_addressable() -> None:
    held = [Held("STREET RECORD", Reading(), classification="P"), Held("1 X ROAD", Reading())]
    assert text_standing(pairs_of(Reading(), held)).tolist() == [
        TextStanding.NOT_ADDRESSABLE,
        TextStanding.CURRENT,
    ]


def test_features_are_bounded_and_do_not_depend_on_the_order_of_candidates() -> None:
    query = Reading(number=12, street="MOSS ROAD", town="OTLEY", postcode="AB12CD")
    held = [
        Held("12 MOSS ROAD OTLEY AB1 2CD", query, uprn="1"),
        Held("14 MOSS CLOSE OTLEY", Reading(number=14, street="MOSS CLOSE", town="OTLEY"), uprn="2"),
    ]
    forth = compare(pairs_of(query, held, "12 MOSS ROAD OTLEY AB1 2CD", [0.9, 0.4]))
    back = compare(pairs_of(query, held[::-1], "12 MOSS ROAD OTLEY AB1 2CD", [0.4, 0.9]))
    assert np.array_equal(forth, back[::-1])
    continuous = [j for j, spec in enumerate(FEATURES) if not spec.categories]
    assert forth[:, continuous].min() >= -2
    assert forth[:, continuous].max() <= 30


def test_a_name_whose_words_stand_in_another_order_is_found_in_the_text() -> None:
    held = Held(
        "THE LODGE, ELMWOOD HALL, MILL LANE, OTLEY",
        Reading(building="LODGE ELMWOOD HALL", street="MILL LANE", town="OTLEY"),
    )
    features = compare(pairs_of(Reading(building="ELMWOOD HALL LODGE", street="MILL LANE"), [held]))
    assert features[0, COLUMN["building_anywhere"]] >= features[0, COLUMN["building"]] > 0.9
