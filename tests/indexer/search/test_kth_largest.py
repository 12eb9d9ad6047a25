"""The threshold of the largest values is that of sorting them."""

import numpy as np
import pytest

from address_match.indexer.search.kth_largest import kth_largest


@pytest.mark.parametrize("count", [1, 50, 2_048, 5_000, 20_000])
@pytest.mark.parametrize("k", [1, 15, 64])
def test_the_kth_largest_is_that_of_the_sorted_values(count: int, k: int) -> None:
    rng = np.random.default_rng(count)
    for spread in (2, 2_000):  # with many ties, and with few
        values = np.rint(rng.normal(0, spread, count)).astype(np.float32)
        assert kth_largest(values, k) == np.sort(values)[-min(k, count)]


def test_where_all_of_the_largest_stand_together_each_of_them_counts() -> None:
    values = np.concatenate([np.zeros(6_400), np.arange(1.0, 101.0)])
    assert [kth_largest(values, k) for k in (1, 15, 100, 101)] == [100, 86, 1, 0]
