import numpy as np

from benchmarks.encoders.corpus import NEVER
from tests.benchmarks.encoders.corpora import CORPUS


def test_a_rank_counts_premises_not_texts() -> None:
    rows = np.array([[1, 0, 2], [2, 3, 0], [2, 3, 4]])
    assert CORPUS.ranks(rows).tolist() == [2, 1, 2]


def test_what_was_not_found_has_no_rank() -> None:
    rows = np.array([[1, 2, -1], [-1, -1, -1], [0, 1, 2]])
    assert CORPUS.ranks(rows).tolist() == [NEVER, NEVER, NEVER]


def test_noise_that_no_training_shows_is_apart() -> None:
    assert CORPUS.reserved.tolist() == [False, False, True]
