"""Rows are drawn to be checked by hand, and their verdicts estimate how many of all matched rows are right."""

import numpy as np
import pytest

from address_match.service.evaluation.hand_check import (
    CheckedStratum,
    draw_rows,
    estimate_right,
    rows_for_a_point,
    strata_of,
)
from address_match.service.evaluation.intervals import EstimatedShare

PROBABILITIES = np.array([0.92] * 100 + [0.97] * 200 + [0.995] * 700 + [0.9999] * 9_000)


def estimated(*strata: CheckedStratum) -> EstimatedShare:
    found = estimate_right(strata)
    assert found is not None
    return found


def test_as_many_rows_are_drawn_as_were_asked_for_and_no_row_twice() -> None:
    drawn = draw_rows(PROBABILITIES, 120, seed=1)
    assert len({row.position for row in drawn}) == 120
    assert drawn == draw_rows(PROBABILITIES, 120, seed=1) != draw_rows(PROBABILITIES, 120, seed=2)


def test_unsure_rows_are_drawn_more_often_and_stand_for_fewer() -> None:
    drawn = draw_rows(PROBABILITIES, 120, seed=1)
    weights = {int(strata_of(PROBABILITIES[[row.position]])[0]): row.weight for row in drawn}
    assert weights[0] < weights[1] < weights[2] < weights[3]


def test_the_weights_sum_to_the_matched_rows() -> None:
    assert sum(row.weight for row in draw_rows(PROBABILITIES, 120, seed=1)) == pytest.approx(10_000)


def test_a_file_of_fewer_rows_is_drawn_whole() -> None:
    assert [row.weight for row in draw_rows(PROBABILITIES[:5], 120, seed=1)] == [1.0] * 5


def test_a_stratum_counts_by_its_rows_and_not_by_those_checked() -> None:
    assert estimated(CheckedStratum(100, 50, 25), CheckedStratum(900, 50, 50)).value == pytest.approx(0.95)


def test_one_stratum_has_the_exact_interval() -> None:
    found = estimated(CheckedStratum(10**9, 100, 98))
    assert (found.low, found.high) == pytest.approx((0.9296, 0.9976), abs=1e-4)


def test_what_is_checked_whole_is_known() -> None:
    assert estimated(CheckedStratum(10, 10, 9)) == EstimatedShare(0.9, 0.9, 0.9)


def test_a_stratum_without_a_verdict_is_joined_with_its_neighbour() -> None:
    assert estimated(CheckedStratum(500, 0, 0), CheckedStratum(500, 10, 5)).value == 0.5
    assert estimated(CheckedStratum(500, 10, 5), CheckedStratum(500, 0, 0)).value == 0.5
    assert estimate_right([CheckedStratum(500, 0, 0)]) is None


def test_the_estimate_is_unbiased_and_its_interval_holds_the_truth() -> None:
    right = np.random.default_rng(5).random(len(PROBABILITIES)) < PROBABILITIES - 0.01
    strata, true = strata_of(PROBABILITIES), float(right.mean())
    found: list[EstimatedShare] = []
    for seed in range(300):
        positions = np.array([row.position for row in draw_rows(PROBABILITIES, 200, seed)])
        chosen = [positions[strata[positions] == stratum] for stratum in range(4)]
        found.append(
            estimated(
                *(
                    CheckedStratum(int((strata == s).sum()), len(rows), int(right[rows].sum()))
                    for s, rows in enumerate(chosen)
                )
            )
        )
    assert np.mean([one.value for one in found]) == pytest.approx(true, abs=0.002)
    assert np.mean([one.low <= true <= one.high for one in found]) >= 0.95


def half_width(count: int, seed: int) -> float:
    """Of the interval when so many rows are checked, each right as often as its probability says."""
    right = np.random.default_rng(seed).random(len(PROBABILITIES)) < PROBABILITIES
    strata = strata_of(PROBABILITIES)
    verdicts = [(strata[row.position], right[row.position]) for row in draw_rows(PROBABILITIES, count, seed)]
    found = estimated(
        *(
            CheckedStratum(
                int((strata == stratum).sum()),
                sum(of == stratum for of, _ in verdicts),
                sum(bool(is_right) for of, is_right in verdicts if of == stratum),
            )
            for stratum in range(4)
        )
    )
    return max(found.value - found.low, found.high - found.value)


def test_as_many_rows_as_are_said_make_the_share_known_to_a_point() -> None:
    count = rows_for_a_point(PROBABILITIES, len(PROBABILITIES), float(PROBABILITIES.mean()))
    assert np.median([half_width(count, seed) for seed in range(20)]) <= 0.01
    assert np.median([half_width(count // 2, seed) for seed in range(20)]) > 0.01


def test_of_a_short_file_all_rows_are_to_be_checked() -> None:
    assert rows_for_a_point(PROBABILITIES, 50, 0.98) == 50
