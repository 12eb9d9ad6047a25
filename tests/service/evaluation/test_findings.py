from address_match.service.evaluation.damage import Damage
from address_match.service.evaluation.evaluation_query import EvaluationQuery
from address_match.service.evaluation.findings import findings_of
from tests.service.factories import absent, matched

HERE = EvaluationQuery("1 MILL LANE", frozenset({"100"}))
NOWHERE = EvaluationQuery("9 MILL LANE", frozenset())


def test_queries_are_counted_by_each_field_that_is_damaged() -> None:
    damaged = [{}, {"street": Damage.OTHERWISE, "town": Damage.LEFT_OUT}, {"town": Damage.LEFT_OUT}, None]
    answers = [matched("100"), matched("7"), matched("100"), absent()]
    rows = findings_of([HERE, HERE, HERE, NOWHERE], answers, damaged).by_field
    assert [(row.field, row.damage, row.queries, row.rank_1) for row in rows] == [
        ("nothing", "", 1, 1.0),
        ("street", "otherwise", 1, 0.0),
        ("town", "left out", 2, 0.5),
    ]


def test_a_truth_that_the_reference_does_not_hold_is_counted() -> None:
    found = findings_of([HERE, HERE, NOWHERE], [matched("100"), absent(), absent()], [{}, None, None])
    assert found.not_held == 1
