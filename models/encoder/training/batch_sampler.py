"""Which pairs stand in one batch of training: strangers, and neighbours that must be told apart."""

from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

NEIGHBOUR_SHARE = 0.5
"""Part of a batch that is filled street by street."""


class BatchSampler:
    """Draws batches of pairs: half from whole streets, half from anywhere, no pair twice in a batch.

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
        self._crowded = np.flatnonzero(self._ends - self._starts > 1)
        self._pairs = len(keys)
        self._batch_size = min(batch_size, len(keys))
        self._rng = rng

    def batches(self, count: int) -> Iterator[NDArray[np.int64]]:
        """Yield batches as positions of pairs, shape (batch_size,)."""
        for _ in range(count):
            yield self.batch()

    def batch(self) -> NDArray[np.int64]:
        """Draw one batch, positions of pairs in ascending order; fewer than the batch size where some came twice."""
        chosen: list[NDArray[np.int64]] = []
        wanted = int(self._batch_size * NEIGHBOUR_SHARE) if len(self._crowded) else 0
        filled = 0
        while filled < wanted:
            members = self._some_of_a_street(wanted - filled)
            chosen.append(members)
            filled += len(members)
        strangers = self._rng.integers(self._pairs, size=self._batch_size - filled)
        return np.unique(np.concatenate([*chosen, strangers]))

    def _some_of_a_street(self, room: int) -> NDArray[np.int64]:
        street = self._crowded[self._rng.integers(len(self._crowded))]
        members = self._order[self._starts[street] : self._ends[street]]
        if len(members) <= room:
            return members
        if not self._in_order:
            return self._rng.permutation(members)[:room]
        first = self._rng.integers(len(members) - room + 1)
        return members[first : first + room]
