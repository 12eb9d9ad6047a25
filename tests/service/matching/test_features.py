from dataclasses import replace

import numpy as np
import pyarrow as pa
import pytest

from parser.reading import Reading
from service.matching.comparison.features import COLUMN, FEATURES, compare
from service.matching.comparison.places import PlaceName
from service.matching.comparison.premises_part import SuffixRelation, UnitRelation, unit_relation
from service.matching.comparison.sound import sound
from service.matching.comparison.standing import PositionRelation
from tests.service.matching.factories import Held, pairs_of


def feature(name: str, query: Reading, candidate: Reading, words: str = "", address: str = "X") -> float:
    found = compare(pairs_of(query, [Held(address, candidate)], words))
    return float(found[0, COLUMN[name]])


@pytest.mark.parametrize(
    ("query", "candidate", "expected"),
    [
        (Reading(number=12), Reading(number=12), SuffixRelation.NEITHER),
        (Reading(number=12, suffix="A"), Reading(number=12, suffix="A"), SuffixRelation.EQUAL),
        (Reading(number=12, suffix="A"), Reading(number=12, unit="A"), SuffixRelation.EQUAL),
        (Reading(number=12, suffix="A"), Reading(number=12), SuffixRelation.QUERY_ONLY),
        (Reading(number=12), Reading(number=12, suffix="A"), SuffixRelation.CANDIDATE_ONLY),
        (Reading(number=12, suffix="A"), Reading(number=12, suffix="C"), SuffixRelation.DIFFERENT),
        (Reading(number=12, suffix="A"), Reading(number=14, suffix="A"), SuffixRelation.NUMBERS_DIFFER),
    ],
)
def test_letters_are_compared_where_the_numbers_agree(
    query: Reading, candidate: Reading, expected: SuffixRelation
) -> None:
    assert feature("suffix", query, candidate) == expected


def test_a_number_that_holds_its_floor_is_the_flat_on_that_floor() -> None:
    assert unit_relation("3|2", "|302") == UnitRelation.EQUAL
    assert unit_relation("2|2", "|302") == UnitRelation.DIFFERENT


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
    assert feature("street_sound", Reading(street="FILIP ROAD"), Reading(street="PHILLIP CLOSE")) == 1.0


def test_a_town_by_another_name_of_its_sector_is_known() -> None:
    pairs = pairs_of(Reading(town="BROMBOROUGH"), [Held("2 MILL ROAD WIRRAL", Reading(town="WIRRAL"))])
    texts = pairs.candidates.texts
    at = texts.column_names.index("place_names")
    called = texts.set_column(at, "place_names", pa.array(["WIRRAL|BROMBOROUGH"]))
    known = replace(pairs, candidates=replace(pairs.candidates, texts=called))
    assert compare(known)[0, COLUMN["town_name"]] == PlaceName.ALSO_CALLED
    assert compare(pairs)[0, COLUMN["town_name"]] == PlaceName.OTHER


@pytest.mark.parametrize("position", ["REAR", "LAND", "OPPOSITE", "ADJACENT", "PLOT"])
def test_a_query_that_points_at_another_place_is_told_from_the_place_it_points_from(position: str) -> None:
    house, pointing = Reading(number=12), Reading(number=12, position=position)
    assert feature("position", pointing, house) == PositionRelation.QUERY_POINTS_ELSEWHERE
    assert feature("position", house, pointing) == PositionRelation.CANDIDATE_POINTS_ELSEWHERE
    assert feature("position", pointing, pointing) == PositionRelation.ALIKE


def test_another_street_contradicts_and_an_unsaid_one_does_not() -> None:
    query = Reading(street="THORNBURY ROAD")
    told = [
        Held("ASHCOMBE LANE", Reading(street="ASHCOMBE LANE")),
        Held("ROSE HOUSE", Reading(building="ROSE HOUSE")),
        Held("THORNBURY ROAD", query),
    ]
    found = compare(pairs_of(query, told, "THORNBURY ROAD"))[:, COLUMN["contradicted"]]
    assert found[0] > 0.5
    assert found[1:].tolist() == [0.0, 0.0]


def test_a_rare_word_of_a_name_weighs_more_than_a_common_one() -> None:
    held = [
        Held(f"{name} HOUSE", Reading(building=f"{name} HOUSE")) for name in ("ASH", "OAK", "ELM", "QUERN")
    ]
    found = compare(pairs_of(Reading(building="QUERN HOUSE"), held, "QUERN HOUSE"))[:, COLUMN["name_share"]]
    assert found[3] == 1.0
    assert found[0] < 0.2


@pytest.mark.parametrize(
    ("query", "candidate"),
    [
        (Reading(), Reading()),
        (Reading(street="MILL"), Reading()),
        (Reading(), Reading(number=4, street="MILL ROAD", town="OTLEY", postcode="AB12CD")),
        (Reading(other="X"), Reading(unit="3", floor="2", building="ROSE HOUSE")),
    ],
)
def test_candidates_without_postcode_number_or_more_than_a_word_have_finite_features(
    query: Reading, candidate: Reading
) -> None:
    found = compare(pairs_of(query, [Held("MILL", candidate)], "MILL"))
    assert np.isfinite(found).all()
    for j, spec in enumerate(FEATURES):
        assert 0 <= found[0, j] < spec.categories or (not spec.categories and -2 <= found[0, j] <= 30)


def test_no_pair_at_all_has_no_features() -> None:
    assert compare(pairs_of(Reading(number=1), [])).shape == (0, len(FEATURES))
