import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from address_match.indexer.texts.distinct_numbers import are_among, coded_numbers, distinct_codes

codes = st.lists(st.integers(0, 40), max_size=60).map(lambda given: np.array(given, dtype=np.int64))


@given(codes, st.sampled_from((41, 10**9)))
def test_codes_are_found_again_by_their_positions_among_the_distinct_ones(
    given: np.ndarray, bound: int
) -> None:
    distinct, positions = distinct_codes(given, bound)
    assert sorted(distinct.tolist()) == sorted(set(given.tolist()))
    assert distinct[positions].tolist() == given.tolist()


@given(codes, codes, st.sampled_from((41, 10**9)))
def test_a_code_is_among_those_held_however_wide_their_range(
    wanted: np.ndarray, held: np.ndarray, bound: int
) -> None:
    assert are_among(wanted, held, bound).tolist() == [w in held.tolist() for w in wanted.tolist()]


@pytest.mark.parametrize("repeats", [1, 3_000])
def test_many_numbers_are_coded_as_few_are(repeats: int) -> None:
    distinct, positions = coded_numbers(np.array([7, -5, 7] * repeats))
    assert distinct[positions].tolist() == [7, -5, 7] * repeats
    assert sorted(distinct.tolist()) == [-5, 7]
