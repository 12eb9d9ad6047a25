"""Whether the mean of the vectors has moved, by sums of stretches alone."""

import numpy as np
import pyarrow as pa

from address_match.service.facts.projected_sums import NUMBERS, STRETCH
from address_match.service.lifecycle.monitoring.usual_shift import UsualShift

ENCODER = "0123456789ab"


def sums_of(
    stretches: int, *, seed: int, moved: float = 0.0, alike: float = 0.0, encoder: str = ENCODER
) -> pa.Table:
    """Facts of some stretches, whose mean is moved in each number; `alike` is how far whole stretches stray."""
    rng = np.random.default_rng(seed)
    spread = np.sqrt(STRETCH + (alike * STRETCH) ** 2)
    sums = rng.normal(moved * STRETCH, spread, (stretches, NUMBERS)).tolist()
    projected: list[object] = [None] * (stretches * STRETCH)
    projected[STRETCH - 1 :: STRETCH] = sums
    encoders = [None if one is None else encoder for one in projected]
    return pa.table(
        {"encoder": pa.array(encoders, pa.string()), "projected": pa.array(projected, pa.list_(pa.float32()))}
    )


def p_values(usual: UsualShift, facts: pa.Table) -> list[float]:
    return [one.p_value for one in usual.judge(facts, 1_000)]


def test_quiet_windows_seldom_differ_whether_their_stretches_are_alike_or_not() -> None:
    for alike in (0.0, 0.3):
        usual = UsualShift(sums_of(160, seed=1, alike=alike), 1_000)
        judged = usual.judge(sums_of(4 * 200, seed=2, alike=alike), 1_000)
        assert sum(one.p_value < 0.01 for one in judged) <= 8
        assert not any(one.p_value < 0.0001 and one.effect > one.floor for one in judged)


def test_a_mean_that_moved_by_a_fifth_of_a_deviation_is_found() -> None:
    usual = UsualShift(sums_of(160, seed=1), 1_000)
    (judged,) = usual.judge(sums_of(4, seed=2, moved=0.2), 1_000)
    assert judged.p_value < 0.0001
    assert judged.effect > judged.floor


def test_forty_stretches_as_a_bundle_brings_are_enough_and_do_not_shout() -> None:
    usual = UsualShift(sums_of(40, seed=1), 1_000)
    quiet = usual.judge(sums_of(4 * 100, seed=2), 1_000)
    assert sum(one.p_value < 0.001 and one.effect > one.floor for one in quiet) == 0
    (moved,) = usual.judge(sums_of(4, seed=3, moved=0.3), 1_000)
    assert moved.p_value < 0.0001


def test_sums_of_another_encoder_and_facts_of_before_are_not_compared() -> None:
    usual = UsualShift(sums_of(40, seed=1), 1_000)
    assert p_values(usual, sums_of(4, seed=2, moved=9.0, encoder="another")) == [1.0]
    assert p_values(usual, pa.table({"words": [1] * 1_000})) == [1.0]


def test_a_reference_without_enough_sums_says_nothing() -> None:
    for reference in (sums_of(19, seed=1), pa.table({"words": [1]})):
        assert p_values(UsualShift(reference, 1_000), sums_of(4, seed=2, moved=9.0)) == [1.0]


def test_sums_that_are_all_alike_do_not_fail() -> None:
    same = sums_of(1, seed=1)
    usual = UsualShift(pa.concat_tables([same] * 40), 1_000)
    assert p_values(usual, pa.concat_tables([same] * 4)) == [1.0]
