import numpy as np
import pytest

from address_match.indexer.texts.coded_strings import JOINT
from address_match.parser.parsed_fields import ParsedFields
from address_match.service.matching.features.columns.levels import is_one_of
from address_match.service.matching.features.names.compare_names import (
    NameLevel,
    compare_named,
    compare_names,
)
from address_match.service.matching.features.names.name_qualifiers import differ_in_qualifiers
from address_match.service.matching.features.names.opposite_names import differ_in_opposites
from address_match.service.matching.features.parts.compare_units import UnitLevel
from address_match.service.matching.features.parts.number import NumberLevel, number_level
from address_match.service.matching.features.parts.unit import unit_level
from address_match.service.matching.features.places.place import PlaceNameLevel, TownLevel
from address_match.service.matching.features.places.postcode import PostcodeLevel, compare_postcodes
from address_match.service.matching.features.record_status import RecordStatus, record_status
from address_match.service.matching.features.streets.street import (
    StreetTypeLevel,
    street_likeness,
    street_type_level,
)
from address_match.service.matching.features.table import FEATURES, compare
from address_match.service.matching.features.words.word_overlap import overlap
from tests.service.matching.factories import Held, pairs_of


def levels(query: ParsedFields, candidate: ParsedFields) -> tuple[str, str]:
    pairs = pairs_of(query, [Held("X", candidate)])
    return NumberLevel(number_level(pairs)[0]).name, UnitLevel(unit_level(pairs)[0]).name


@pytest.mark.parametrize(
    ("query", "candidate", "expected"),
    [
        (ParsedFields(number=12), ParsedFields(number=12), ("EQUAL", "NEITHER")),
        (ParsedFields(number=12), ParsedFields(number=21), ("TRANSPOSED", "NEITHER")),
        (ParsedFields(number=12), ParsedFields(number=13), ("NEARLY", "NEITHER")),
        (ParsedFields(number=12), ParsedFields(number=47), ("DIFFERENT", "NEITHER")),
        (ParsedFields(number=42), ParsedFields(number=42, number_end=46), ("END_OF_RANGE", "NEITHER")),
        (ParsedFields(number=44), ParsedFields(number=42, number_end=46), ("INSIDE_RANGE", "NEITHER")),
        (ParsedFields(number=43), ParsedFields(number=42, number_end=46), ("NEARLY", "NEITHER")),
        (ParsedFields(number=42, number_end=46), ParsedFields(number=43), ("NEARLY", "NEITHER")),
        (
            ParsedFields(number=42, number_end=46),
            ParsedFields(number=42, number_end=44),
            ("RANGES_OVERLAP", "NEITHER"),
        ),
        (ParsedFields(number=42, number_end=46), ParsedFields(number=44), ("QUERY_RANGE_HOLDS", "NEITHER")),
        (
            ParsedFields(number=42, number_end=46),
            ParsedFields(number=42, number_end=46),
            ("EQUAL", "NEITHER"),
        ),
        (
            ParsedFields(number=19, number_end=21),
            ParsedFields(number=21, number_end=25),
            ("RANGES_OVERLAP", "NEITHER"),
        ),
        (ParsedFields(), ParsedFields(number=4), ("CANDIDATE_ONLY", "NEITHER")),
        (ParsedFields(number=4), ParsedFields(), ("QUERY_ONLY", "NEITHER")),
    ],
)
def test_numbers_are_equal_within_a_range_a_slip_apart_or_different(
    query: ParsedFields, candidate: ParsedFields, expected: tuple[str, str]
) -> None:
    assert levels(query, candidate) == expected


