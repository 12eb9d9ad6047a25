import numpy as np

from address_match.service.matching.features.columns.levels import first_that_holds


def test_the_first_condition_that_holds_decides() -> None:
    even, large = np.array([True, False, True, False]), np.array([False, True, True, False])
    assert first_that_holds(((even, 1), (large, 2)), 3).tolist() == [1, 2, 1, 3]
