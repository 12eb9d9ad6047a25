"""A transformer in eight bits on a CPU, by onnxruntime; torch is not needed."""

import json
import os
from pathlib import Path
from typing import Any, cast

import numpy as np
from numpy.typing import NDArray

from address_match.models.encoder.transformer.directory import (
    INT8_FILE,
    INT8_REPORT_FILE,
    TransformerDirectory,
)
from address_match.models.encoder.transformer.tokens import TokenBatch
from address_match.models.errors import EncoderError, MissingTransformerExtraError

BATCH = 32
"""Texts a batch: larger ones leave the processor's cache."""


class OnnxEmbedder:
    """The export of a model in an onnxruntime session."""

    def __init__(self, session: Any) -> None:
        self.batch_size = BATCH
        self._session = session
        self._names = frozenset(given.name for given in session.get_inputs())

    @classmethod
    def load(cls, source: TransformerDirectory) -> "OnnxEmbedder":
        """Open the export; raises `EncoderError` when it is missing, damaged or of other weights."""
        path = source.path / INT8_FILE
        if source.int8_path is None:
            raise EncoderError(
                f"{path} is missing: the encoder was not exported to eight bits. Train it again, or encode with fp32."
            )
        _refuse_export_of_others(source)
        return cls(open_session(path))

    def embed(self, batch: TokenBatch) -> NDArray[np.float32]:
        """Return a vector for each text, shape (texts, dimensions)."""
        given = {
            "input_ids": batch.ids,
            "attention_mask": batch.mask,
            "token_type_ids": np.zeros_like(batch.ids),
        }
        inputs = {name: value for name, value in given.items() if name in self._names}
        return cast("NDArray[np.float32]", self._session.run(None, inputs)[0])


def open_session(path: Path) -> Any:
    """Open an ONNX file; raises `EncoderError` when onnxruntime refuses it.

    It computes with as many threads as OMP_NUM_THREADS says, else with one a core.
    """
    try:
        import onnxruntime
    except ImportError as error:  # pragma: no cover - depends on what is installed
        raise MissingTransformerExtraError(
            "A transformer in eight bits needs onnxruntime: pip install 'address-match[transformer]'"
        ) from error
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = int(os.environ.get("OMP_NUM_THREADS") or 0)
    # Threads that wait by spinning take the cores from everything else.
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")
    try:
        return onnxruntime.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])
    # onnxruntime's classes for a damaged file are not public, and have no base below this one.
    except Exception as error:
        reason = str(error).strip().splitlines()[0]
        raise EncoderError(f"{path} cannot be opened ({reason}): restore the encoder.") from error


def _refuse_export_of_others(source: TransformerDirectory) -> None:
    path = source.path / INT8_REPORT_FILE
    try:
        report = json.loads(path.read_text(encoding="utf-8"))
        exported = report["weights_sha256"]
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise EncoderError(
            f"{path} cannot be read ({error}): the eight-bit export names no weights. Restore or train it again."
        ) from error
    if exported != source.weights_sha256():
        raise EncoderError(
            f"{source.path / INT8_FILE} was exported from other weights than those beside it: restore the encoder or "
            "train it again."
        )
