from argparse import Namespace

from address_match.models.synthesis.councils.components import Components
from address_match.models.synthesis.councils.council_texts import CouncilText
from address_match.models.synthesis.councils.styles import STYLES
from address_match.models.synthesis.country.country import SyntheticCountry
from benchmarks.independent.__main__ import ABSENT, Gap, Truth, make_queries
from benchmarks.independent.places import Place, places_of_premises


def _place(uprn: str, same_as: str, absent_with: str) -> Place:
    components = Components(uprn, "", "", "", "", "12", "MILL LANE", "", "MARLOW", "ZE1 4QT")
    return Place(components, same_as, absent_with)


_GAP = Gap(seed=1, rate=0.5)
_HELD = next(name for name in "abcdefgh" if not _GAP.lacks(_place("", "", name)))
_LACKED = next(name for name in "abcdefgh" if _GAP.lacks(_place("", "", name)))
_TRUTH = Truth([_place("1", "x", _HELD), _place("2", "x", _HELD), _place("3", "y", _LACKED)], _GAP)


def test_any_name_of_the_place_is_right() -> None:
    query = _TRUTH.query(CouncilText("1", "12 MILL LANE", (), (), True, None), "leeds")
    assert query is not None
    assert query.accepted == {"1", "2"}


def test_a_premises_that_is_left_out_has_no_right_answer() -> None:
    query = _TRUTH.query(CouncilText("3", "14 MILL LANE", (), (), True, None), "leeds")
    assert query is not None
    assert not query.present


def test_an_absent_premises_whose_text_reads_as_one_that_is_held_is_not_asked_for() -> None:
    assert _TRUTH.query(CouncilText("3", "12 MILL LANE", (), ("1",), True, None), "leeds") is None


def test_a_text_that_lost_its_flat_is_not_asked_for() -> None:
    assert _TRUTH.query(CouncilText("1", "12 MILL LANE", (), (), False, None), "leeds") is None


def test_each_style_asks_for_the_share_of_absent_ones_that_was_wanted() -> None:
    places = places_of_premises(SyntheticCountry(3, 1_500))
    queries = make_queries(places, Gap(3, 0.3), Namespace(queries=40, prevalence=2.0, seed=3))
    for style in STYLES:
        asked = [query for query in queries if query.kind == style]
        assert sum(not query.present for query in asked) == 40 * ABSENT
        assert len(asked) == 40
