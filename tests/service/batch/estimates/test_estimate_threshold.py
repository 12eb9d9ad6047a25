"""A file raises its threshold where its own sure rows say that too few of the accepted would be right."""

from collections.abc import Sequence
from dataclasses import replace

import pytest

from address_match.service.batch.estimates.estimate_threshold import EstimatedThreshold, threshold_of_answers
from address_match.service.batch.estimates.file_evidence import SeenAnswer
from address_match.service.batch.estimates.leave_out_test import LeftOut
from address_match.service.batch.summary import Summary
from address_match.service.matching.policy import DecisionPolicy

POLICY = DecisionPolicy(absence_prior=0.3, precision=0.99)


def sample(sure: int, unsure: int, missing: int) -> list[SeenAnswer]:
    """Matched rows of probability .999 and of .9, and rows that are absent."""
    return [
        *(SeenAnswer(f"{n} MILL LANE", str(n), 0.999, 0.0005, is_matched=True) for n in range(sure)),
        *(SeenAnswer(f"{n} HIGH STREET", str(n), 0.9, 0.09, is_matched=True) for n in range(unsure)),
        *(SeenAnswer(f"{n} ELSEWHERE", "", 0.01, 0.99, is_matched=False) for n in range(missing)),
    ]


def estimated(answers: Sequence[SeenAnswer], *refound: float, tested: int = 200) -> EstimatedThreshold:
    return threshold_of_answers(answers, LeftOut(tested, len(refound), refound), POLICY)


def test_a_file_whose_accepted_are_expected_right_keeps_the_threshold_of_the_calibration() -> None:
    found = estimated(sample(200, 0, 100))
    assert (found.threshold, found.rows) == (0.0, 200)
    assert found.expected == pytest.approx(0.999, abs=0.001)


def test_addresses_that_are_matched_without_their_premises_raise_it_above_them() -> None:
    assert estimated(sample(200, 0, 100), *[0.97] * 20).threshold == 0.9705


def test_unsure_matches_raise_it_where_they_are_many() -> None:
    found = estimated(sample(100, 100, 100))
    assert found.threshold == 0.9005
    assert found.expected_before < 0.99 <= found.expected


def test_a_promise_that_no_threshold_keeps_takes_the_one_of_the_largest_share() -> None:
    found = estimated(sample(200, 0, 200), *[0.99] * 10, *[0.9999] * 20)
    assert (found.threshold, found.expected < 0.99) == (0.9905, True)


def test_no_threshold_is_chosen_by_a_few_rows() -> None:
    assert estimated(sample(29, 171, 0)).threshold == 0.0


@pytest.mark.parametrize(
    "answers",
    [[], sample(29, 0, 100), sample(0, 0, 500), sample(1, 0, 0) * 500],
    ids=["blanks", "few matched", "only absent", "equal rows"],
)
def test_too_few_sure_rows_raise_nothing(answers: list[SeenAnswer]) -> None:
    found = estimated(answers, tested=sum(one.is_matched for one in answers))
    assert found.threshold == 0.0
    assert found.as_text() == "by the calibration alone, too few rows are sure"


def test_too_few_tests_raise_nothing() -> None:
    assert estimated(sample(200, 0, 100), *[0.97] * 20, tested=29).threshold == 0.0


def test_the_lower_promise_asks_for_no_more() -> None:
    answers, left_out = sample(150, 60, 100), LeftOut(200, 8, (0.95,) * 8)
    asked = [
        threshold_of_answers(answers, left_out, replace(POLICY, precision=precision)).threshold
        for precision in (0.9, 0.97, 0.99)
    ]
    assert asked == sorted(asked)


def test_the_summary_says_which_threshold_was_taken_and_why() -> None:
    summary = Summary(threshold=EstimatedThreshold(0.9705, 268, 0.978, 0.991))
    assert (
        "threshold: raised to 0.9705, 99.1% expected right; by the calibration 97.8% expected right of 268 matched rows"
        in summary.as_text()
    )
    assert (summary.as_json()["threshold"], summary.as_json()["threshold_estimated_from"]) == (0.9705, 268)
    assert "threshold" not in Summary().as_text()
    assert "at least 0.9700, as given" in Summary(threshold=EstimatedThreshold(0.97)).as_text()
