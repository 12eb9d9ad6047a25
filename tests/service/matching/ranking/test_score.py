from dataclasses import replace

import numpy as np
import pytest

from address_match.models.ranker import AdditiveRanker
from address_match.parser.parsed_fields import ParsedFields
from address_match.service.matching.features.parts.number import NumberLevel
from address_match.service.matching.features.table import FEATURE_SPECS
from address_match.service.matching.query.query_columns import AlternativeParses, FieldColumns
from address_match.service.matching.ranking.score import score_pairs
from tests.service.matching.factories import Held, pairs_of

NUMBER_EQUAL = AdditiveRanker(
    specs=FEATURE_SPECS,
    edges=tuple(np.zeros(0, np.float32) for _ in FEATURE_SPECS),
    values=tuple(
        np.where(np.arange(max(1, spec.categories)) == int(NumberLevel.EQUAL), 5.0, 0.0)
        if spec.name == "number"
        else np.zeros(max(1, spec.categories))
        for spec in FEATURE_SPECS
    ),
    intercept=-2.0,
)
"""Thinks of nothing but whether the numbers are equal."""


def test_each_candidate_is_scored_under_the_parse_that_fits_it_best() -> None:
    held = [Held("6 PRIORY VIEW", ParsedFields(number=6)), Held("7 PRIORY VIEW", ParsedFields(number=7))]
    pairs = pairs_of(ParsedFields(number=7), held)
    alternatives = AlternativeParses(np.array([0]), FieldColumns([ParsedFields(number=6)]))
    columns = replace(pairs.queries, alternatives=alternatives)
    found = score_pairs(columns, pairs.candidates, pairs.statistics, NUMBER_EQUAL)
    assert found.log_odds.tolist() == pytest.approx([3.0, 3.0])
    assert found.alternative.tolist() == [0, -1]
    assert found.features.number.tolist() == [NumberLevel.EQUAL, NumberLevel.EQUAL]


def test_a_street_that_is_held_is_no_house_under_another_parse() -> None:
    held = [Held("6 THORNLEY RISE", ParsedFields(number=6, street="THORNLEY RISE"))]
    pairs = pairs_of(ParsedFields(street="THORNLEY RISE"), held)
    house = FieldColumns([ParsedFields(building="THORNLEY RISE", number=6)])
    columns = replace(pairs.queries, alternatives=AlternativeParses(np.array([0]), house))
    assert score_pairs(columns, pairs.candidates, pairs.statistics, NUMBER_EQUAL).alternative.tolist() == [-1]


def test_a_sure_query_is_scored_under_its_only_parse() -> None:
    pairs = pairs_of(ParsedFields(number=7), [Held("6 PRIORY VIEW", ParsedFields(number=6))])
    found = score_pairs(pairs.queries, pairs.candidates, pairs.statistics, NUMBER_EQUAL)
    assert (found.log_odds.tolist(), found.alternative.tolist()) == ([-2.0], [-1])
