"""What probabilities say of a window without labels."""

import numpy as np
import pyarrow as pa
import pytest

from address_match.models.calibration import at_prior
from address_match.service.lifecycle.facts.fact import fact_table
from address_match.service.lifecycle.monitoring.expected import absent_share, expected_precision
from tests.service.lifecycle.facts.kept_facts import a_fact
from tests.service.lifecycle.monitoring.made_up_facts import some_table

ASSUMED = 0.3


def answered(count: int, absent: float, seed: int = 1) -> tuple[pa.Table, float]:
    """Facts of addresses of which so many are absent, by probabilities that are calibrated at another share, and the true precision."""
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


def test_the_interval_holds_chance_and_half_as_many_wrong_more_or_fewer() -> None:
    found = expected_precision(some_table(10_000))
    assert found is not None
    wrong = 1 - found.value
    error = 1.96 * np.sqrt((0.9 * 0.99 * 0.01 + 0.1 * 0.92 * 0.08) / 8_000)
    assert wrong == pytest.approx(0.017, abs=0.002)
    assert found.value - found.low == pytest.approx(wrong / 2 + error, rel=0.05)
    assert found.high - found.value == pytest.approx(wrong / 3 + error, rel=0.05)


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
