import pytest

from address_match.service.evaluation.curves import MOST_POINTS, by_absence, precision_coverage, reliability
from address_match.service.evaluation.evaluation_query import EvaluationQuery
from address_match.service.evaluation.outcome import judge
from tests.service.factories import absent, matched, review

HERE = EvaluationQuery("1 MILL LANE", frozenset({"100"}))
NOWHERE = EvaluationQuery("9 MILL LANE", frozenset())


def test_reliability_lays_what_came_true_beside_what_was_claimed() -> None:
    outcomes = judge([HERE, HERE, NOWHERE], [matched(probability=0.98), matched(probability=0.94), absent()])
    low, high = reliability(outcomes)
    assert (low.queries, low.claimed, low.right) == (1, 0.0, 0.0)
    assert (high.queries, high.right) == (2, 1.0)
    assert high.claimed == pytest.approx(0.96)


def test_precision_falls_as_less_sure_answers_are_accepted() -> None:
    outcomes = judge([HERE, HERE, NOWHERE, HERE], [matched(probability=p) for p in (0.9, 0.8, 0.7, 0.6)])
    points = precision_coverage(outcomes)
    assert [p.coverage for p in points] == [0.25, 0.5, 0.75, 1.0]
    assert [p.precision for p in points] == pytest.approx([1.0, 1.0, 2 / 3, 0.75])
    assert points[-1].recall == 1.0


def test_a_curve_of_many_queries_keeps_its_ends() -> None:
    count = 10 * MOST_POINTS
    outcomes = judge([HERE] * count, [matched(probability=1 - i / count) for i in range(count)])
    points = precision_coverage(outcomes)
    assert len(points) == MOST_POINTS
    assert (points[0].threshold, points[-1].coverage) == (1.0, 1.0)


def test_wrong_matches_are_those_of_a_file_with_that_share_of_absent_addresses() -> None:
    answers = [matched("100"), matched("7"), review("7"), review("7"), matched("7"), absent()]
    points = {p.rate: p for p in by_absence(judge([HERE] * 4 + [NOWHERE] * 2, answers))}
    assert points[0.0].false_matches == 0.25
    assert points[0.0].wrong_of_matched == 0.5
    assert points[0.6].false_matches == pytest.approx(0.4 * 0.25 + 0.6 * 0.5)
    assert points[0.6].wrong_of_matched == pytest.approx(0.4 / (0.4 * 0.5 + 0.6 * 0.5))


def test_nothing_is_said_of_absence_where_no_absent_query_was_asked() -> None:
    assert by_absence(judge([HERE], [matched()])) == ()
    assert precision_coverage(judge([], [])) == ()
