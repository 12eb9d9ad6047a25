from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from address_match.models.encoder.transformer.tokens import TokenBatch


class Embedder(Protocol):
    """One copy of a model on one device."""

    batch_size: int
    """Texts that are computed at a time."""

    def embed(self, batch: TokenBatch) -> NDArray[np.float32]:
        """Return a vector for each text, shape (texts, dimensions).

        Raises `DeviceMemoryError` when the device has no room for the batch.
        """
        ...
