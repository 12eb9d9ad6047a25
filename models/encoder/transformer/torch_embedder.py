"""A transformer on torch: on a GPU in half precision, on a CPU in full."""

from pathlib import Path
from typing import Any, cast

import numpy as np
from numpy.typing import NDArray

from address_match.models.encoder.transformer.directory import WEIGHTS_FILE, TransformerDirectory
from address_match.models.encoder.transformer.embedder import Precision
from address_match.models.encoder.transformer.tokens import TokenBatch
from address_match.models.errors import DeviceMemoryError, EncoderError
from address_match.models.search.memory import ran_out_of_memory
from address_match.models.training_extra import training_extra_for

with training_extra_for(
    "A transformer on a GPU, or in full precision, needs torch and sentence-transformers"
):
    import torch
    from safetensors import SafetensorError, safe_open
    from sentence_transformers import SentenceTransformer

CPU_BATCH = 64
CUDA_BATCH = 4_096
"""Texts a batch; halved where the memory does not suffice."""

_DTYPES = {
    Precision.FP32: torch.float32,
    Precision.BF16: torch.bfloat16,
    Precision.FP16: torch.float16,
}


class TorchEmbedder:
    """One copy of a sentence-transformers model on one device."""

    def __init__(self, model: Any, device: str, *, batch_size: int, takes_types: bool) -> None:
        self.batch_size = batch_size
        self._model = model
        self._device = device
        self._takes_types = takes_types

    @classmethod
    def load(cls, source: TransformerDirectory, device: str, precision: Precision) -> "TorchEmbedder":
        """Load the model of a directory onto a device; raises `EncoderError` when its weights cannot be served."""
        model = load_model(source.path, device=device)
        _refuse_damaged(model, source.path / WEIGHTS_FILE)
        model = model.to(_DTYPES[_chosen_precision(device, precision)]).eval()
        batch = CUDA_BATCH if device.startswith("cuda") else CPU_BATCH
        return cls(model, device, batch_size=batch, takes_types=source.takes_types)

    def embed(self, batch: TokenBatch) -> NDArray[np.float32]:
        """Return a vector for each text, shape (texts, dimensions).

        Raises `DeviceMemoryError` when the device has no room for the batch.
        """
        try:
            with torch.inference_mode():
                vectors = self._model(self._inputs(batch))["sentence_embedding"].float().cpu().numpy()
        except (RuntimeError, MemoryError) as error:
            if not ran_out_of_memory(error):
                raise
            raise DeviceMemoryError(f"{self._device} ran out of memory") from error
        return cast("NDArray[np.float32]", vectors)

    def _inputs(self, batch: TokenBatch) -> dict[str, torch.Tensor]:
        ids = torch.from_numpy(batch.ids).to(self._device)
        inputs = {"input_ids": ids, "attention_mask": torch.from_numpy(batch.mask).to(self._device)}
        if self._takes_types:
            inputs["token_type_ids"] = torch.zeros_like(ids)
        return inputs


def load_model(name_or_path: str | Path, *, device: str = "cpu") -> Any:
    """Load a sentence-transformers model from a directory or a hub, from safetensors only and without running its code.

    Raises `EncoderError` when that fails.
    """
    try:
        return SentenceTransformer(
            str(name_or_path), device=device, model_kwargs={"use_safetensors": True, "dtype": torch.float32}
        )
    except (OSError, ValueError, RuntimeError, KeyError, TypeError, ImportError, SafetensorError) as error:
        reason = str(error).strip().splitlines()[0] if str(error).strip() else type(error).__name__
        raise EncoderError(
            f"{name_or_path} cannot be loaded as a sentence-transformers model ({reason}): give a whole directory with "
            "safetensors weights, or the name of a model that the hub serves."
        ) from error


def _chosen_precision(device: str, precision: Precision) -> Precision:
    if precision is not Precision.AUTO:
        return precision
    if not device.startswith("cuda"):
        return Precision.FP32
    return Precision.BF16 if torch.cuda.is_bf16_supported() else Precision.FP16


def _refuse_damaged(model: Any, weights: Path) -> None:
    """Raise `EncoderError` for weights that are not finite, or not there: the library draws those that it does not
    find.
    """
    with safe_open(str(weights), framework="pt") as file:
        held = list(file.keys())
    for name, parameter in model[0].model.named_parameters():
        if not any(key == name or key.endswith(f".{name}") or name.endswith(f".{key}") for key in held):
            raise EncoderError(f"{weights} lacks {name}: restore the encoder or train it again.")
        if not torch.isfinite(parameter).all():
            raise EncoderError(
                f"{weights} holds numbers in {name} that are not finite: restore the encoder or train it again."
            )
