"""Exports a transformer for CPUs: ONNX, its matrix products in eight bits."""

import json
import logging
import shutil
import tempfile
import warnings
from pathlib import Path
from typing import Any

from address_match.models.encoder.training.pairs import TrainingPairs
from address_match.models.encoder.training.recall import QuantisationLoss, measure_quantisation_loss
from address_match.models.encoder.transformer.directory import (
    INT8_FILE,
    INT8_REPORT_FILE,
    TransformerDirectory,
)
from address_match.models.encoder.transformer.embedder import Precision
from address_match.models.encoder.transformer.encoder import TransformerEncoder
from address_match.models.encoder.transformer.torch_embedder import load_model
from address_match.models.training_extra import training_extra_for

with training_extra_for("Exporting a transformer needs torch, onnx and onnxruntime"):
    import torch
    from onnxruntime.quantization import QuantType, quantize_dynamic

_log = logging.getLogger(__name__)

_OUTPUT = "sentence_embedding"
_EXAMPLES = (2, 8)
"""Texts and tokens of the batch that the exporter follows through the model; both are free in the export."""


class _Whole(torch.nn.Module):  # type: ignore[misc]  # torch is not typed for mypy
    """All modules of a model as one function of tensors."""

    def __init__(self, model: Any, names: tuple[str, ...]) -> None:
        super().__init__()
        self._model = model
        self._names = names

    def forward(self, *inputs: torch.Tensor) -> torch.Tensor:
        features = dict(zip(self._names, inputs, strict=True))
        return self._model(features)[_OUTPUT]


def export_unless_costly(directory: Path, held_out: TrainingPairs) -> QuantisationLoss:
    """Export a saved model, drop the export where it costs recall on held-out pairs, and return what it costs."""
    _export_int8(directory)
    in_full = TransformerEncoder.load(directory, device="cpu", precision=Precision.FP32)
    in_eight_bits = TransformerEncoder.load(directory, device="cpu", precision=Precision.INT8)
    rounding = measure_quantisation_loss(in_full.encode, in_eight_bits.encode, held_out)
    if not rounding.is_affordable:
        _log.warning("%s: the export is dropped, and CPUs will encode with fp32", rounding)
        _drop_export(directory)
    return rounding


def _export_int8(directory: Path) -> None:
    """Write the eight-bit export beside the weights of a saved model.

    Weights are rounded channel by channel, activations as they come; embeddings stay in full. What that costs in recall
    `measure_quantisation_loss` returns.
    """
    source = TransformerDirectory.read(directory)
    names = ("input_ids", "attention_mask", *(("token_type_ids",) if source.takes_types else ()))
    model = load_model(directory).eval()
    example = tuple(torch.ones(_EXAMPLES, dtype=torch.int64) for _ in names)
    free = {0: torch.export.Dim("texts"), 1: torch.export.Dim("tokens", max=source.longest)}
    target = directory / INT8_FILE
    target.parent.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="address-match-") as folder, warnings.catch_warnings():
        # The exporter warns of how it names axes and of what torch will leave out one day.
        warnings.simplefilter("ignore")
        whole = Path(folder) / "model.onnx"
        torch.onnx.export(
            _Whole(model, names).eval(),
            example,
            str(whole),
            input_names=list(names),
            output_names=[_OUTPUT],
            dynamic_shapes=(tuple(free for _ in names),),
            dynamo=True,
            external_data=False,
            verbose=False,
        )
        quantize_dynamic(
            whole, target, weight_type=QuantType.QInt8, per_channel=True, op_types_to_quantize=["MatMul"]
        )
    report = {"weights_sha256": source.weights_sha256()}
    (directory / INT8_REPORT_FILE).write_text(json.dumps(report, indent=2) + "\n", encoding="utf-8")


def _drop_export(directory: Path) -> None:
    """Remove the eight-bit export of a model."""
    shutil.rmtree((directory / INT8_FILE).parent)
