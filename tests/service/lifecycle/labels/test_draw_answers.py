"""Every answer is drawn with the probability that is written down, and most of the answers where something is to be
learned.
"""

from pathlib import Path

import numpy as np
import pytest

from address_match.service.errors import UsageError
from address_match.service.lifecycle.labels.answered_file import read_answered
from address_match.service.lifecycle.labels.draw_answers import (
    draw_answers,
    strata_of_matched,
    threshold_of,
)
from address_match.service.lifecycle.labels.draw_sample import draw_sample
from address_match.service.lifecycle.labels.drawing_design import DrawingDesign
from tests.service.lifecycle.labels.factories import answered, answers_file


def test_each_stratum_is_drawn_as_often_as_its_inclusion_says() -> None:
    answers = answered(400)
    drawn = np.zeros(400)
    inclusion = np.zeros(400)
    for seed in range(300):
        found = draw_answers(answers, DrawingDesign(rows=80), seed)
        drawn[found.positions] += 1 / 300
        inclusion[found.positions] = found.inclusion
    for stratum in np.unique(found.strata):
        members = (found.strata == stratum) & (inclusion > 0)
        assert drawn[members].mean() == pytest.approx(inclusion[members].mean(), abs=0.03)


def test_weights_stand_for_all_answers() -> None:
    totals = [
        (1 / draw_answers(answered(2_000), DrawingDesign(rows=200), seed).inclusion).sum()
        for seed in range(60)
    ]
    assert np.mean(totals) == pytest.approx(2_000, rel=0.02)


def test_the_shares_of_a_sample_are_those_of_its_design() -> None:
    found = draw_answers(answered(3_000), DrawingDesign(rows=300, near=0.2, blind=0.2, second=0.1), 1)
    assert 285 <= len(found.positions) <= 300
    near = np.char.startswith(found.strata[found.positions], "near")
    assert near.sum() >= 60
    assert found.blind.sum() == round(0.2 * len(found.positions))
    assert found.second.sum() == round(0.1 * len(found.positions))


def test_what_is_drawn_from_all_answers_alike_is_blind() -> None:
    found = draw_answers(answered(3_000), DrawingDesign(rows=100, random=0.3, blind=0.1), 1)
    assert 25 <= found.blind.sum() <= 30


def test_the_threshold_parts_the_matched_from_the_others() -> None:
    assert threshold_of(answered(2_000)) == pytest.approx(0.9, abs=0.01)


def test_a_small_file_is_drawn_whole() -> None:
    found = draw_answers(answered(7), DrawingDesign(rows=300), 1)
    assert found.positions.tolist() == list(range(7))
    assert found.inclusion.tolist() == [1.0] * 7


def test_strata_of_matched_answers_begin_with_the_unsure() -> None:
    strata = ["matched from 0.99", "unmatched", "near, others", "matched", "near, matched", "review"]
    assert strata_of_matched(strata) == ["near, matched", "matched", "matched from 0.99"]


def test_the_same_file_and_seed_give_the_same_sample(tmp_path: Path) -> None:
    answers = answers_file(tmp_path)
    assert draw_sample(answers, DrawingDesign(), 1) == draw_sample(answers, DrawingDesign(), 1)
    ids = {one.id for one in draw_sample(answers, DrawingDesign(), 1).answers}
    assert ids.isdisjoint(one.id for one in draw_sample(answers, DrawingDesign(), 2).answers)


def test_rows_without_an_address_are_not_drawn(tmp_path: Path) -> None:
    assert read_answered(answers_file(tmp_path)).rows == (1, 2, 3, 5)


def test_a_status_that_is_none_is_refused_with_its_row(tmp_path: Path) -> None:
    path = answers_file(tmp_path)
    path.write_text(path.read_text().replace("review", "perhaps"))
    with pytest.raises(UsageError, match=r"row 5 of .*'perhaps' is no status"):
        read_answered(path)
