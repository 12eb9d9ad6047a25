import pytest
from hypothesis import given
from hypothesis import strategies as st

from address_match.service.evaluation import measures
from address_match.service.evaluation.evaluation_query import EvaluationQuery, read_queries
from address_match.service.evaluation.outcome import judge
from address_match.service.evaluation.scores import evaluate
from tests.service.factories import absent, matched, review

HERE = EvaluationQuery("1 MILL LANE", frozenset({"100"}))
NOWHERE = EvaluationQuery("9 MILL LANE", frozenset())


def test_rank_1_counts_the_best_candidate_of_present_queries_whatever_the_decision() -> None:
    outcomes = judge([HERE, HERE, HERE, NOWHERE], [matched("100"), absent("100"), review("101"), absent()])
    assert measures.rank_1(outcomes) == pytest.approx(2 / 3)


def test_an_absent_query_that_is_matched_lowers_precision_and_not_recall() -> None:
    outcomes = judge([HERE, NOWHERE], [matched("100"), matched("100")])
    assert measures.precision(outcomes) == 0.5
    assert measures.recall(outcomes) == 1.0
    assert measures.f1(outcomes) == pytest.approx(2 / 3)
    assert measures.absent_accepted(outcomes) == 1.0


def test_a_right_best_candidate_that_is_only_for_review_is_no_recall() -> None:
    outcomes = judge([HERE, HERE], [review("100"), matched("100")])
    assert measures.recall(outcomes) == 0.5
    assert measures.precision(outcomes) == 1.0


def test_recall_at_a_precision_takes_the_lowest_threshold_that_keeps_it() -> None:
    queries = [HERE, HERE, NOWHERE, HERE]
    answers = [matched("100", probability=p) for p in (0.9, 0.8, 0.7, 0.6)]
    assert measures.recall_at_precision(judge(queries, answers), 0.99) == pytest.approx(2 / 3)
    assert measures.recall_at_precision(judge(queries, answers), 0.75) == 1.0


def test_recall_at_a_precision_does_not_split_equal_probabilities() -> None:
    answers = [matched("100", probability=0.9), matched("100", probability=0.9)]
    assert measures.recall_at_precision(judge([HERE, NOWHERE], answers), 0.99) == 0.0


def test_calibration_error_is_the_weighted_gap_between_claim_and_truth() -> None:
    queries = [HERE, HERE, NOWHERE, HERE]
    answers = [matched("100", probability=p) for p in (0.95, 0.95, 0.35, 0.35)]
    gap = (abs(2 * 0.95 - 2) + abs(2 * 0.35 - 1)) / 4
    assert measures.expected_calibration_error(judge(queries, answers)) == pytest.approx(gap)


def test_a_probability_of_one_falls_into_the_last_bin() -> None:
    outcomes = judge([HERE], [matched("100", probability=1.0)])
    assert measures.expected_calibration_error(outcomes) == 0.0


def test_measures_of_nothing_are_none() -> None:
    scores = evaluate([], []).overall
    assert (scores.rank_1, scores.precision, scores.absent_accepted) == (None, None, None)
    assert scores.expected_calibration_error is None


@given(st.lists(st.tuples(st.booleans(), st.booleans(), st.floats(0, 1)), min_size=1))
def test_every_measure_stays_between_0_and_1(rows: list[tuple[bool, bool, float]]) -> None:
    queries = [HERE if present else NOWHERE for present, _, _ in rows]
    answers = [matched("100" if right else "1", probability=p) for _, right, p in rows]
    scores = evaluate(queries, answers).overall
    measured = [scores.rank_1, scores.f1, scores.recall_at_99_precision, scores.expected_calibration_error]
    assert all(0 <= m <= 1 for m in measured if m is not None)


def test_scores_are_broken_down_by_class() -> None:
    typo = EvaluationQuery("1 MIL LANE", frozenset({"100"}), "typo")
    report = evaluate([HERE, typo, typo], [matched("100"), matched("100"), matched("7")])
    assert list(report.by_class) == ["typo"]
    assert (report.by_class["typo"].queries, report.by_class["typo"].rank_1) == (2, 0.5)


def test_an_empty_uprn_means_absent_and_further_uprns_are_accepted() -> None:
    first, second = read_queries(["A", "B"], ["7", " "], ["8;9", ""])
    assert first.accepted == {"7", "8", "9"}
    assert not second.present
