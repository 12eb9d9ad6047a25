from pathlib import Path

import numpy as np
import pytest

from models.calibration import ListwiseCalibration, fit_calibration


def rankings(seed: int) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
    """Three candidates a query, whose log-odds overstate the truth twofold; a third of the queries have no answer."""
    rng = np.random.default_rng(seed)
    queries = 6000
    scores = rng.normal(0, 2, (queries, 3))
    weights = np.concatenate([np.exp(scores), np.full((queries, 1), 3.0)], axis=1)
    weights /= weights.sum(axis=1, keepdims=True)
    chosen = (weights.cumsum(axis=1) > rng.random((queries, 1))).argmax(axis=1)
    right = np.arange(3)[None, :] == chosen[:, None]
    return 2 * scores.ravel(), np.repeat(np.arange(queries), 3), right.ravel(), np.ones((queries, 1))


def fitted() -> ListwiseCalibration:
    return fit_calibration(*rankings(1), names=("always",))


def test_probabilities_of_candidates_and_absence_sum_to_one() -> None:
    log_odds, query, _, traits = rankings(2)
    candidates, absent = fitted().distribution(log_odds, query, traits)
    assert np.allclose(np.bincount(query, candidates) + absent, 1.0)
    assert candidates.min() >= 0


def test_the_best_probability_means_what_it_says_on_unseen_queries() -> None:
    log_odds, query, right, traits = rankings(3)
    candidates, _ = fitted().distribution(log_odds, query, traits)
    best = candidates.reshape(-1, 3).argmax(axis=1)
    probability = candidates.reshape(-1, 3).max(axis=1)
    was_right = right.reshape(-1, 3)[np.arange(len(best)), best]
    bins = np.minimum((probability * 10).astype(int), 9)
    gaps = [
        abs(probability[bins == b].mean() - was_right[bins == b].mean()) * (bins == b).mean()
        for b in np.unique(bins)
    ]
    assert sum(gaps) < 0.02


def test_a_query_without_candidates_is_absent() -> None:
    candidates, absent = fitted().distribution(np.array([1.0]), np.array([1]), np.ones((2, 1)))
    assert absent[0] == 1.0
    assert candidates[0] + absent[1] == pytest.approx(1.0)


def test_equal_candidates_share_the_mass() -> None:
    candidates, _ = fitted().distribution(np.array([8.0, 8.0]), np.array([0, 0]), np.ones((1, 1)))
    assert candidates[0] == candidates[1]
    assert candidates.sum() <= 1.0


def test_thresholds_reach_their_precision() -> None:
    log_odds, query, right, traits = rankings(4)
    calibration = fitted()
    candidates, _ = calibration.distribution(log_odds, query, traits)
    accepted = candidates >= calibration.thresholds["0.99"]
    assert accepted.sum() == 0 or right[accepted].mean() > 0.97


def test_a_saved_calibration_is_read_back(tmp_path: Path) -> None:
    calibration = fitted()
    calibration.save(tmp_path)
    assert ListwiseCalibration.load(tmp_path) == calibration
