import pytest
from hypothesis import given
from hypothesis import strategies as st

from address_match.service.evaluation.intervals import share_interval


def test_the_interval_is_that_of_the_literature() -> None:
    """Example 1 of Newcombe 1998, method 3: 81 of 263."""
    assert share_interval(81, 263) == pytest.approx((0.2553, 0.3662), abs=5e-5)


def test_no_trials_say_nothing() -> None:
    assert share_interval(0, 0) == (0.0, 1.0)


@given(st.integers(1, 10_000).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))))
def test_the_share_lies_in_its_interval(trial: tuple[int, int]) -> None:
    low, high = share_interval(*trial)
    assert 0 <= low <= trial[0] / trial[1] + 1e-12
    assert trial[0] / trial[1] - 1e-12 <= high <= 1
