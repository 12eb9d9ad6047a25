"""Which pairs stand in one batch of training: strangers, and neighbours that must be told apart."""

from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

NEIGHBOUR_SHARE = 0.5
"""Part of a batch that is filled street by street."""


class BatchSampler:
    """Draws batches of pairs: half from whole streets, half from anywhere, no pair twice in a batch."""

    def __init__(self, groups: Sequence[int], *, batch_size: int, rng: np.random.Generator) -> None:
        keys = np.asarray(groups, np.int64)
        self._order = np.argsort(keys, kind="stable")
        sorted_keys = keys[self._order]
        bounds = np.flatnonzero(np.diff(sorted_keys)) + 1
        self._starts = np.concatenate([[0], bounds])
        self._ends = np.concatenate([bounds, [len(keys)]])
        self._crowded = np.flatnonzero(self._ends - self._starts > 1)
        self._pairs = len(keys)
        self._batch_size = min(batch_size, len(keys))
        self._rng = rng

    def batches(self, count: int) -> Iterator[NDArray[np.int64]]:
        """Yield batches as positions of pairs, shape (batch_size,)."""
        for _ in range(count):
            yield self._batch()

    def _batch(self) -> NDArray[np.int64]:
        chosen: list[NDArray[np.int64]] = []
        wanted = int(self._batch_size * NEIGHBOUR_SHARE) if len(self._crowded) else 0
        filled = 0
        while filled < wanted:
            street = self._crowded[self._rng.integers(len(self._crowded))]
            members = self._order[self._starts[street] : self._ends[street]]
            if len(members) > wanted - filled:
                members = self._rng.permutation(members)[: wanted - filled]
            chosen.append(members)
            filled += len(members)
        strangers = self._rng.integers(self._pairs, size=self._batch_size - filled)
        return np.unique(np.concatenate([*chosen, strangers]))
