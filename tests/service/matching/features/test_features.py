from dataclasses import replace

import numpy as np
import pyarrow as pa
import pytest

from address_match.indexer.texts.candidate_texts import CandidateTexts
from address_match.parser.parsed_fields import ParsedFields
from address_match.service.matching.features.columns.distinct_pairs import RIGHT_EMPTY
from address_match.service.matching.features.feature import Feature
from address_match.service.matching.features.names.compare_names import NameLevel
from address_match.service.matching.features.parts.compare_units import UnitLevel, compare_designators
from address_match.service.matching.features.parts.number import SuffixLevel
from address_match.service.matching.features.places.place import PlaceNameLevel, TownLevel
from address_match.service.matching.features.position import PositionLevel
from address_match.service.matching.features.streets.phonetic_key import sound
from address_match.service.matching.features.streets.street import StreetTypeLevel
from address_match.service.matching.features.table import FEATURES, FeatureTable, compare
from address_match.service.matching.features.words.word_overlap import leftover
from tests.service.matching.factories import Held, pairs_of, texts_table


def value_of(
    feature: Feature, query: ParsedFields, candidate: ParsedFields, words: str = "", address: str = "X"
) -> float:
    found = compare(pairs_of(query, [Held(address, candidate)], words))
    return float(found.column(feature)[0])


@pytest.mark.parametrize(
    ("query", "candidate", "expected"),
    [
        (ParsedFields(number=12), ParsedFields(number=12), SuffixLevel.NEITHER),
        (ParsedFields(number=12, suffix="A"), ParsedFields(number=12, suffix="A"), SuffixLevel.EQUAL),
        (ParsedFields(number=12, suffix="A"), ParsedFields(number=12, unit="A"), SuffixLevel.EQUAL),
        (ParsedFields(number=12, suffix="A"), ParsedFields(number=12), SuffixLevel.QUERY_ONLY),
        (ParsedFields(number=12), ParsedFields(number=12, suffix="A"), SuffixLevel.CANDIDATE_ONLY),
        (ParsedFields(number=12, suffix="A"), ParsedFields(number=12, suffix="C"), SuffixLevel.DIFFERENT),
        (ParsedFields(number=12, suffix="A"), ParsedFields(number=12, suffix="A-C"), SuffixLevel.EQUAL),
        (ParsedFields(number=12, suffix="A-C"), ParsedFields(number=12, suffix="A"), SuffixLevel.DIFFERENT),
        (
            ParsedFields(number=12, suffix="A"),
            ParsedFields(number=14, suffix="A"),
            SuffixLevel.NUMBERS_DIFFER,
        ),
    ],
)
def test_letters_are_compared_where_the_numbers_agree(
    query: ParsedFields, candidate: ParsedFields, expected: SuffixLevel
) -> None:
    assert value_of(FeatureTable.suffix, query, candidate) == expected


def test_a_number_that_holds_its_floor_is_the_flat_on_that_floor() -> None:
    assert compare_designators("3|2||", "|302||") == UnitLevel.EQUAL
    assert compare_designators("2|2||", "|302||") == UnitLevel.DIFFERENT


@pytest.mark.parametrize(
    ("written", "otherwise"),
    [
        ("SADDLER", "SADLER"),
        ("PHILLIP", "FILIP"),
        ("WRIGHT", "RITE"),
        ("THORNBURY", "THRNBRY"),
        ("ASHE", "ASH"),
    ],
)
def test_names_that_sound_alike_have_one_key(written: str, otherwise: str) -> None:
    assert sound(written) == sound(otherwise)


def test_names_that_sound_different_have_different_keys() -> None:
    assert sound("MILL") != sound("HILL")


def test_a_street_spelt_by_ear_sounds_like_the_street() -> None:
    assert (
        value_of(
            FeatureTable.street_sound, ParsedFields(street="FILIP ROAD"), ParsedFields(street="PHILLIP CLOSE")
        )
        == 1.0
    )


def test_a_town_by_another_name_of_its_sector_is_known() -> None:
    held = [Held("2 MILL ROAD WIRRAL", ParsedFields(town="WIRRAL"))]
    pairs = pairs_of(ParsedFields(town="BROMBOROUGH"), held)
    texts = texts_table(held)
    at = texts.column_names.index("place_names")
    called = CandidateTexts.of_table(texts.set_column(at, "place_names", pa.array(["WIRRAL|BROMBOROUGH"])))
    known = replace(pairs, candidates=replace(pairs.candidates, texts=called))
    assert compare(known).town_name == PlaceNameLevel.ALSO_CALLED
    assert compare(pairs).town_name == PlaceNameLevel.OTHER


