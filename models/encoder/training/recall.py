"""How many pairs find each other, and how many of them eight bits lose: judged by what is found, not by how near the
numbers stay.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from address_match.models.encoder.training.pairs import TrainingPairs

MOST_LOST = 0.005
"""Share of the pairs that eight bits may lose at most."""

Encode = Callable[[Sequence[str]], NDArray[np.float32]]
"""Gives a unit vector for each text, shape (texts, dimensions)."""


def recall_on(encode: Encode, pairs: TrainingPairs) -> float:
    """Return the share of the pairs whose second text is the nearest to the first among all second texts."""
    everything = range(len(pairs))
    return pair_recall(encode(pairs.side(0, everything)), encode(pairs.side(1, everything)))


def pair_recall(first: NDArray[np.float32], second: NDArray[np.float32]) -> float:
    """Return the share of the first vectors to which the second of their own pair is the nearest; ties do not count.

    Both have the shape (pairs, dimensions) and length one.
    """
    cosines = first @ second.T
    own = cosines.diagonal().copy()
    np.fill_diagonal(cosines, -2.0)
    return float((own > cosines.max(axis=1)).mean())


@dataclass(frozen=True, slots=True)
class QuantisationLoss:
    """How often the second text of a pair is the nearest to the first, before and after rounding."""

    recall_in_full: float
    recall_rounded: float
    """With both texts in eight bits or with the first alone, whichever finds less: an index may hold vectors in full."""

    @property
    def is_affordable(self) -> bool:
        """Return whether no more was lost than may be."""
        return self.recall_in_full - self.recall_rounded <= MOST_LOST

    def __str__(self) -> str:
        return (
            f"eight bits lower recall from {self.recall_in_full:.4f} to {self.recall_rounded:.4f}, by more than "
            f"{MOST_LOST}"
        )


def measure_quantisation_loss(in_full: Encode, rounded: Encode, pairs: TrainingPairs) -> QuantisationLoss:
    """Return the recall on pairs, each searched among all of them, by vectors in full and by rounded ones."""
    everything = range(len(pairs))
    first, second = pairs.side(0, everything), pairs.side(1, everything)
    first_rounded, second_in_full = rounded(first), in_full(second)
    return QuantisationLoss(
        pair_recall(in_full(first), second_in_full),
        min(pair_recall(first_rounded, rounded(second)), pair_recall(first_rounded, second_in_full)),
    )
