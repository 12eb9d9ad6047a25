import numpy as np

from address_match.parser.parsed_fields import ParsedFields
from address_match.service.matching.features.table import FeatureTable, compare
from address_match.service.matching.ranking.ties import ties_with_the_best
from tests.service.matching.factories import Held, pairs_of

ASKED = ParsedFields(number=5, street="CHAPEL HILL", town="SHILDON")
WORDS = "5 CHAPEL HILL SHILDON"


def chapel_hill(locality: str, number: int = 5) -> Held:
    fields = ParsedFields(number=number, street="CHAPEL HILL", locality=locality, town="SHILDON")
    return Held(f"{number} CHAPEL HILL, {locality}, SHILDON".replace(" , ", " "), fields)


def counting(*held: Held) -> list[int]:
    """Return whose features count for each of the premises, given best first, a stranger behind them."""
    among = (*held, Held("9 MILL ROAD, OTLEY", ParsedFields(number=9, street="MILL ROAD", town="OTLEY")))
    features = compare(pairs_of(ASKED, among, WORDS, [0.9 - place / 20 for place in range(len(among))]))
    in_village = np.array([bool(one.fields.locality) for one in among])
    counting = ties_with_the_best(features, np.zeros(len(among), dtype=np.int64), in_village)
    return [int(row) for row in counting[:-1]]


def test_a_village_that_is_not_asked_for_speaks_for_no_candidate() -> None:
    assert counting(chapel_hill("GAINFORD"), chapel_hill("LONG NEWTON BY THE WATER")) == [0, 0]


def test_a_candidate_that_says_no_more_than_the_query_stands_by_itself() -> None:
    assert counting(chapel_hill(""), chapel_hill("GAINFORD")) == [0, 1]


def test_another_number_is_another_premises() -> None:
    assert counting(chapel_hill("GAINFORD"), chapel_hill("DENTON", number=7)) == [0, 1]


def test_neighbours_of_a_premises_that_is_not_held_are_not_made_even() -> None:
    assert counting(chapel_hill("GAINFORD", number=7), chapel_hill("DENTON", number=9)) == [0, 1]


def test_no_candidates_are_no_trouble() -> None:
    nothing = FeatureTable(np.empty((0, 32), dtype=np.float32))
    assert len(ties_with_the_best(nothing, np.empty(0, dtype=np.int64), np.empty(0, dtype=bool))) == 0