@pytest.mark.parametrize("position", ["REAR", "LAND", "OPPOSITE", "ADJACENT", "PLOT"])
def test_a_query_that_points_at_another_place_is_told_from_the_place_it_points_from(position: str) -> None:
    house, pointing = ParsedFields(number=12), ParsedFields(number=12, position=position)
    assert value_of(FeatureTable.position, pointing, house) == PositionLevel.QUERY_POINTS_ELSEWHERE
    assert value_of(FeatureTable.position, house, pointing) == PositionLevel.CANDIDATE_POINTS_ELSEWHERE
    assert value_of(FeatureTable.position, pointing, pointing) == PositionLevel.ALIKE


def test_another_street_contradicts_and_an_unsaid_one_does_not() -> None:
    query = ParsedFields(street="THORNBURY ROAD")
    held = [
        Held("ASHCOMBE LANE", ParsedFields(street="ASHCOMBE LANE")),
        Held("ROSE HOUSE", ParsedFields(building="ROSE HOUSE")),
        Held("THORNBURY ROAD", query),
    ]
    found = compare(pairs_of(query, held, "THORNBURY ROAD")).contradicted
    assert found[0] > 0.5
    assert found[1:].tolist() == [0.0, 0.0]


BLOCK_IN_STREET = ParsedFields(unit="96", building="ALDER COURT", street="MILL HILL")


def test_a_block_that_was_read_as_a_street_is_the_building_and_says_nothing_of_the_street() -> None:
    words = "ALDER COURT MILL HILL"
    block = Held("96 ALDER COURT, OTLEY", ParsedFields(number=96, street="ALDER COURT", town="OTLEY"))
    found = compare(pairs_of(BLOCK_IN_STREET, [block], words))
    assert (found.building[0], found.building_in_query[0], found.names[0]) == (1, 1, NameLevel.EQUAL)
    assert (found.street[0], found.street_name[0], found.street_sound[0]) == (RIGHT_EMPTY,) * 3
    assert (found.street_type[0], found.contradicted[0]) == (StreetTypeLevel.NEITHER, 0)


@pytest.mark.parametrize(
    "held",
    [
        ParsedFields(number=96, street="ALDER ROAD"),
        ParsedFields(number=96, building="ROWAN HOUSE", street="ALDER COURT"),
        ParsedFields(number=96, street="MILL HILL"),
    ],
)
def test_a_street_that_is_not_the_asked_building_is_a_street(held: ParsedFields) -> None:
    assert value_of(FeatureTable.street, BLOCK_IN_STREET, held) >= 0


def test_a_block_and_a_street_of_one_name_are_both_said() -> None:
    asked = replace(BLOCK_IN_STREET, street="ALDER COURT")
    assert value_of(FeatureTable.street, asked, ParsedFields(number=96, street="ALDER COURT")) == 1


@pytest.mark.parametrize("with_part", [{"unit": "2"}, {"floor": "1"}])
def test_the_letter_of_a_number_that_nobody_asked_for_is_no_part(with_part: dict[str, str]) -> None:
    named = ParsedFields(building="GABLES", street="MILL HILL")
    lettered = replace(named, number=12, suffix="A")
    assert value_of(FeatureTable.unit, named, lettered) == UnitLevel.NEITHER
    assert value_of(FeatureTable.unit, lettered, named) == UnitLevel.NEITHER
    part = replace(lettered, **with_part)  # type: ignore[arg-type]  # fields by name
    assert value_of(FeatureTable.unit, named, part) == UnitLevel.CANDIDATE_ONLY
    house = replace(named, number=12)
    assert value_of(FeatureTable.unit, house, lettered) == UnitLevel.CANDIDATE_ONLY


def test_nothing_is_left_over_where_sums_of_weights_differ_by_rounding() -> None:
    rounded = np.array([0.1 + 0.2 - 0.3, -1e-16, 0.0, 1e-7])
    assert (leftover(rounded) > 0).tolist() == [False, False, False, True]


def test_a_name_with_other_spaces_is_said_whole_on_both_sides() -> None:
    joined = Held("10 CORNMILL CRESCENT", ParsedFields(number=10, street="CORNMILL CRESCENT"))
    known = Held("3 CORN MILL", ParsedFields(number=3, street="CORN MILL"))
    query = ParsedFields(number=10, street="CORN MILL CRESCENT")
    features = compare(pairs_of(query, [joined, known], "10 CORN MILL CRESCENT"))
    assert features.query_share.tolist()[0] == 1
    assert features.candidate_share.tolist()[0] == 1
    assert features.query_leftover.tolist()[0] == 0
    assert features.query_share.tolist()[1] < 1


