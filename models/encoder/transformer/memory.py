"""What is done when a device has no room for a batch."""

import numpy as np
from numpy.typing import NDArray

from address_match.models.encoder.transformer.embedder import Embedder
from address_match.models.encoder.transformer.tokens import TokenBatch
from address_match.models.encoder.warn_once import warn_once
from address_match.models.errors import DeviceMemoryError


def embed_within_memory(embedder: Embedder, batch: TokenBatch) -> NDArray[np.float32]:
    """Embed a batch; where memory runs out the embedder's batches are halved for good, which is said once.

    Raises `DeviceMemoryError` when there is no room for a single text.
    """
    vectors: list[NDArray[np.float32]] = []
    start = 0
    while start < len(batch):
        part = batch.part(start, start + embedder.batch_size)
        try:
            vectors.append(embedder.embed(part))
        except DeviceMemoryError as error:
            if len(part) == 1:
                raise DeviceMemoryError(
                    f"{error}, even for one text: free the device, or encode on another one (cpu)."
                ) from error
            embedder.batch_size = len(part) // 2
            warn_once(f"{error}: going on with smaller batches")
            continue
        start += len(part)
    return np.concatenate(vectors)
