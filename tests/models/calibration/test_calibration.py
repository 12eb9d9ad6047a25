import json
from pathlib import Path
from random import Random

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from address_match.models.calibration import ListwiseCalibration, estimated_prior
from address_match.models.calibration.fit import fit_calibration, thresholds_for
from address_match.models.errors import BundleError, PrecisionError

Rankings = tuple[NDArray[np.float64], NDArray[np.int64], NDArray[np.bool_], NDArray[np.float64]]


def rankings(seed: int, absent: float = 1 / 3, queries: int = 8_000) -> Rankings:
    """Three candidates a query, whose log-odds overstate the truth twofold; a share of the queries has no right one."""
    rng = np.random.default_rng(seed)
    scores = rng.normal(-2, 1.5, (queries, 3))
    right = np.zeros((queries, 3), dtype=bool)
    present = rng.random(queries) >= absent
    right[present, rng.integers(0, 3, present.sum())] = True
    scores[right] += 5
    return 2 * scores.ravel(), np.repeat(np.arange(queries), 3), right.ravel(), np.ones((queries, 1))


@pytest.fixture(scope="module")
def fitted() -> ListwiseCalibration:
    return fit_calibration(*rankings(1), names=("always",))


def best_of(
    calibration: ListwiseCalibration, found: Rankings
) -> tuple[NDArray[np.float64], NDArray[np.bool_]]:
    """The probability of each query's best candidate, and whether it is right."""
    log_odds, query, right, query_features = found
    candidates, _ = calibration.distribution(log_odds, query, query_features)
    table = candidates.reshape(-1, 3)
    best = table.argmax(axis=1)
    return table.max(axis=1), right.reshape(-1, 3)[np.arange(len(best)), best]


def calibration_error(probability: NDArray[np.float64], right: NDArray[np.bool_]) -> float:
    bins = np.minimum((probability * 10).astype(int), 9)
    return float(sum(abs((probability - right)[bins == b].sum()) for b in range(10)) / len(right))


def test_probabilities_of_candidates_and_absence_sum_to_one(fitted: ListwiseCalibration) -> None:
    log_odds, query, _, query_features = rankings(2)
    for prior in (0.05, 0.3, 0.9):
        candidates, absent = fitted.with_prior(prior).distribution(log_odds, query, query_features)
        assert np.allclose(np.bincount(query, candidates) + absent, 1.0)
        assert candidates.min() >= 0


@settings(max_examples=30, deadline=None)
@given(
    log_odds=st.lists(st.floats(-40, 40), min_size=1, max_size=8),
    prior=st.floats(0, 1),
    extra=st.floats(0, 20),
)
def test_more_evidence_for_the_best_never_lowers_it(
    fitted: ListwiseCalibration, log_odds: list[float], prior: float, extra: float
) -> None:
    scores, query = np.sort(np.array(log_odds))[::-1].copy(), np.zeros(len(log_odds), dtype=np.int64)
    calibration = fitted.with_prior(prior)
    before, _ = calibration.distribution(scores, query, np.ones((1, 1)))
    scores[0] += extra
    after, absent = calibration.distribution(scores, query, np.ones((1, 1)))
    assert after[0] >= before[0] - 1e-9
    assert after.sum() + absent[0] == pytest.approx(1.0)


@pytest.mark.parametrize("absent", [0.05, 0.3, 0.6])
def test_at_the_true_prior_probabilities_mean_what_they_say(
    fitted: ListwiseCalibration, absent: float
) -> None:
    probability, right = best_of(fitted.with_prior(absent), rankings(3, absent, 20_000))
    assert calibration_error(probability, right) < 0.012


@pytest.mark.parametrize("absent", [0.05, 0.3, 0.6])
def test_the_prior_is_found_from_the_probabilities_of_absence(
    fitted: ListwiseCalibration, absent: float
) -> None:
    log_odds, query, _, query_features = rankings(4, absent)
    _, found = fitted.distribution(log_odds, query, query_features)
    assert estimated_prior(found, fitted.prior) == pytest.approx(absent, abs=0.02)


def test_a_few_addresses_hardly_move_the_prior() -> None:
    assert estimated_prior(np.array([1.0, 1.0]), 0.3) == pytest.approx(0.33, abs=0.01)


def test_a_file_without_a_single_answer_keeps_a_prior_below_one() -> None:
    assert estimated_prior(np.ones(100_000), 0.3) == 0.95


def test_a_higher_prior_of_absence_makes_no_candidate_likelier_but_for_the_noise_of_the_curves(
    fitted: ListwiseCalibration,
) -> None:
    found = rankings(5)
    low, _ = best_of(fitted.with_prior(0.1), found)
    high, _ = best_of(fitted.with_prior(0.6), found)
    assert (high <= low + 0.05).all()
    assert high.mean() < low.mean()


