from pathlib import Path

import numpy as np
import pytest

from models.errors import BundleError
from models.ranker import AdditiveRanker, FeatureSpec, fit_ranker

SPECS = (FeatureSpec("likeness", monotone=1), FeatureSpec("kind", categories=3))


def fitted() -> tuple[AdditiveRanker, np.ndarray]:
    rng = np.random.default_rng(7)
    likeness, kind = rng.random(4000, dtype=np.float32), rng.integers(0, 3, 4000)
    matches = rng.random(4000) < 1 / (1 + np.exp(-(6 * likeness - 3 - 2.0 * (kind == 2))))
    features = np.stack([likeness, kind.astype(np.float32)], axis=1)
    return fit_ranker(features, matches, SPECS, seed=1), features


def test_contributions_and_intercept_sum_to_the_log_odds() -> None:
    ranker, features = fitted()
    summed = ranker.contributions(features).sum(axis=1) + ranker.intercept
    assert np.allclose(summed, ranker.log_odds(features))


def test_more_likeness_never_speaks_against_a_match() -> None:
    ranker, _ = fitted()
    assert np.all(np.diff(ranker.values[0]) >= -1e-9)


def test_log_odds_follow_the_truth_that_made_the_data() -> None:
    ranker, _ = fitted()
    rows = np.array([[0.9, 0], [0.1, 0], [0.9, 2]], dtype=np.float32)
    high, low, contradicted = ranker.log_odds(rows)
    assert high - low == pytest.approx(4.8, abs=1.2)
    assert high - contradicted == pytest.approx(2.0, abs=0.6)


def test_a_saved_ranker_gives_the_same_log_odds(tmp_path: Path) -> None:
    ranker, features = fitted()
    ranker.save(tmp_path)
    assert np.array_equal(AdditiveRanker.load(tmp_path).log_odds(features), ranker.log_odds(features))


def test_a_truncated_ranker_is_refused(tmp_path: Path) -> None:
    ranker, _ = fitted()
    ranker.save(tmp_path)
    (tmp_path / "ranker.json").write_text("{")
    with pytest.raises(BundleError, match="ranker"):
        AdditiveRanker.load(tmp_path)