@pytest.mark.parametrize(
    ("query", "candidate", "expected"),
    [
        (ParsedFields(number=24, suffix="A"), ParsedFields(number=24, unit="A", unit_kind="FLAT"), "EQUAL"),
        (ParsedFields(number=24, suffix="A"), ParsedFields(number=24, suffix="C"), "DIFFERENT"),
        (ParsedFields(number=24, unit="2"), ParsedFields(number=24, unit="3"), "DIFFERENT"),
        (ParsedFields(number=24, unit="2"), ParsedFields(number=24), "QUERY_ONLY"),
        (ParsedFields(number=24), ParsedFields(number=24, unit="2"), "CANDIDATE_ONLY"),
        (ParsedFields(number=7, unit="79"), ParsedFields(number=7, unit="79 A"), "OVERLAPPING"),
        (
            ParsedFields(number=7, unit="9C", unit_kind="FLAT"),
            ParsedFields(number=7, unit="C 9", unit_kind="ROOM FLAT"),
            "EQUAL",
        ),
        (
            ParsedFields(number=7, unit="12 9", unit_kind="ROOM FLAT"),
            ParsedFields(number=7, unit="9/12", unit_kind="FLAT"),
            "EQUAL",
        ),
        (
            ParsedFields(number=7, unit="9D", unit_kind="FLAT"),
            ParsedFields(number=7, unit="C 9", unit_kind="ROOM FLAT"),
            "DIFFERENT",
        ),
        (ParsedFields(number=7, floor="G"), ParsedFields(number=7, floor="1"), "FLOOR_DIFFERENT"),
        (ParsedFields(number=7, floor="G"), ParsedFields(number=7, unit="A"), "FLOOR_AND_DESIGNATOR"),
        (ParsedFields(number=7, unit="A"), ParsedFields(number=7, unit="A", floor="G"), "EQUAL"),
        (ParsedFields(number=7), ParsedFields(number=7, unit_kind="FLAT"), "CANDIDATE_ONLY"),
        (ParsedFields(number=7, unit_kind="FLAT"), ParsedFields(number=7, unit_kind="FLAT"), "EQUAL"),
        (ParsedFields(number=7, unit_kind="FLAT"), ParsedFields(number=7, unit="A"), "FLOOR_AND_DESIGNATOR"),
        (
            ParsedFields(number=7, suffix="A", unit_kind="ANNEXE"),
            ParsedFields(number=7, suffix="A"),
            "QUERY_ONLY",
        ),
        (
            ParsedFields(number=7, unit_kind="CARAVAN"),
            ParsedFields(number=7),
            "QUERY_ONLY",
        ),
        (ParsedFields(number=7, suffix="A", unit_kind="FLAT"), ParsedFields(number=7, suffix="A"), "EQUAL"),
    ],
)
def test_a_sub_building_is_read_alike_in_all_its_notations(
    query: ParsedFields, candidate: ParsedFields, expected: str
) -> None:
    assert levels(query, candidate) == ("EQUAL", expected)


def test_a_number_that_is_the_others_flat_is_crossed() -> None:
    priory = ParsedFields(unit="6", unit_kind="FLAT", building="PRIORY VIEW")
    assert levels(ParsedFields(number=6, street="PRIORY VIEW"), priory) == ("CROSSED", "CROSSED")


def test_a_flat_that_holds_the_number_and_letter_of_a_house_is_crossed() -> None:
    asked = ParsedFields(unit="48A", unit_kind="FLAT", street="HIGH STREET")
    assert levels(asked, ParsedFields(number=48, suffix="A")) == ("CROSSED", "CROSSED")


def test_a_flats_number_that_was_read_as_the_houses_is_crossed() -> None:
    asked = ParsedFields(number=4, unit_kind="FLAT", street="UNITY STREET")
    assert levels(asked, ParsedFields(number=9, unit="4", unit_kind="FLAT")) == ("CROSSED", "CROSSED")


def test_a_numbered_flat_is_not_taken_for_the_house_of_that_number() -> None:
    assert levels(ParsedFields(unit="21", unit_kind="FLAT"), ParsedFields(number=21))[0] == "CANDIDATE_ONLY"


def test_flat_2_at_14_is_not_flat_14_at_2() -> None:
    assert levels(ParsedFields(number=14, unit="2"), ParsedFields(number=2, unit="14")) == (
        "DIFFERENT",
        "CROSSED",
    )


