import numpy as np
import pytest

from address_match.models.bundle import load_bundle
from address_match.models.ranker import AdditiveRanker
from address_match.parser.parsed_fields import ParsedFields
from address_match.service.matching.features.columns.pairs import Pairs, once_per_batch
from address_match.service.matching.features.feature import Feature, Field
from address_match.service.matching.features.table import FEATURE_SPECS, FEATURES, FeatureTable, compare
from tests.service.matching.factories import Held, pairs_of

HELD = [Held("12 MILL ROAD", ParsedFields(number=12, street="MILL ROAD")), Held("X", ParsedFields(number=9))]


def test_every_attribute_of_a_table_is_the_column_of_its_feature() -> None:
    table = compare(pairs_of(ParsedFields(number=12, street="MILL ROAD"), HELD, "12 MILL ROAD"))
    declared = {name: each for name, each in vars(FeatureTable).items() if isinstance(each, Feature)}
    assert tuple(each for each in declared.values() if each.ranked) == FEATURES
    assert table.ranked.shape == (len(HELD), len(FEATURES))
    for place, (name, feature) in enumerate(declared.items()):
        assert np.array_equal(getattr(table, name), table.matrix[:, place])
        assert getattr(FeatureTable, name) is feature


def test_no_two_features_have_one_name() -> None:
    assert len({feature.name for feature in FEATURES}) == len(FEATURES)


def test_the_shipped_ranker_learned_from_these_columns_in_this_order() -> None:
    assert AdditiveRanker.load(load_bundle().ranker_path).specs == FEATURE_SPECS


def test_rows_are_taken_in_the_order_given() -> None:
    table = compare(pairs_of(ParsedFields(number=12), HELD))
    assert table.take(np.array([1, 0])).number.tolist() == table.number[::-1].tolist()


@pytest.mark.parametrize("feature", [feature for feature in FEATURES if feature.levels], ids=lambda f: f.name)
def test_a_feature_of_levels_is_one_of_them(feature: Feature) -> None:
    assert feature.levels is not None
    assert [feature.value_in_words(level) for level in feature.levels] == [
        level.name.lower().replace("_", " ") for level in feature.levels
    ]


def test_every_field_that_is_no_start_has_a_feature() -> None:
    assert {feature.field for feature in FEATURES} == set(Field) - {Field.START}


def test_what_features_share_is_computed_once_for_a_batch() -> None:
    calls = []

    @once_per_batch
    def counted(pairs: Pairs) -> int:
        calls.append(pairs)
        return len(calls)

    pairs, others = pairs_of(ParsedFields(), HELD), pairs_of(ParsedFields(), HELD)
    assert (counted(pairs), counted(pairs), counted(others)) == (1, 1, 2)
