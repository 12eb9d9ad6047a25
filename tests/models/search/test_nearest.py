import numpy as np
import torch
from hypothesis import given
from hypothesis import strategies as st

from address_match.models.search.nearest import (
    GROUP,
    NOTHING,
    best_groups,
    keys_of,
    rows_in,
    rows_of,
    scores_of,
)

FINITE = st.floats(-30_000, 30_000, width=32)


@given(st.lists(FINITE, min_size=1, max_size=40))
def test_keys_hold_scores_and_rows(scores: list[float]) -> None:
    rows = torch.arange(len(scores)) * 100_000_000 % 4_000_000_000
    keys = keys_of(torch.tensor(scores), rows)
    assert scores_of(keys).tolist() == scores
    assert rows_of(keys).tolist() == rows.tolist()


@given(st.lists(FINITE, min_size=2, max_size=40))
def test_keys_are_in_the_order_of_scores_then_of_rows(scores: list[float]) -> None:
    keys = keys_of(torch.tensor(scores), torch.arange(len(scores)))
    expected = np.lexsort((np.arange(len(scores)), -np.array(scores)))
    assert rows_of(keys.sort(descending=True).values).tolist() == expected.tolist()


def test_the_two_zeros_are_one() -> None:
    keys = keys_of(torch.tensor([-0.0, 0.0]), torch.tensor([0, 1]))
    assert rows_of(keys.sort(descending=True).values).tolist() == [0, 1]


def test_nothing_is_below_every_key_and_no_row() -> None:
    lowest = keys_of(torch.tensor([-torch.inf]), torch.tensor([2**32 - 2]))
    assert int(lowest) > NOTHING
    assert rows_of(torch.tensor([NOTHING])).tolist() == [-1]


@given(st.integers(1, 400), st.integers(1, 5), st.integers(0, 10_000), st.sampled_from([2, 10_000]))
def test_the_best_groups_hold_the_best_scores(columns: int, count: int, seed: int, values: int) -> None:
    """Two values make ties everywhere."""
    scores = np.random.default_rng(seed).integers(0, values, (2, columns)).astype(np.float32)
    groups = rows_of(best_groups(torch.from_numpy(scores), 7, count)) - 7
    rows = rows_in(groups, columns).tolist()
    places = np.arange(columns)
    for held, row in zip(rows, scores, strict=True):
        assert set(np.lexsort((places, -row))[:count].tolist()) <= set(held)


def test_rows_past_the_last_belong_to_no_group() -> None:
    rows = rows_in(torch.tensor([[1, -1]]), GROUP + 2)
    assert rows[0, :3].tolist() == [GROUP, GROUP + 1, -1]
    assert set(rows[0, 2:].tolist()) == {-1}