@pytest.mark.parametrize(
    ("query", "candidate", "expected"),
    [
        ("AB12CD", "AB12CD", PostcodeLevel.UNIT),
        ("AB12CD", "AB12CE", PostcodeLevel.ONE_EDIT),
        ("AB12CD", "AB12DC", PostcodeLevel.ONE_EDIT),
        ("AB12CD", "AB12XY", PostcodeLevel.SECTOR),
        ("AB12CD", "AB19XY", PostcodeLevel.DISTRICT),
        ("AB12CD", "AB79XY", PostcodeLevel.AREA),
        ("AB12CD", "LS79XY", PostcodeLevel.DIFFERENT),
        ("AB1", "AB12CD", PostcodeLevel.OUTCODE_ONLY),
        ("AB1", "AB1", PostcodeLevel.OUTCODE_ONLY),
        ("AB1", "AB2", PostcodeLevel.DIFFERENT),
        ("", "AB12CD", PostcodeLevel.QUERY_LACKS),
        ("AB12CD", "", PostcodeLevel.CANDIDATE_LACKS),
    ],
)
def test_postcodes_agree_by_part(query: str, candidate: str, expected: PostcodeLevel) -> None:
    assert compare_postcodes(query, candidate) == expected


@pytest.mark.parametrize(
    ("query", "candidate", "expected"),
    [
        ("", "", NameLevel.NEITHER),
        ("ELM HOUSE", "", NameLevel.QUERY_ONLY),
        ("", "ELM HOUSE", NameLevel.CANDIDATE_ONLY),
        ("ELM HOUSE", "ELN HOUSE", NameLevel.EQUAL),
        ("ELM HOUSE SURGERY", "ELM HOUSE", NameLevel.QUERY_SAYS_MORE),
        ("ELM HOUSE", "ELM HOUSE SURGERY", NameLevel.CANDIDATE_SAYS_MORE),
        ("ELM ROAD INFANT SCHOOL", "ELM ROAD JUNIOR SCHOOL", NameLevel.BOTH_SAY_MORE),
        ("ELM HOUSE", "THE BAKERY", NameLevel.NOTHING_SHARED),
        ("HEATHFIELD HOUSE", "HEATHFIELD", NameLevel.KIND_UNSAID),
        ("HEATHFIELD", "HEATHFIELD COTTAGE", NameLevel.KIND_UNSAID),
        ("HEATHFIELD HOUSE", "HEATHFIELD COTTAGE", NameLevel.BOTH_SAY_MORE),
        ("LOWMOOR FARM", "LOWMOOR FARMHOUSE", NameLevel.BOTH_SAY_MORE),
        ("LOWMOOR HALL", "LOWMOOR HALL LODGE", NameLevel.CANDIDATE_SAYS_MORE),
        ("THE BLUEBELL", "BLUEBELL", NameLevel.EQUAL),
        ("HEATHFIELD STABLES", "HEATHFIELD", NameLevel.QUERY_SAYS_MORE),
        ("HEATHFIELD HOUSE BUILDING", "HEATHFIELD HOUSE", NameLevel.EQUAL),
        ("EXCHANGE BUILDING", "EXCHANGE HOUSE", NameLevel.BOTH_SAY_MORE),
        ("BLUEBELL PUBLIC HOUSE", "BLUEBELL", NameLevel.KIND_UNSAID),
        ("CROFT HOUSE", "CROFT", NameLevel.QUERY_SAYS_MORE),
        ("BAKERY", "BAKERY COTTAGE", NameLevel.CANDIDATE_SAYS_MORE),
        ("ELM CATHOLIC CHURCH", "ELM CHURCH", NameLevel.KIND_UNSAID),
        ("ELM PARISH CHURCH", "ELM CHURCH", NameLevel.KIND_UNSAID),
        ("ELM PARISH HALL", "ELM HALL", NameLevel.QUERY_SAYS_MORE),
        ("ELM DENTAL PRACTICE", "ELM DENTAL SURGERY", NameLevel.KIND_UNSAID),
        ("ELM DENTAL SURGERY", "ELM SURGERY", NameLevel.QUERY_SAYS_MORE),
        ("ELM VETERINARY CENTRE", "ELM MEDICAL CENTRE", NameLevel.BOTH_SAY_MORE),
        ("ELM LEISURE CENTRE", "ELM SPORTS CENTRE", NameLevel.KIND_UNSAID),
        ("ELM SCHOOL", "ELM CHURCH OF ENGLAND SCHOOL", NameLevel.KIND_UNSAID),
        ("ELM CATHOLIC SCHOOL", "ELM PRIMARY SCHOOL", NameLevel.CANDIDATE_SAYS_MORE),
        ("ELM PRIMARY SCHOOL", "ELM CATHOLIC SCHOOL", NameLevel.QUERY_SAYS_MORE),
        ("ELM CATHOLIC JUNIOR SCHOOL", "ELM PRIMARY SCHOOL", NameLevel.BOTH_SAY_MORE),
        ("ELM CATHOLIC SCHOOL", "ELM METHODIST PRIMARY SCHOOL", NameLevel.BOTH_SAY_MORE),
        ("ELM HIGH SCHOOL", "ELM ACADEMY", NameLevel.KIND_UNSAID),
        ("ELM PRIMARY SCHOOL", "ELM ACADEMY", NameLevel.BOTH_SAY_MORE),
        ("PUBLIC TOILETS", "PUBLIC CONVENIENCES", NameLevel.KIND_UNSAID),
        ("ELM CATHOLIC SCHOOL", "ELM CHURCH OF ENGLAND SCHOOL", NameLevel.BOTH_SAY_MORE),
        ("PEN LAN", "PENLAN BARN", NameLevel.CANDIDATE_SAYS_MORE),
        ("ELMWOOD LIMITED", "ELMWOOD", NameLevel.EQUAL),
        ("ELM LODGE CARE HOME", "ELM LODGE", NameLevel.KIND_UNSAID),
        ("YR HEN YSGOL", "HEN YSGOL", NameLevel.EQUAL),
        ("BARN AT ELM FARM", "BARN ELM FARM", NameLevel.EQUAL),
    ],
)
def test_names_agree_word_by_word(query: str, candidate: str, expected: NameLevel) -> None:
    assert compare_names(query, candidate) == expected


