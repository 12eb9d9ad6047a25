from pathlib import Path

import numpy as np

from address_match.models.search.exact import ExactSearch
from benchmarks.gpu.search import exact_cosines, recall_against, search_rates, tiled

RNG = np.random.default_rng(1)
VECTORS = RNG.integers(-20, 21, (300, 32)).astype(np.int8)
QUERIES = RNG.standard_normal((70, 32), dtype=np.float32) / np.float32(6)


def test_vectors_are_repeated_with_their_dimensions_turned(tmp_path: Path) -> None:
    with tiled(VECTORS, 700, tmp_path) as many:
        assert many.shape == (700, 32)
        assert np.array_equal(many[:300], VECTORS)
        assert np.array_equal(many[300:600], np.roll(VECTORS, 1, axis=1))
        assert len(np.unique(many, axis=0)) == 700
    assert list(tmp_path.iterdir()) == []


def test_recall_counts_cosines_as_good_as_the_last_exact_one() -> None:
    truth = np.array([[0.9, 0.8, 0.7]], np.float32)
    assert np.isclose(recall_against(truth, np.array([[0.9, 0.7, 0.6]], np.float32)), 2 / 3)


def test_an_exact_search_is_timed_in_both_ways_and_finds_all() -> None:
    truth = exact_cosines(VECTORS, QUERIES)
    rates = list(search_rates("exact, cpu", ExactSearch(VECTORS), len(VECTORS), QUERIES, "cpu", truth))
    assert [(rate.batch, rate.recall) for rate in rates] == [(1, 1.0), (70, 1.0)]
    assert all(rate.queries_a_second > 0 for rate in rates)
