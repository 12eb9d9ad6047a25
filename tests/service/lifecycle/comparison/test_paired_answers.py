"""Two deployments on the same addresses."""

import pytest

from address_match.service.evaluation.evaluation_query import EvaluationQuery
from address_match.service.lifecycle.comparison.paired_answers import (
    Comparison,
    PairedAnswers,
    compare_answers,
)
from address_match.service.matching.answer import Answer
from tests.service.factories import absent, matched

HELD = EvaluationQuery("1 MILL LANE", frozenset({"100"}), "plain")
NOT_HELD = EvaluationQuery("9 MILL LANE", frozenset(), "absent")
RIGHT, WRONG, NONE = matched("100"), matched("200"), absent()


def compared(*rows: tuple[EvaluationQuery, Answer, Answer], least_rows: int = 1) -> Comparison:
    queries, champion, candidate = zip(*rows, strict=True)
    return compare_answers(PairedAnswers(queries, champion, candidate), least_rows)


def test_an_answer_is_good_when_it_is_matched_rightly_or_unmatched_where_none_is_held() -> None:
    found = compared(
        (HELD, RIGHT, NONE), (HELD, WRONG, RIGHT), (NOT_HELD, NONE, WRONG), (NOT_HELD, NONE, NONE)
    )
    assert (found.lost, found.gained, found.changed) == (2, 1, 3)
    assert (found.champion.absent_accepted, found.candidate.absent_accepted) == (0.0, 0.5)
    assert (found.champion.recall, found.candidate.recall) == (0.5, 0.5)


def test_losses_are_weighed_against_gains_by_mcnemars_exact_test() -> None:
    lost, gained = (HELD, RIGHT, NONE), (HELD, NONE, RIGHT)
    assert compared(*[lost] * 5).worse_p_value == pytest.approx(1 / 32)
    assert compared(*[lost] * 5, *[gained] * 5).worse_p_value == pytest.approx(0.623, abs=0.001)
    assert compared(*[gained] * 5).worse_p_value == 1.0


def test_slices_are_the_held_the_absent_and_each_class_of_enough_rows() -> None:
    rows = [(HELD, RIGHT, RIGHT)] * 3 + [(NOT_HELD, NONE, NONE)] * 2
    assert [one.name for one in compared(*rows).slices] == ["held", "absent", "class absent", "class plain"]
    assert [one.name for one in compared(*rows, least_rows=3).slices] == ["held", "class plain"]


def test_the_interval_of_a_slice_is_that_of_pairs() -> None:
    held = compared(*[(HELD, RIGHT, NONE)] * 20, *[(HELD, RIGHT, RIGHT)] * 80).slices[0]
    assert (held.champion, held.candidate) == (1.0, 0.8)
    assert held.low == pytest.approx(-0.278, abs=0.001)
    assert held.high == pytest.approx(-0.122, abs=0.001)