@pytest.mark.parametrize(
    ("query", "candidate", "expected"),
    [
        (("SADLER SYSTEMS", "ELM HOUSE"), ("", "ELM HOUSE WEST PARK"), NameLevel.CANDIDATE_SAYS_MORE),
        (("SADLER SYSTEMS", "ELM HOUSE"), ("", "ELM HOUSE"), NameLevel.EQUAL),
        (("SADLER SYSTEMS", "ELM HOUSE"), ("TANNER TYRES", "ELM HOUSE"), NameLevel.BOTH_SAY_MORE),
        (("SADLER SYSTEMS", "ELM HOUSE"), ("", "OAK HOUSE"), NameLevel.BOTH_SAY_MORE),
        (("SAINT ANDREWS", "RECTORY"), ("", "RECTORY"), NameLevel.QUERY_SAYS_MORE),
    ],
)
def test_a_business_says_nothing_of_the_building_that_it_is_in(
    query: tuple[str, str], candidate: tuple[str, str], expected: NameLevel
) -> None:
    assert compare_named(JOINT.join(query), JOINT.join(candidate)) == expected


@pytest.mark.parametrize(
    ("query", "candidate"),
    [
        ("SMITHY", "OLD SMITHY"),
        ("LOW SCAR", "LOWER SCAR"),
        ("SMITHY BARN", "SMITHY"),
        ("SMITHY", "SMITHY LODGE"),
        ("SMITHY", "SMITHY HOUSE"),
        ("ZENITH", "ZENITH TWO"),
        ("ELM LODGE", "ELM GREEN LODGE"),
        ("ELM HOUSE", "ELM HOUSE FARM"),
        ("ELM FARM", "ELM FARM SHOP"),
        ("SPORTS HALL ELM ACADEMY", "ELM ACADEMY"),
        ("ELM HOSPITAL NURSES HOME", "ELM HOSPITAL"),
        ("THE PORTAKABIN ELM PRIMARY SCHOOL", "ELM PRIMARY SCHOOL"),
        ("ELM HOTEL", "ELM HOTEL SWIMMING POOL"),
        ("CAFE ELM LEISURE CENTRE", "ELM LEISURE CENTRE"),
        ("COFFEE SHOP ELM GARDEN CENTRE", "ELM GARDEN CENTRE"),
        ("PUBLIC BAR ELM HOTEL", "ELM HOTEL"),
        ("THE COTTAGE", "MILL COTTAGE"),
        ("ELM LODGE", "LODGE"),
    ],
)
def test_a_qualifier_tells_two_houses_of_a_name_apart(query: str, candidate: str) -> None:
    assert differ_in_qualifiers(JOINT + query, JOINT + candidate)