@pytest.mark.parametrize("absent", [0.05, 0.3, 0.6])
def test_thresholds_reach_their_precision(fitted: ListwiseCalibration, absent: float) -> None:
    calibration = fitted.with_prior(absent)
    probability, right = best_of(calibration, rankings(6, absent, 20_000))
    accepted = probability >= calibration.threshold(0.99)
    assert accepted.mean() > 0.2
    assert right[accepted].mean() > 0.985


@given(
    st.lists(st.tuples(st.sampled_from([0.2, 0.5, 0.8, 0.9]), st.booleans()), min_size=1, max_size=30),
    st.randoms(use_true_random=False),
)
def test_a_threshold_counts_all_answers_that_it_accepts_in_whatever_order(
    answers: list[tuple[float, bool]], order: Random
) -> None:
    found = set()
    for _ in range(3):
        order.shuffle(answers)
        probability, right = (np.array(column, dtype=float) for column in zip(*answers, strict=True))
        (threshold,) = thresholds_for([0.9], probability, right, np.ones(len(answers)))
        accepted = probability >= threshold
        assert not accepted.any() or right[accepted].mean() >= 0.9 - 1e-9
        found.add(threshold)
    assert len(found) == 1


def test_a_higher_precision_never_asks_for_less(fitted: ListwiseCalibration) -> None:
    thresholds = [fitted.threshold(p) for p in np.linspace(0.9, 0.999, 30)]
    assert thresholds == sorted(thresholds)


def test_a_precision_without_a_threshold_is_refused(fitted: ListwiseCalibration) -> None:
    with pytest.raises(PrecisionError, match=r"0\.9999"):
        fitted.threshold(0.9999)


def test_a_query_without_candidates_is_absent(fitted: ListwiseCalibration) -> None:
    candidates, absent = fitted.distribution(np.array([1.0]), np.array([1]), np.ones((2, 1)))
    assert absent[0] == 1.0
    assert candidates[0] + absent[1] == pytest.approx(1.0)


def test_equal_candidates_share_the_mass(fitted: ListwiseCalibration) -> None:
    candidates, _ = fitted.distribution(np.array([8.0, 8.0]), np.array([0, 0]), np.ones((1, 1)))
    assert candidates[0] == candidates[1]
    assert candidates.sum() <= 1.0


def test_candidates_that_only_rounding_tells_apart_share_the_mass(fitted: ListwiseCalibration) -> None:
    log_odds = np.array([-2.0, np.nextafter(-2.0, -3.0)])
    candidates, _ = fitted.distribution(log_odds, np.array([0, 0]), np.ones((1, 1)))
    assert candidates[0] == candidates[1]


def test_a_saved_calibration_is_read_back(fitted: ListwiseCalibration, tmp_path: Path) -> None:
    fitted.save(tmp_path)
    assert ListwiseCalibration.load(tmp_path) == fitted


def test_a_calibration_that_lacks_a_field_is_refused(fitted: ListwiseCalibration, tmp_path: Path) -> None:
    fitted.save(tmp_path)
    fields = json.loads((tmp_path / "calibration.json").read_text(encoding="utf-8"))
    del fields["shares"]
    (tmp_path / "calibration.json").write_text(json.dumps(fields), encoding="utf-8")
    with pytest.raises(BundleError, match="shares"):
        ListwiseCalibration.load(tmp_path)


def test_answers_that_a_rule_withholds_raise_no_threshold() -> None:
    log_odds, query, right, query_features = rankings(1)
    abstained = np.bincount(query, right) == 0
    strict = fit_calibration(log_odds, query, right, query_features, ("always",))
    freed = fit_calibration(log_odds, query, right, query_features, ("always",), abstained)
    assert freed.threshold(0.99) < strict.threshold(0.99)
    assert [c.worth for c in freed.corrections] == [c.worth for c in strict.corrections]


def test_a_trait_of_absence_never_speaks_for_presence() -> None:
    log_odds, query, right, always = rankings(1)
    held = np.bincount(query, right) > 0
    query_features = np.column_stack([always, held])
    free = fit_calibration(log_odds, query, right, query_features, ("always", "differs"))
    bound = fit_calibration(
        log_odds, query, right, query_features, ("always", "differs"), for_absence={"differs"}
    )
    assert free.weights[1] < 0
    assert bound.weights[1] == 0


def test_no_single_answer_is_ten_times_likelier_to_be_wrong_than_the_target_allows(
    fitted: ListwiseCalibration,
) -> None:
    assert fitted.threshold(0.99) >= 0.9
    assert fitted.threshold(0.995) >= 0.95
    assert fitted.threshold(0.9) >= 0.8
