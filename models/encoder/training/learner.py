from collections.abc import Mapping, Sequence
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

State = Mapping[str, NDArray[np.generic]]
"""Arrays by name: weights, and what the optimiser remembers of them."""


class Learner(Protocol):
    """An encoder that is being trained."""

    def step(self, pairs: NDArray[np.int64], learning_rate: float) -> float:
        """Learn from a batch of pairs, by their positions, and return the loss."""
        ...

    def vectors(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Return unit vectors by the weights as they are now, shape (texts, dimensions)."""
        ...

    def weights(self) -> State:
        """Return copies of the weights."""
        ...

    def load_weights(self, weights: State) -> None:
        """Take weights that `weights` gave."""
        ...

    def memory(self) -> State:
        """Return copies of all else that the next step depends on."""
        ...

    def load_memory(self, memory: State) -> None:
        """Take what `memory` gave."""
        ...
