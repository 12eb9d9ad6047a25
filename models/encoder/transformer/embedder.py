"""One copy of a transformer on one device, and what is done when that has no room for a batch."""

import logging
from enum import StrEnum
from functools import cache
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from address_match.models.encoder.transformer.tokens import TokenBatch
from address_match.models.errors import DeviceMemoryError

_log = logging.getLogger(__name__)


class Precision(StrEnum):
    """The numbers that a transformer computes with."""

    AUTO = "auto"
    """On CUDA bf16, or fp16 on GPUs that have no bf16; on a CPU int8 where the directory holds that export, else fp32."""
    FP32 = "fp32"
    BF16 = "bf16"
    FP16 = "fp16"
    INT8 = "int8"
    """Of onnxruntime, on a CPU."""


class Embedder(Protocol):
    """One copy of a model on one device."""

    batch_size: int
    """Texts that are computed at a time."""

    def embed(self, batch: TokenBatch) -> NDArray[np.float32]:
        """Return a vector for each text, shape (texts, dimensions).

        Raises `DeviceMemoryError` when the device has no room for the batch.
        """
        ...


def embed_within_memory(embedder: Embedder, batch: TokenBatch) -> NDArray[np.float32]:
    """Return a vector for each text, shape (texts, dimensions).

    Where memory runs out the embedder's batches are halved for good, with one warning. Raises `DeviceMemoryError` when
    there is no room for a single text.
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
            _warn_of_smaller_batches(str(error))
            continue
        start += len(part)
    return np.concatenate(vectors)


@cache
def _warn_of_smaller_batches(reason: str) -> None:
    """Warn at the first of the halvings that have one reason."""
    _log.warning("%s: going on with smaller batches", reason)
