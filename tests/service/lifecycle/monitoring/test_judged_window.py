"""Windows against a reference: what differs, and what only comes in blocks."""

import pytest

from address_match.service.lifecycle.monitoring.expected_precision import expected_precision
from address_match.service.lifecycle.monitoring.judged_window import (
    judge_windows,
    rejected_by_false_discovery,
    usual_values,
)
from address_match.service.lifecycle.monitoring.usual_values import UsualValues
from address_match.service.lifecycle.monitoring.watched_values import ACCEPTED, WATCHED, code
from tests.service.lifecycle.monitoring.made_up_facts import some_table

REFERENCE = some_table(20_000)


def differing(**values: float) -> set[str]:
    windows = judge_windows(usual_values(REFERENCE, 1_000), some_table(1_000, seed=2, **values), 1_000)
    return {finding.name for finding in windows[0].differing}


def test_a_quiet_window_differs_in_nothing() -> None:
    assert differing() == set()


def test_fewer_accepted_answers_are_found() -> None:
    assert {"accepted", "status", "reason", "level"} <= differing(accepted=0.7)


def test_less_sure_answers_are_found() -> None:
    assert {"expected_precision", "probability"} <= differing(unsure=0.3)
    assert "accepted" not in differing(unsure=0.3)


def test_addresses_that_could_not_be_answered_are_a_change() -> None:
    window = some_table(1_000, seed=2)
    failed = ["error"] * 40 + window.column("reason").to_pylist()[40:]
    errors = window.set_column(window.schema.get_field_index("reason"), "reason", [failed])
    (judged,) = judge_windows(usual_values(REFERENCE, 1_000), errors, 1_000)
    assert "reason" in {one.name for one in judged.differing}


def test_a_window_in_which_nothing_is_matched_has_no_expected_precision() -> None:
    window = some_table(1_000, accepted=0.0)
    assert expected_precision(window) is None
    findings = judge_windows(usual_values(REFERENCE, 1_000), window, 1_000)[0].findings
    assert next(one.value for one in findings if one.name == "expected_precision") is None


def test_what_would_alarm_among_independent_answers_does_not_where_answers_come_in_blocks() -> None:
    window = some_table(1_000, seed=3, accepted=0.72)
    mixed = UsualValues(ACCEPTED, REFERENCE, 1_000).judge(window, 1_000)[0]
    in_blocks = UsualValues(ACCEPTED, some_table(20_000, block=100), 1_000).judge(window, 1_000)[0]
    assert mixed.p_value < 0.001
    assert in_blocks.p_value > 0.05
    assert in_blocks.floor > 2 * mixed.floor


def test_a_value_that_the_reference_does_not_hold_is_one_of_the_others() -> None:
    street = next(one for one in WATCHED if one.name == "street")
    new = some_table(1_000).set_column(
        some_table(1).schema.get_field_index("street"), "street", [["differs"] * 1_000]
    )
    judged = UsualValues(street, REFERENCE, 1_000).judge(new, 1_000)[0]
    assert judged.p_value < 1e-6
    assert judged.effect == pytest.approx(1.0)


def test_facts_that_fill_no_window_are_not_judged() -> None:
    assert len(judge_windows(usual_values(REFERENCE, 1_000), some_table(2_999), 1_000)) == 2


def test_false_discoveries_are_bounded_as_benjamini_and_hochberg_do() -> None:
    assert rejected_by_false_discovery([0.001, 0.04, 0.012, 0.9], 0.025) == [True, False, True, False]
    assert rejected_by_false_discovery([0.5, 0.6], 0.05) == [False, False]


def test_what_does_not_count_has_no_code() -> None:
    probability = next(one for one in WATCHED if one.name == "probability")
    coded = code(probability, some_table(100, accepted=0.5, unsure=0.0))
    assert coded.values == (0.99,)
    assert coded.counts()[0] == (coded.codes == 0).sum() < 100
