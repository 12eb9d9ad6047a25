from dataclasses import replace

import numpy as np
import pytest

from address_match.parser.parsed_fields import ParsedFields
from address_match.service.matching.features.table import compare
from address_match.service.matching.ranking.query_features import (
    FOR_ABSENCE,
    QUERY_FEATURES,
    RankedQueries,
    query_features_of,
)
from tests.service.matching.factories import Held, pairs_of

HELD = Held("12 HIGH STREET, OTLEY", ParsedFields(number=12, street="HIGH STREET", town="OTLEY"))


def facts_of(asked: ParsedFields, *held: Held, log_odds: float = 0) -> dict[str, float]:
    pairs = pairs_of(asked, held)
    rows = np.arange(len(pairs))
    ranked = RankedQueries(pairs, pairs.query, rows, np.full(len(pairs), log_odds), compare(pairs))
    return dict(zip(QUERY_FEATURES, query_features_of(ranked)[0].tolist(), strict=True))


@pytest.mark.parametrize(
    ("asked", "elsewhere", "barred"),
    [
        (ParsedFields(number=12, street="HIGH STREET", town="OTLEY"), 0, 0),
        (ParsedFields(number=21, street="HIGH STREET", town="OTLEY"), 0, 1),
        (ParsedFields(number=12, street="HIGH STREET EAST", town="OTLEY"), 1, 1),
    ],
)
def test_what_no_rule_lets_pass_speaks_for_absence(
    asked: ParsedFields, elsewhere: float, barred: float
) -> None:
    facts = facts_of(asked, HELD)
    assert (facts["best_elsewhere"], facts["best_barred"]) == (elsewhere, barred)
    assert {"best_elsewhere", "best_barred"} <= FOR_ABSENCE


def test_the_better_what_is_barred_fits_the_more_it_speaks_for_absence() -> None:
    barred = ParsedFields(number=21, street="HIGH STREET", town="OTLEY")
    fits = [facts_of(barred, HELD, log_odds=odds)["best_barred_fit"] for odds in (-9.0, 0.0, 5.0)]
    assert fits == [0, 0.5, 1]
    assert "best_barred_fit" in FOR_ABSENCE


def test_how_well_a_candidate_fits_says_nothing_of_absence_where_no_rule_bars_it() -> None:
    asked = ParsedFields(number=12, street="HIGH STREET", town="OTLEY")
    assert facts_of(asked, HELD, log_odds=5.0)["best_barred_fit"] == 0


def test_an_address_without_a_candidate_is_as_one_that_is_barred() -> None:
    facts = facts_of(ParsedFields(number=12, street="HIGH STREET"))
    assert facts["best_barred"] == facts["best_elsewhere"] == 1


@pytest.mark.parametrize(("street", "doubtful"), [("HIGH STREET", 0), ("HUGH STREET", 1), ("MILL LANE", 0)])
def test_a_street_that_may_be_a_slip_or_another_speaks_for_absence(street: str, doubtful: float) -> None:
    facts = facts_of(ParsedFields(number=12, street=street, town="OTLEY"), HELD)
    assert facts["best_street_doubtful"] == doubtful
    assert "best_street_doubtful" in FOR_ABSENCE


HOUSE = ParsedFields(number=12, street="HIGH STREET", town="OTLEY")
GROUND_FLOOR = replace(HOUSE, unit_kind="FLAT", floor="G")
ANNEXE = replace(HOUSE, unit_kind="ANNEXE")
FLAT_2 = replace(HOUSE, unit_kind="FLAT", unit="2")


@pytest.mark.parametrize(
    ("asked", "held", "described"),
    [
        (GROUND_FLOOR, HOUSE, 1),
        (ANNEXE, HOUSE, 1),
        (HOUSE, GROUND_FLOOR, 1),
        (FLAT_2, HOUSE, 0),
        (replace(HOUSE, suffix="A"), HOUSE, 0),
        (replace(HOUSE, unit_kind="GARAGE"), HOUSE, 0),
        (GROUND_FLOOR, GROUND_FLOOR, 0),
        (GROUND_FLOOR, FLAT_2, 0),
        (HOUSE, HOUSE, 0),
    ],
)
def test_a_house_for_a_part_told_by_where_it_lies_or_the_reverse_is_a_fact(
    asked: ParsedFields, held: ParsedFields, described: float
) -> None:
    facts = facts_of(asked, Held("12 HIGH STREET, OTLEY", held))
    assert facts["best_part_described"] == described
    assert "best_part_described" not in FOR_ABSENCE
