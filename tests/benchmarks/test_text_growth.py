import pytest

from benchmarks.text_growth import Growth, patterns


def test_a_seed_makes_the_same_distinct_patterns_again() -> None:
    first = patterns(100, seed=1)
    assert len(set(first)) == 100
    assert patterns(100, seed=1) == first
    assert patterns(100, seed=2) != first


@pytest.mark.parametrize(
    ("exponent", "longest_ms", "is_too_fast"), [(2.0, 30.0, True), (2.0, 3.0, False), (1.0, 300.0, False)]
)
def test_growth_that_nobody_notices_is_not_too_fast(
    exponent: float,
    longest_ms: float,
    is_too_fast: bool,  # noqa: FBT001 - parametrised
) -> None:
    assert Growth("parse", "7 ", exponent, longest_ms).is_too_fast == is_too_fast
