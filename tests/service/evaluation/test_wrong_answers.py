from address_match.service.evaluation.evaluation_query import EvaluationQuery
from address_match.service.evaluation.wrong_answers import wrong_answers
from tests.service.factories import absent, matched, review

HERE = EvaluationQuery("1 MILL LANE", frozenset({"100"}))
NOWHERE = EvaluationQuery("9 MILL LANE", frozenset())


def test_wrong_are_another_best_candidate_and_an_absent_address_that_is_matched_the_surest_first() -> None:
    queries = [HERE, HERE, HERE, NOWHERE, NOWHERE]
    answers = [
        matched("100"),
        review("101", probability=0.6),
        absent("100"),
        matched("102", probability=0.9),
        review("102"),
    ]
    wrong = wrong_answers(queries, answers)
    assert [(one.address, one.probability, one.true) for one in wrong] == [
        ("9 MILL LANE", 0.9, ""),
        ("1 MILL LANE", 0.6, "100"),
    ]
