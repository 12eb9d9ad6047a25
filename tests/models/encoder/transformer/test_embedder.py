"""A device without room, played by a model that refuses large batches: there is no GPU where this is tested."""

import logging
from typing import Any

import numpy as np
import pytest

pytest.importorskip("sentence_transformers", reason="needs the extra `train`")

import torch

from address_match.models.encoder.transformer import embedder as embedders
from address_match.models.encoder.transformer.embedder import embed_within_memory
from address_match.models.encoder.transformer.tokens import TokenBatch
from address_match.models.encoder.transformer.torch_embedder import TorchEmbedder
from address_match.models.errors import DeviceMemoryError


class Cramped:
    """Gives each text its first token as its vector, and has room for `room` texts at once."""

    def __init__(self, room: int) -> None:
        self.room = room
        self.sizes: list[int] = []

    def __call__(self, inputs: dict[str, Any]) -> dict[str, Any]:
        size = len(inputs["input_ids"])
        self.sizes.append(size)
        if size > self.room:
            raise torch.OutOfMemoryError("CUDA out of memory. Tried to allocate 20.00 MiB.")
        return {"sentence_embedding": inputs["input_ids"][:, :1].float()}


def batch_of(texts: int) -> TokenBatch:
    ids = np.arange(texts, dtype=np.int64)[:, None].repeat(3, axis=1)
    return TokenBatch(ids, np.ones_like(ids))


@pytest.fixture(autouse=True)
def _no_warning_yet() -> None:
    embedders._warn_of_smaller_batches.cache_clear()


def test_the_batch_is_halved_for_good_and_that_is_said_once(caplog: pytest.LogCaptureFixture) -> None:
    model = Cramped(room=5)
    embedder = TorchEmbedder(model, "cpu", batch_size=16, takes_types=False)
    with caplog.at_level(logging.WARNING):
        first = embed_within_memory(embedder, batch_of(16))
        embed_within_memory(embedder, batch_of(8))
    assert first[:, 0].tolist() == list(range(16))
    assert model.sizes == [16, 8, 4, 4, 4, 4, 4, 4]
    assert caplog.messages == ["cpu ran out of memory: going on with smaller batches"]


def test_no_room_for_a_single_text_is_an_error() -> None:
    embedder = TorchEmbedder(Cramped(room=0), "cpu", batch_size=4, takes_types=False)
    with pytest.raises(DeviceMemoryError, match="even for one text"):
        embed_within_memory(embedder, batch_of(4))


def test_another_fault_of_the_model_is_not_taken_for_missing_memory() -> None:
    def faulty(_: dict[str, Any]) -> dict[str, Any]:
        raise RuntimeError("shapes cannot be multiplied")

    embedder = TorchEmbedder(faulty, "cpu", batch_size=4, takes_types=False)
    with pytest.raises(RuntimeError, match="shapes"):
        embed_within_memory(embedder, batch_of(4))
