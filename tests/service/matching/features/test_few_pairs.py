import numpy as np
import pytest
from rapidfuzz import fuzz

from address_match.indexer.texts.coded_strings import Coded
from address_match.service.matching.features.columns.distinct_pairs import DistinctPairs

STREETS = [
    "ELM ROAD",
    "",
    "ELM RD",
    "OAK AVENUE",
    "THE OLD SMITHY",
    "SMITHY",
    "ELMS ROAD",
    "MILL LANE",
    "LANE",
]


def each_with_each() -> DistinctPairs:
    """Pair every street with every one: more pairs than are compared one by one."""
    column, count = Coded.of_rows(STREETS), len(STREETS)
    return DistinctPairs.of(
        column, column, np.repeat(np.arange(count), count), np.tile(np.arange(count), count)
    )


def only(pair: int) -> DistinctPairs:
    left, right = divmod(pair, len(STREETS))
    sides = Coded.of_rows([STREETS[left]]), Coded.of_rows([STREETS[right]])
    return DistinctPairs.of(*sides, np.zeros(1, dtype=np.int64), np.zeros(1, dtype=np.int64))


@pytest.mark.parametrize("cutoff", [0, 50])
def test_a_pair_is_as_alike_by_itself_as_among_many(cutoff: float) -> None:
    many = each_with_each().similarity(fuzz.ratio, cutoff)
    assert [only(pair).similarity(fuzz.ratio, cutoff)[0] for pair in range(len(many))] == many.tolist()


def test_a_part_is_as_alike_by_itself_as_among_many() -> None:
    many = each_with_each().part_similarity(50)
    assert [only(pair).part_similarity(50)[0] for pair in range(len(many))] == many.tolist()
