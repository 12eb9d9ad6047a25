"""What probabilities say of a window without labels."""

import numpy as np
import pyarrow as pa
import pytest

from address_match.models.calibration import at_prior
from address_match.service.facts.fact import fact_table
from address_match.service.lifecycle.monitoring.expected_precision import absent_share, expected_precision
from tests.service.facts.kept_facts import a_fact
from tests.service.lifecycle.monitoring.made_up_facts import some_table

ASSUMED = 0.3


def answered(count: int, absent: float, seed: int = 1) -> tuple[pa.Table, float]:
    """Facts of addresses of which so many are absent, by probabilities that are calibrated at another share, and the
    true precision.
    """
    rng = np.random.default_rng(seed)
    probability_of_absence = rng.beta(0.2, 0.2 * (1 - absent) / absent, count)
    is_absent = rng.random(count) < probability_of_absence
    given = at_prior(np.clip(probability_of_absence, 1e-9, 1 - 1e-9), absent, ASSUMED)
    matched = given < 0.1
    facts = [
        a_fact(
            status="matched" if is_matched else "unmatched",
            reason="" if is_matched else "absent",
            probability=round(1 - one, 3),
            absent_probability=round(one, 3),
            absence_prior=ASSUMED,
        )
        for one, is_matched in zip(given.tolist(), matched.tolist(), strict=True)
    ]
    return fact_table(facts), 1 - float(is_absent[matched].mean())


@pytest.mark.parametrize("absent", [0.1, 0.3, 0.5])
def test_the_truth_lies_within_whatever_share_is_absent(absent: float) -> None:
    for seed in range(5):
        facts, true_precision = answered(4_000, absent, seed)
        precision, share = expected_precision(facts), absent_share(facts)
        assert precision is not None
        assert share is not None
        assert precision.low <= true_precision <= precision.high
        assert share.value == pytest.approx(absent, abs=0.04)
        assert share.low < share.value < share.high


def test_the_interval_holds_chance_and_a_calibration_that_is_off() -> None:
    found = expected_precision(some_table(10_000))
    assert found is not None
    wrong = 8_000 * (1 - found.value)
    assert wrong == pytest.approx(8_000 * 0.017, rel=0.1)
    assert 1 - found.low == pytest.approx((1.75 * wrong + 1.96 * np.sqrt(1.75 * wrong)) / 8_000, rel=0.02)
    assert 1 - found.high == pytest.approx((wrong / 1.75 - 1.96 * np.sqrt(wrong / 1.75)) / 8_000, rel=0.02)


def test_where_one_wrong_answer_is_expected_five_may_be_wrong() -> None:
    sure = [a_fact(status="matched", reason="", probability=0.999, absent_probability=0.0)] * 1_000
    found = expected_precision(fact_table(sure))
    assert found is not None
    assert (found.value, found.low, found.high) == pytest.approx((0.999, 0.995, 1.0))


def test_probabilities_that_are_kept_as_one_are_not_beyond_doubt() -> None:
    surest = [a_fact(status="matched", reason="", probability=1.0, absent_probability=0.0)] * 1_000
    found = expected_precision(fact_table(surest))
    assert found is not None
    assert 0.995 < found.low < found.value < 1


@pytest.mark.parametrize("unsure", [0.0, 0.1, 0.5, 1.0])
@pytest.mark.parametrize("count", [1, 30, 1_000, 10_000])
def test_a_demand_is_judged_by_a_bound_within_the_interval(count: int, unsure: float) -> None:
    found = expected_precision(some_table(count, unsure=unsure, accepted=1.0))
    assert found is not None
    assert 0 <= found.low <= found.demand_low <= found.value <= found.high <= 1


def test_what_could_not_be_read_says_nothing_of_absence() -> None:
    blank = [a_fact(reason="blank")] * 50
    read = [a_fact(status="matched", reason="", probability=0.99, absent_probability=0.01)] * 50
    assert absent_share(fact_table([*blank, *read])) == absent_share(fact_table(read))
    assert absent_share(fact_table(blank)) is None


def test_facts_of_before_were_given_at_the_usual_prior() -> None:
    facts, _ = answered(1_000, 0.1)
    found, before = expected_precision(facts), expected_precision(facts.drop_columns("absence_prior"))
    assert found is not None
    assert before is not None
    assert before.value == pytest.approx(found.value, abs=1e-6)