@pytest.mark.parametrize(
    ("query", "candidate"),
    [
        ("TY MAWR", "TY FAWR"),
        ("ELM HOTEL RESTAURANT", "ELM HOTEL"),
        ("COSTELLO COFFEE ELM GARDEN CENTRE", "ELM GARDEN CENTRE"),
        ("FELLSIDE", "FELLSIDE HOUSE"),
        ("SMITHY", ""),
        ("OLD SMITHY", "NEW FORGE"),
        ("ELM HOUSE", "ELM HOUSE WEST PARK"),
        ("THE COTTAGE", "COTTAGE"),
        ("THE RECTORY", "OTLEY RECTORY"),
        ("FERN CATERING ELM ACADEMY", "ELM ACADEMY"),
    ],
)
def test_other_words_do_not_qualify_a_house(query: str, candidate: str) -> None:
    assert not differ_in_qualifiers(JOINT + query, JOINT + candidate)


@pytest.mark.parametrize(
    ("query", "candidate", "opposite"),
    [
        ("SAINT ANNES COURT", "SAINT AGNES COURT", True),
        ("SAINT PAULS HALL", "SAINT PETERS HALL", True),
        ("SAINT ANNE COURT", "SAINT ANNES COURT", False),
        ("SAINT PETER AND SAINT PAUL SCHOOL", "SAINT PETERS SCHOOL", False),
        ("PAULS CAFE", "PETERS CAFE", False),
    ],
)
def test_another_saint_is_an_opposite(query: str, candidate: str, *, opposite: bool) -> None:
    assert differ_in_opposites(JOINT + query, JOINT + candidate) is opposite


def test_a_building_is_alike_whose_kind_one_side_leaves_out() -> None:
    held = [
        Held("HEATHFIELD", ParsedFields(building="HEATHFIELD")),
        Held("X", ParsedFields(building="HEATHFIELD COTTAGE")),
    ]
    alike, other = compare(pairs_of(ParsedFields(building="HEATHFIELD HOUSE"), held)).building
    assert alike == pytest.approx(0.97)
    assert other < 0.8


def test_a_street_joined_or_split_stays_the_same_street() -> None:
    pairs = pairs_of(ParsedFields(street="CORNMILL LANE"), [Held("X", ParsedFields(street="CORN MILL LANE"))])
    assert street_likeness(pairs)[0] == pytest.approx(0.99)


def test_road_and_close_of_one_name_are_told_apart() -> None:
    held = [Held("X", ParsedFields(street="MOSS CLOSE")), Held("Y", ParsedFields(street="MOSS ROAD"))]
    found = street_type_level(pairs_of(ParsedFields(street="MOSS ROAD"), held))
    assert found.tolist() == [StreetTypeLevel.DIFFERENT, StreetTypeLevel.EQUAL]


