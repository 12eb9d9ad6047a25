"""What a feature is worth that is learned last."""

import numpy as np
from numpy.typing import NDArray

from address_match.models.ranker import AdditiveRanker, FeatureSpec
from address_match.models.ranker.fit import fit_ranker

LIKENESS, SUM, KIND = 0, 1, 2
SPECS = (
    FeatureSpec("likeness", monotone=1),
    FeatureSpec("sum", monotone=1, last=True),
    FeatureSpec("kind", categories=3),
)


def fitted(share: float) -> tuple[AdditiveRanker, NDArray[np.float32]]:
    """Fit on a likeness that decides, and a sum that knows it and, by a share, something of its own."""
    rng = np.random.default_rng(3)
    likeness, own = rng.random(6000), rng.random(6000)
    matches = rng.random(6000) < 1 / (1 + np.exp(-(8 * likeness - 4 + 4 * share * (2 * own - 1))))
    kind = rng.integers(0, 3, 6000)
    features = np.stack([likeness, (likeness + share * own) / (1 + share), kind], axis=1).astype(np.float32)
    return fit_ranker(features, matches, SPECS, seed=1), features


def test_what_only_repeats_the_others_is_worth_next_to_nothing() -> None:
    ranker, _ = fitted(share=0.0)
    assert np.ptp(ranker.values[SUM]) < 0.15 * np.ptp(ranker.values[LIKENESS])


def test_what_the_others_do_not_say_is_learned() -> None:
    ranker, _ = fitted(share=1.0)
    assert ranker.contributions(np.array([[0.5, 0.7, 0], [0.5, 0.3, 0]], dtype=np.float32))[
        :, SUM
    ].tolist() > [
        0.3,
        -5,
    ]


def test_more_of_it_never_speaks_against_a_match() -> None:
    ranker, features = fitted(share=1.0)
    rows = np.repeat(features[:50], 20, axis=0)
    rows[:, SUM] = np.tile(np.linspace(0, 1, 20), 50)
    assert np.all(np.diff(ranker.log_odds(rows).reshape(50, 20), axis=1) >= -1e-9)


def test_contributions_still_sum_to_the_log_odds() -> None:
    ranker, features = fitted(share=1.0)
    summed = ranker.contributions(features).sum(axis=1) + ranker.intercept
    assert np.allclose(summed, ranker.log_odds(features))
