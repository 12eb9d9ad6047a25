from address_match.service.evaluation.evaluation_query import EvaluationQuery
from benchmarks.harness.matchers import Best
from benchmarks.harness.matching_scores import score_matching

_PRESENT = EvaluationQuery("1 MILL LANE", frozenset({"1"}))
_ABSENT = EvaluationQuery("2 MILL LANE", frozenset())


def test_the_best_threshold_decides_the_best_f1_whatever_was_accepted() -> None:
    best = [Best("1", accepted=False, score=0.9), Best("9", accepted=True, score=0.4)]
    scores = score_matching([_PRESENT, _ABSENT], best, states_probability=True)
    assert (scores.best_f1, scores.recall_at_99_precision) == (1.0, 1.0)
    assert (scores.precision, scores.absent_accepted) == (0.0, 1.0)


def test_a_weight_is_no_probability_but_ranks() -> None:
    best = [Best("1", accepted=True, score=31.0), Best("9", accepted=True, score=-4.0)]
    scores = score_matching([_PRESENT, _ABSENT], best, states_probability=False)
    assert scores.best_f1 == 1.0
    assert scores.expected_calibration_error is None


def test_a_matcher_with_a_margin_gets_its_best_least_margin() -> None:
    best = [
        Best("1", accepted=True, score=10.0, margin=6.0),
        Best("9", accepted=True, score=20.0, margin=0.5),
    ]
    scores = score_matching([_PRESENT, _ABSENT], best, states_probability=False)
    assert (scores.best_f1, scores.precision) == (1.0, 0.5)


def test_an_answer_without_a_candidate_is_never_right() -> None:
    scores = score_matching([_PRESENT], [Best("", accepted=False, score=0.0)], states_probability=True)
    assert (scores.rank_1, scores.precision, scores.recall) == (0.0, None, 0.0)
