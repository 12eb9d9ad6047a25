import pytest

from address_match.service.evaluation import measures
from address_match.service.evaluation.bootstrap import bootstrap_intervals
from address_match.service.evaluation.evaluation_query import EvaluationQuery
from address_match.service.evaluation.intervals import share_interval
from address_match.service.evaluation.outcome import Outcomes, judge
from tests.service.factories import absent, matched

HERE = EvaluationQuery("1 MILL LANE", frozenset({"100"}))
NOWHERE = EvaluationQuery("9 MILL LANE", frozenset())


def right_and_wrong(right: int, wrong: int) -> Outcomes:
    answers = [*[matched("100")] * right, *[matched("7")] * wrong]
    return judge([HERE] * len(answers), answers)


def test_the_interval_of_a_share_is_nearly_the_one_that_theory_gives() -> None:
    found = bootstrap_intervals(right_and_wrong(900, 100), {"rank_1": measures.rank_1}, resamples=1_000)
    assert found["rank_1"] == pytest.approx(share_interval(900, 1_000), abs=0.004)


def test_the_interval_of_the_calibration_error_lies_around_the_error_itself() -> None:
    outcomes = judge([HERE] * 90 + [NOWHERE] * 10, [matched("100", probability=0.91)] * 100)
    low, high = bootstrap_intervals(outcomes)["expected_calibration_error"]
    assert measures.expected_calibration_error(outcomes) == pytest.approx(0.01)
    assert low < 0.01 < high


def test_what_cannot_be_measured_has_no_interval() -> None:
    found = bootstrap_intervals(judge([HERE], [absent()]))
    assert "absent_accepted" not in found
    assert "precision" not in found
    assert bootstrap_intervals(judge([], [])) == {}


def test_the_same_outcomes_have_the_same_intervals() -> None:
    outcomes = right_and_wrong(50, 5)
    assert bootstrap_intervals(outcomes) == bootstrap_intervals(outcomes)
