from pathlib import Path

import numpy as np
import pytest

from address_match.models.errors import BundleError
from address_match.models.ranker import AdditiveRanker, FeatureSpec
from address_match.models.ranker.fit import fit_ranker

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


def test_log_odds_of_a_row_do_not_depend_on_the_rows_beside_it() -> None:
    ranker, features = fitted()
    together = ranker.log_odds(features)
    alone = [ranker.log_odds(features[row : row + 1])[0] for row in range(20)]
    assert together[:20].tolist() == alone


def test_more_likeness_never_speaks_against_a_match() -> None:
    ranker, _ = fitted()
    assert np.all(np.diff(ranker.values[0]) >= -1e-9)


def test_log_odds_follow_the_truth_that_made_the_data() -> None:
    ranker, _ = fitted()
    rows = np.array([[0.9, 0], [0.1, 0], [0.9, 2]], dtype=np.float32)
    high, low, contradicted = ranker.log_odds(rows)
    assert high - low == pytest.approx(4.8, abs=1.2)
    assert high - contradicted == pytest.approx(2.0, abs=0.6)


def test_a_category_seen_too_rarely_is_worth_what_the_average_pair_is() -> None:
    kinds = np.array([0] * 500 + [1] * 500 + [2] * 10, dtype=np.float32)[:, None]
    matches = np.array([False] * 500 + [True] * 510)
    assert fit_ranker(kinds, matches, (FeatureSpec("kind", categories=3),), seed=1).values[0][2] == 0.0


def test_a_saved_ranker_gives_the_same_log_odds(tmp_path: Path) -> None:
    ranker, features = fitted()
    ranker.save(tmp_path)
    assert np.array_equal(AdditiveRanker.load(tmp_path).log_odds(features), ranker.log_odds(features))


@pytest.mark.parametrize("name", ["ranker.json", "ranker.safetensors"])
def test_a_truncated_ranker_is_refused(name: str, tmp_path: Path) -> None:
    ranker, _ = fitted()
    ranker.save(tmp_path)
    (tmp_path / name).write_text("{")
    with pytest.raises(BundleError, match="ranker"):
        AdditiveRanker.load(tmp_path)


def interacting() -> tuple[AdditiveRanker, np.ndarray]:
    """Two kinds that speak for a match only where they agree, and a likeness; no kind speaks by itself."""
    rng = np.random.default_rng(5)
    first, second, likeness = rng.integers(0, 2, 9000), rng.integers(0, 2, 9000), rng.random(9000)
    matches = rng.random(9000) < 1 / (1 + np.exp(-(4.0 * (first == second) + 2 * likeness - 3)))
    features = np.stack([first, second, likeness], axis=1).astype(np.float32)
    specs = (
        FeatureSpec("first", categories=2),
        FeatureSpec("second", categories=2),
        FeatureSpec("like", monotone=1),
    )
    return fit_ranker(features, matches, specs, seed=1, rounds=200, interactions=2), features


def test_what_two_features_are_worth_only_together_is_found() -> None:
    ranker, _ = interacting()
    assert (ranker.interactions[0].first, ranker.interactions[0].second) == (0, 1)
    agreeing, differing = ranker.log_odds(np.array([[1, 1, 0.5], [1, 0, 0.5]], dtype=np.float32))
    assert agreeing - differing == pytest.approx(4.0, abs=0.6)


def test_contributions_of_interacting_features_sum_to_the_log_odds() -> None:
    ranker, features = interacting()
    summed = ranker.contributions(features).sum(axis=1) + ranker.intercept
    assert np.allclose(summed, ranker.log_odds(features))


def test_more_likeness_never_speaks_against_a_match_whatever_else_holds() -> None:
    ranker, _ = interacting()
    for first in (0, 1):
        rows = np.array([[first, 1, x] for x in np.linspace(0, 1, 200)], dtype=np.float32)
        assert np.all(np.diff(ranker.log_odds(rows)) >= -1e-9)


def test_a_ranker_with_interactions_is_read_back(tmp_path: Path) -> None:
    ranker, features = interacting()
    ranker.save(tmp_path)
    assert np.array_equal(AdditiveRanker.load(tmp_path).log_odds(features), ranker.log_odds(features))


def test_features_and_categories_that_were_not_learned_are_worth_nothing() -> None:
    ranker, features = interacting()
    specs = (
        FeatureSpec("new"),
        FeatureSpec("second", categories=3),
        FeatureSpec("first", categories=2),
        ranker.specs[2],
    )
    wider = np.stack([np.ones(len(features)), features[:, 1], features[:, 0], features[:, 2]], axis=1)
    widened = ranker.for_features(specs)
    assert np.allclose(widened.log_odds(wider.astype(np.float32)), ranker.log_odds(features))
    assert np.isfinite(widened.log_odds(np.array([[0.2, 2, 1, 0.5]], dtype=np.float32))).all()


def test_a_ranker_that_learned_from_a_feature_that_is_gone_is_refused() -> None:
    ranker, _ = interacting()
    with pytest.raises(BundleError, match="feature first"):
        ranker.for_features(ranker.specs[1:])
