"""Several copies of a model, as on several GPUs."""

from collections.abc import Sequence
from threading import Barrier

import numpy as np
from numpy.typing import NDArray

from address_match.models.encoder.transformer.encoder import TransformerEncoder
from address_match.models.encoder.transformer.tokens import TokenBatch, Tokeniser


class Lengths(Tokeniser):
    """Reads a text as one token, its length."""

    def read(self, texts: Sequence[str]) -> list[list[int]]:
        return [[len(text)] for text in texts]


class Copy:
    """Gives each text a vector of its own; computes only while the other copy computes, too."""

    def __init__(self, together: Barrier) -> None:
        self.batch_size = 4
        self.batches = 0
        self._together = together

    def embed(self, batch: TokenBatch) -> NDArray[np.float32]:
        self._together.wait(timeout=10)
        self.batches += 1
        return np.stack([np.cos(batch.ids[:, 0]), np.sin(batch.ids[:, 0])], axis=1).astype(np.float32)


def test_batches_are_shared_out_among_the_copies() -> None:
    together = Barrier(2)
    copies = [Copy(together), Copy(together)]
    encoder = TransformerEncoder(Lengths(None, 0), copies, dimensions=2, fingerprint="f")  # type: ignore[arg-type]  # reads without a tokeniser
    texts = ["A" * length for length in range(1, 33)]
    expected = [[np.cos(length), np.sin(length)] for length in range(1, 33)]
    np.testing.assert_allclose(encoder.encode(texts), expected, atol=1e-6)
    assert copies[0].batches + copies[1].batches == 8
    assert min(copies[0].batches, copies[1].batches) > 0