def test_a_saint_with_its_s_is_the_same_name() -> None:
    held = [
        Held(f"4 {street}", ParsedFields(number=4, street=street))
        for street in ("SAINT MARYS STREET", "SAINT STREET")
    ]
    query = ParsedFields(number=4, street="SAINT MARY STREET")
    features = compare(pairs_of(query, held, "4 SAINT MARY STREET"))
    assert features.query_share.tolist()[0] == 1
    assert features.candidate_share.tolist()[0] == 1
    assert features.query_share.tolist()[1] < 1


def test_a_rare_word_of_a_name_weighs_more_than_a_common_one() -> None:
    held = [
        Held(f"{name} HOUSE", ParsedFields(building=f"{name} HOUSE"))
        for name in ("ASH", "OAK", "ELM", "QUERN")
    ]
    found = compare(pairs_of(ParsedFields(building="QUERN HOUSE"), held, "QUERN HOUSE")).name_share
    assert found[3] == 1.0
    assert found[0] < 0.2


@pytest.mark.parametrize(
    ("query", "candidate"),
    [
        (ParsedFields(), ParsedFields()),
        (ParsedFields(street="MILL"), ParsedFields()),
        (ParsedFields(), ParsedFields(number=4, street="MILL ROAD", town="OTLEY", postcode="AB12CD")),
        (ParsedFields(other="X"), ParsedFields(unit="3", floor="2", building="ROSE HOUSE")),
    ],
)
def test_candidates_without_postcode_number_or_more_than_a_word_have_finite_features(
    query: ParsedFields, candidate: ParsedFields
) -> None:
    found = compare(pairs_of(query, [Held("MILL", candidate)], "MILL"))
    assert np.isfinite(found.matrix).all()
    for feature in FEATURES:
        value = found.column(feature)[0]
        assert 0 <= value < len(feature.levels) if feature.levels else -2 <= value <= 30


def test_no_pair_at_all_has_no_features() -> None:
    assert compare(pairs_of(ParsedFields(number=1), [])).ranked.shape == (0, len(FEATURES))


@pytest.mark.parametrize(
    ("text", "held", "found"),
    [
        ("12 LONDON ROAD, LEICESTER", ParsedFields(street="LONDON ROAD", town="LEICESTER"), False),
        (
            "LONDON HOUSE, 12 LONDON ROAD, OADBY",
            ParsedFields(building="LONDON HOUSE", street="LONDON ROAD", locality="OADBY"),
            False,
        ),
        (
            "BANK OF LONDON, 12 LONDON ROAD, OADBY",
            ParsedFields(organisation="BANK OF LONDON", street="LONDON ROAD", town="OADBY"),
            False,
        ),
        ("12 LONDONDERRY ROAD, OADBY", ParsedFields(street="LONDONDERRY ROAD", town="OADBY"), False),
        ("12 LONDON ROAD, CAMDEN, LONDON", ParsedFields(street="LONDON ROAD", locality="CAMDEN"), True),
        ("12 LONDON ROAD", ParsedFields(street="LONDON ROAD"), True),
    ],
)
def test_a_town_is_not_found_in_the_name_of_something_else(
    text: str, held: ParsedFields, *, found: bool
) -> None:
    query = ParsedFields(number=12, street="LONDON ROAD", town="LONDON")
    features = compare(pairs_of(query, [Held(text, replace(held, number=12))], "12 LONDON ROAD LONDON"))
    assert bool(features.town_found[0] == TownLevel.FOUND) is found


def test_an_estate_that_a_query_calls_a_locality_is_found_as_a_building_and_not_as_a_street() -> None:
    query = ParsedFields(number=4, street="DOCK ROAD", locality="RIVERSIDE")
    fields = ParsedFields(number=4, street="DOCK ROAD", town="OTLEY")
    estate = Held("4 RIVERSIDE PARK, DOCK ROAD, OTLEY", replace(fields, building="RIVERSIDE PARK"))
    street = Held("4 RIVERSIDE ROAD, OTLEY", replace(fields, street="RIVERSIDE ROAD"))
    assert (compare(pairs_of(query, [estate, street])).locality == 1).tolist() == [True, False]


@pytest.mark.parametrize(("club", "held"), [("CRICKET CLUB", True), ("TENNIS CLUB", False)])
def test_initials_are_held_where_their_words_are(club: str, *, held: bool) -> None:
    asked, candidate = ParsedFields(building="ELMLEY CC"), ParsedFields(building=f"ELMLEY {club}")
    share = value_of(FeatureTable.name_share, asked, candidate, "ELMLEY CC", f"ELMLEY {club}, OTLEY")
    assert (share == 1) is held
