"""What an encoder learns from: pairs of texts, each pair of one premises, and where the premises stands."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from address_match.models.errors import TrainingDataError

HELD_OUT_SHARE = 0.02
"""Share of the pairs, by whole streets, that are not learned from but judge the learning."""
MOST_HELD_OUT = 2_000
"""Pairs; each is searched among all of them."""


@dataclass(frozen=True, slots=True)
class TrainingPairs:
    """Pairs of texts, one pair a premises; a premises that comes twice would be its own negative."""

    texts: Sequence[tuple[str, str]]
    streets: Sequence[int]
    """Of each pair: pairs of one street become each other's hard negatives."""
    along_street: Sequence[int] | None = None
    """Of each pair: the place in its street, so that flats of one building and neighbouring numbers are near each other."""

    def __post_init__(self) -> None:
        keys = [self.streets] if self.along_street is None else [self.streets, self.along_street]
        for key in keys:
            if len(key) != len(self.texts):
                raise TrainingDataError(
                    f"{len(self.texts)} pairs but {len(key)} streets or places: give one for each pair."
                )
        if len(self.texts) < 2:
            raise TrainingDataError(
                f"{len(self.texts)} pairs are too few to train on: give at least 2, better 100,000."
            )

    def __len__(self) -> int:
        return len(self.texts)

    def side(self, side: int, pairs: Sequence[int] | NDArray[np.int64]) -> list[str]:
        """Return the first (0) or second (1) texts of some pairs."""
        return [self.texts[pair][side] for pair in pairs]

    def take(self, pairs: NDArray[np.int64]) -> "TrainingPairs":
        """Return some of the pairs, in the order given."""
        return TrainingPairs(
            [self.texts[pair] for pair in pairs],
            [self.streets[pair] for pair in pairs],
            None if self.along_street is None else [self.along_street[pair] for pair in pairs],
        )

    def fingerprint(self) -> str:
        """Name the texts, in their order."""
        digest = hashlib.sha256()
        for first, second in self.texts:
            digest.update(f"{len(first)}|{first}|{second}\n".encode("utf-8", "surrogatepass"))
        return digest.hexdigest()


def hold_out(pairs: TrainingPairs, rng: np.random.Generator) -> "tuple[TrainingPairs, TrainingPairs]":
    """Return the pairs to learn from and those of some streets that judge the learning.

    Where there are too few streets to spare one, all pairs are learned from and judge as well.
    """
    streets = np.asarray(pairs.streets, np.int64)
    wanted = min(MOST_HELD_OUT, int(len(pairs) * HELD_OUT_SHARE))
    names, counts = np.unique(streets, return_counts=True)
    order = rng.permutation(len(names))
    chosen = order[np.cumsum(counts[order]) <= wanted]
    held = np.isin(streets, names[chosen])
    if np.count_nonzero(held) < 2:
        return pairs, pairs
    return pairs.take(np.flatnonzero(~held)), pairs.take(np.flatnonzero(held))
