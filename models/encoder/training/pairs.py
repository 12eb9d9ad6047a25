"""What an encoder learns from: pairs of texts of one premises, those held out, and the batches in which it sees them."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from address_match.models.errors import TrainingDataError

HELD_OUT_SHARE = 0.02
"""Share of the pairs, by whole streets, that are held out to check the learning."""
MOST_HELD_OUT = 2_000
"""Pairs; each is searched among all of them."""
NEIGHBOUR_SHARE = 0.5
"""Part of a batch that is filled street by street."""


@dataclass(frozen=True, slots=True)
class TrainingPairs:
    """Pairs of texts, one pair per premises; a premises that comes twice would be its own negative."""

    texts: Sequence[tuple[str, str]]
    streets: Sequence[int]
    """Of each pair: pairs of one street become each other's hard negatives."""
    along_street: Sequence[int] | None = None
    """Of each pair: the place in its street, so that flats of one building and neighbouring numbers are near each
    other.
    """

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
        """Return a hash of the texts, in their order."""
        digest = hashlib.sha256()
        for first, second in self.texts:
            digest.update(f"{len(first)}|{first}|{second}\n".encode("utf-8", "surrogatepass"))
        return digest.hexdigest()


def hold_out(pairs: TrainingPairs, rng: np.random.Generator) -> tuple[TrainingPairs, TrainingPairs]:
    """Return the pairs to learn from, and those of other streets on which the learning is checked.

    Where there are too few streets to spare one, all pairs are learned from and checked on.
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


class BatchSampler:
    """Draws batches of pairs: `NEIGHBOUR_SHARE` from whole streets, the rest from anywhere, no pair twice in a batch.

    Of a street that is too long for the room that is left, the pairs next to each other along it are taken: the flats
    of one building, the numbers that follow each other. Without `along_street` they are drawn from all of it.
    """

    def __init__(
        self,
        streets: Sequence[int],
        *,
        batch_size: int,
        rng: np.random.Generator,
        along_street: Sequence[int] | None = None,
    ) -> None:
        keys = np.asarray(streets, np.int64)
        self._in_order = along_street is not None
        places = np.zeros(len(keys), np.int64) if along_street is None else np.asarray(along_street, np.int64)
        self._order = np.lexsort((places, keys))
        bounds = np.flatnonzero(np.diff(keys[self._order])) + 1
        self._starts = np.concatenate([[0], bounds])
        self._ends = np.concatenate([bounds, [len(keys)]])
        self._shared_streets = np.flatnonzero(self._ends - self._starts > 1)
        self._pairs = len(keys)
        self._batch_size = min(batch_size, len(keys))
        self._rng = rng

    def batch(self) -> NDArray[np.int64]:
        """Draw one batch, positions of pairs in ascending order; fewer than the batch size where some came twice."""
        chosen: list[NDArray[np.int64]] = []
        wanted = int(self._batch_size * NEIGHBOUR_SHARE) if len(self._shared_streets) else 0
        filled = 0
        while filled < wanted:
            members = self._neighbours(wanted - filled)
            chosen.append(members)
            filled += len(members)
        others = self._rng.integers(self._pairs, size=self._batch_size - filled)
        return np.unique(np.concatenate([*chosen, others]))

    def _neighbours(self, room: int) -> NDArray[np.int64]:
        street = self._shared_streets[self._rng.integers(len(self._shared_streets))]
        members = self._order[self._starts[street] : self._ends[street]]
        if len(members) <= room:
            return members
        if not self._in_order:
            return self._rng.permutation(members)[:room]
        first = self._rng.integers(len(members) - room + 1)
        return members[first : first + room]
