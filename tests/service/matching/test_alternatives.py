from dataclasses import replace

import numpy as np
import pytest

from models.ranker import AdditiveRanker
from parser.reading import Reading
from service.matching.alternatives import scored
from service.matching.comparison.columns import OtherReadings, readings_table
from service.matching.comparison.features import COLUMN, FEATURES
from service.matching.comparison.premises_part import NumberRelation
from tests.service.matching.factories import Held, pairs_of

NUMBER_EQUAL = AdditiveRanker(
    specs=FEATURES,
    edges=tuple(np.zeros(0, np.float32) for _ in FEATURES),
    values=tuple(
        np.where(np.arange(max(1, spec.categories)) == int(NumberRelation.EQUAL), 5.0, 0.0)
        if spec.name == "number"
        else np.zeros(max(1, spec.categories))
        for spec in FEATURES
    ),
    intercept=-2.0,
)
"""Thinks of nothing but whether the numbers are equal."""


def test_each_candidate_is_scored_under_the_reading_that_fits_it_best() -> None:
    held = [Held("6 PRIORY VIEW", Reading(number=6)), Held("7 PRIORY VIEW", Reading(number=7))]
    pairs = pairs_of(Reading(number=7), held)
    others = OtherReadings(np.array([0]), readings_table([Reading(number=6)]))
    columns = replace(pairs.queries, others=others)
    found = scored(columns, pairs.candidates, pairs.statistics, NUMBER_EQUAL)
    assert found.log_odds.tolist() == pytest.approx([3.0, 3.0])
    assert found.reading.tolist() == [0, -1]
    assert found.features[:, COLUMN["number"]].tolist() == [NumberRelation.EQUAL, NumberRelation.EQUAL]


def test_a_sure_query_is_scored_under_its_only_reading() -> None:
    pairs = pairs_of(Reading(number=7), [Held("6 PRIORY VIEW", Reading(number=6))])
    found = scored(pairs.queries, pairs.candidates, pairs.statistics, NUMBER_EQUAL)
    assert (found.log_odds.tolist(), found.reading.tolist()) == ([-2.0], [-1])
