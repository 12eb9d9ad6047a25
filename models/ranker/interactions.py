"""Which features interact: those that together explain most of what a model of single features gets wrong."""

from itertools import combinations

import numpy as np
from numpy.typing import NDArray

from address_match.models.ranker.additive_ranker import AdditiveRanker, FeatureSpec

COARSE_BINS = 12
"""Bins into which a continuous feature is cut to look for interactions, each with as many matches."""
_RIDGE = 1.0


def strongest_interactions(
    single: AdditiveRanker,
    features: NDArray[np.float32],
    codes: NDArray[np.int64],
    matches: NDArray[np.bool_],
    count: int,
) -> tuple[tuple[int, int], ...]:
    """Return the interactions, as positions of two features, that would lower the loss most (FAST, Lou et al. 2013).

    The best come first. `codes` are the bins of `features` under `single`, a model without interactions; all have the
    shape (pairs, features), `matches` (pairs,). The gain is that of one Newton step in each cell of the table of both,
    less what such a step for each of the two alone would gain.
    """
    probability = 1 / (1 + np.exp(-single.log_odds(features)))
    error, curvature = matches - probability, probability * (1 - probability)
    coarse = [
        coarse_bins(codes[:, j], spec, len(single.values[j]), matches)[codes[:, j]]
        for j, spec in enumerate(single.specs)
    ]
    alone = [newton_gain(column, error, curvature, _RIDGE) for column in coarse]
    gains = []
    for i, j in combinations(range(len(coarse)), 2):
        cell = coarse[i] * (int(coarse[j].max(initial=0)) + 1) + coarse[j]
        gains.append((newton_gain(cell, error, curvature, _RIDGE) - alone[i] - alone[j], i, j))
    gains.sort(reverse=True)
    return tuple((i, j) for _, i, j in gains[:count])


def newton_gain(
    cell: NDArray[np.int64], error: NDArray[np.float64], curvature: NDArray[np.float64], ridge: float
) -> float:
    """Return by how much one Newton step in each cell would lower the loss, drawn to 0 by `ridge`."""
    gradient, hessian = np.bincount(cell, weights=error), np.bincount(cell, weights=curvature)
    return float((gradient**2 / (hessian + ridge)).sum())


def coarse_bins(
    codes: NDArray[np.int64], spec: FeatureSpec, bins: int, matches: NDArray[np.bool_]
) -> NDArray[np.int64]:
    """Merge the bins of a continuous feature, with as many matches in each; those that say why there is no value stay
    apart.

    Returns for each bin the one that it goes to, shape (bins,).
    """
    if spec.categories or bins <= COARSE_BINS + spec.unsaid:
        return np.arange(bins)
    times = np.bincount(codes[matches], minlength=bins) + 1e-9
    times[: spec.unsaid] = 0
    place = (np.cumsum(times) - times / 2) / times.sum()
    merged: NDArray[np.int64] = (
        np.minimum((place * COARSE_BINS).astype(np.int64), COARSE_BINS - 1) + spec.unsaid
    )
    merged[: spec.unsaid] = np.arange(spec.unsaid)
    return merged