def test_streets_that_are_counted_are_told_apart_by_their_numerals() -> None:
    held = [
        Held("16 THIRD AVENUE", ParsedFields(street="THIRD AVENUE")),
        Held("16 4TH AVENUE", ParsedFields(street="4TH AVENUE")),
    ]
    third, fourth = compare(pairs_of(ParsedFields(street="FOURTH AVENUE"), held)).street
    assert third == 0
    assert fourth > 0.7


def test_an_empty_field_is_marked_and_not_scored() -> None:
    held = [Held("X", ParsedFields(street="MOSS ROAD")), Held("Y", ParsedFields())]
    assert street_likeness(pairs_of(ParsedFields(), held)).tolist() == [-1.0, -1.0]
    assert street_likeness(pairs_of(ParsedFields(street="MOSS ROAD"), held)).tolist() == [1.0, -2.0]


def test_overlap_counts_a_word_with_a_slip_as_found() -> None:
    held = [Held("12 THORNBURY ROAD", ParsedFields()), Held("12 ASHCOMBE ROAD", ParsedFields())]
    found = overlap(pairs_of(ParsedFields(), held, words="12 THORNBURRY ROAD"))
    assert found.query_share[0] == pytest.approx(1.0)
    assert found.query_share[1] < 0.5


def test_a_street_record_is_not_addressable() -> None:
    held = [Held("STREET RECORD", ParsedFields(), classification="P"), Held("1 X ROAD", ParsedFields())]
    assert record_status(pairs_of(ParsedFields(), held)).tolist() == [
        RecordStatus.NOT_ADDRESSABLE,
        RecordStatus.CURRENT,
    ]


def test_a_word_that_is_no_class_of_addressbase_says_nothing_against_a_premises() -> None:
    held = [Held("1 X ROAD", ParsedFields(), classification=one) for one in ("FLAT", "House", "F", "12")]
    assert record_status(pairs_of(ParsedFields(), held)).tolist() == [RecordStatus.CURRENT] * 4


def test_features_are_bounded_and_do_not_depend_on_the_order_of_candidates() -> None:
    query = ParsedFields(number=12, street="MOSS ROAD", town="OTLEY", postcode="AB12CD")
    held = [
        Held("12 MOSS ROAD OTLEY AB1 2CD", query, uprn="1"),
        Held("14 MOSS CLOSE OTLEY", ParsedFields(number=14, street="MOSS CLOSE", town="OTLEY"), uprn="2"),
    ]
    forth = compare(pairs_of(query, held, "12 MOSS ROAD OTLEY AB1 2CD", [0.9, 0.4]))
    back = compare(pairs_of(query, held[::-1], "12 MOSS ROAD OTLEY AB1 2CD", [0.4, 0.9]))
    assert np.array_equal(forth.matrix, back.matrix[::-1])
    continuous = [forth.column(feature) for feature in FEATURES if not feature.levels]
    assert np.min(continuous) >= -2
    assert np.max(continuous) <= 30


def test_a_name_whose_words_stand_in_another_order_is_found_in_the_text() -> None:
    held = Held(
        "THE LODGE, ELMWOOD HALL, MILL LANE, OTLEY",
        ParsedFields(building="LODGE ELMWOOD HALL", street="MILL LANE", town="OTLEY"),
    )
    features = compare(pairs_of(ParsedFields(building="ELMWOOD HALL LODGE", street="MILL LANE"), [held]))
    assert features.building_anywhere[0] >= features.building[0] > 0.9


def test_levels_of_two_features_with_the_same_numbers_are_told_from_all_others_of_either() -> None:
    few, many = (TownLevel.FOUND, TownLevel.RESEMBLED), (PlaceNameLevel.SAID, PlaceNameLevel.ALSO_CALLED)

    assert is_one_of(np.array(TownLevel, dtype=np.float32), few).tolist() == [False, True, True, False]
    found = is_one_of(np.array(PlaceNameLevel, dtype=np.float32), many)
    assert found.tolist() == [False, True, True, False, False]
