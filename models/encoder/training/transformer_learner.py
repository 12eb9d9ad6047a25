"""A transformer while it is fine-tuned."""

from collections.abc import Sequence
from functools import wraps
from pathlib import Path
from typing import Any, cast

import numpy as np
from numpy.typing import NDArray

from address_match.models.devices import CPU
from address_match.models.encoder.training.checkpoint import State
from address_match.models.encoder.training.pairs import TrainingPairs
from address_match.models.encoder.training.ranking_loss import ranking_loss
from address_match.models.encoder.transformer.torch_embedder import load_model
from address_match.models.training_extra import training_extra_for

with training_extra_for():
    import torch
    from sentence_transformers import SentenceTransformer
    from sentence_transformers.base.modules import Normalize
    from sentence_transformers.sentence_transformer.modules import Pooling

WEIGHT_DECAY = 0.01
MOST_GRADIENT = 1.0
"""Length to which longer gradients are cut."""
_ENCODED_AT_ONCE = 128


class TransformerLearner:
    """Learns every weight of a pretrained model, with mean pooling, in bf16 where the device computes it fast.

    There is no dropout: pairs are many and hardly seen twice, and drawing what to drop is a third of a step on a CPU.
    """

    def __init__(self, pairs: TrainingPairs, base: str | Path, *, longest: int, device: str) -> None:
        self._texts = pairs
        self._device = device
        words = load_model(base, device=device)[0]
        self.dimensions = int(words.get_embedding_dimension())
        self.model = SentenceTransformer(
            modules=[words, Pooling(self.dimensions, pooling_mode="mean"), Normalize()], device=device
        )
        self.model.max_seq_length = longest
        self.model.eval()
        if device == CPU:
            # The fused attention of torch takes three times as long to go back on a CPU.
            words.model.set_attn_implementation("eager")
        if computes_bf16(device):
            _compute_in_bf16(words.model, device)
        self._loss = ranking_loss(self.model, self.dimensions)
        self._optimiser = torch.optim.AdamW(self.model.parameters(), weight_decay=WEIGHT_DECAY, fused=True)

    def step(self, pairs: NDArray[np.int64], learning_rate: float) -> float:
        """Learn from a batch of pairs and return the loss."""
        for group in self._optimiser.param_groups:
            group["lr"] = learning_rate
        sides = [self._tokens(self._texts.side(side, pairs)) for side in (0, 1)]
        loss = self._loss(sides, torch.zeros(len(pairs), device=self._device))
        self._optimiser.zero_grad()
        loss.backward()
        torch.nn.utils.clip_grad_norm_(self.model.parameters(), MOST_GRADIENT)
        self._optimiser.step()
        return float(loss.detach())

    def vectors(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Return unit vectors by the weights as they are now, shape (texts, dimensions)."""
        encoded = self.model.encode(list(texts), batch_size=_ENCODED_AT_ONCE, show_progress_bar=False)
        return cast("NDArray[np.float32]", encoded)

    def weights(self) -> State:
        """Return a copy of every weight."""
        return {name: _copied(tensor) for name, tensor in self.model.state_dict().items()}

    def load_weights(self, weights: State) -> None:
        """Take weights."""
        self.model.load_state_dict({name: torch.from_numpy(array) for name, array in weights.items()})

    def memory(self) -> State:
        """Return the moments of AdamW."""
        return {
            f"{number}.{name}": _copied(torch.as_tensor(value))
            for number, held in self._optimiser.state_dict()["state"].items()
            for name, value in held.items()
        }

    def load_memory(self, memory: State) -> None:
        """Take moments."""
        moments: dict[int, dict[str, torch.Tensor]] = {}
        for key, array in memory.items():
            number, _, name = key.partition(".")
            moments.setdefault(int(number), {})[name] = torch.from_numpy(array.copy())
        self._optimiser.load_state_dict(self._optimiser.state_dict() | {"state": moments})

    def _tokens(self, texts: Sequence[str]) -> dict[str, torch.Tensor]:
        tokens = self.model.preprocess(list(texts))
        return {
            name: value.to(self._device) if torch.is_tensor(value) else value
            for name, value in tokens.items()
        }


def computes_bf16(device: str) -> bool:
    """Return whether bf16 is fast on a device: on a CPU only where it multiplies tiles of it (AMX)."""
    if device.startswith("cuda"):
        return bool(torch.cuda.is_bf16_supported())
    capabilities = torch.cpu.get_capabilities() if hasattr(torch.cpu, "get_capabilities") else {}
    return bool(capabilities.get("amx_bf16"))


def _compute_in_bf16(model: Any, device: str) -> None:
    """Let the layers compute in bf16; their output stays in full, for cosines of neighbours differ in the third digit."""
    forward = model.forward

    @wraps(forward)
    def in_bf16(*arguments: Any, **named: Any) -> Any:
        with torch.autocast(device.partition(":")[0], torch.bfloat16):
            output = forward(*arguments, **named)
        output.last_hidden_state = output.last_hidden_state.float()
        return output

    model.forward = in_bf16


def _copied(tensor: torch.Tensor) -> NDArray[np.generic]:
    return cast("NDArray[np.generic]", tensor.detach().cpu().numpy().copy())
