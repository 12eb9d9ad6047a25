"""The learned weights as they lie on disk: one row per feature, eight bits per number, one scale per dimension."""

import hashlib
import json
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from safetensors import SafetensorError
from safetensors.numpy import load_file, save_file

from address_match.models.encoder.static.features import FEATURE_VERSION
from address_match.models.encoder.static.hashing import TABLE_ROWS
from address_match.models.errors import EncoderError

WEIGHTS_FILE = "model.safetensors"
CONFIG_FILE = "config.json"
MIN_DIMENSIONS = 16


@dataclass(frozen=True, slots=True)
class FeatureTable:
    """Quantised rows: the vector of a feature is `levels[row] * scale`."""

    levels: NDArray[np.int8]
    """Shape (TABLE_ROWS, dimensions)."""
    scale: NDArray[np.float32]
    """Shape (dimensions,)."""

    @property
    def dimensions(self) -> int:
        """Length of a row."""
        return int(self.levels.shape[1])

    def rows(self, dimensions: int) -> NDArray[np.float32]:
        """Return all rows in full, cut to their first dimensions, shape (TABLE_ROWS, dimensions)."""
        return self.levels[:, :dimensions] * self.scale[:dimensions]

    def fingerprint(self) -> str:
        """Name the weights and the way texts are read."""
        digest = hashlib.sha256(f"static:{FEATURE_VERSION}:{self.levels.shape}".encode())
        digest.update(np.ascontiguousarray(self.levels).data)
        digest.update(np.ascontiguousarray(self.scale).data)
        return digest.hexdigest()


def quantise(rows: NDArray[np.float32]) -> FeatureTable:
    """Round rows to eight bits, a scale for each dimension; the largest number of a dimension becomes 127."""
    scale = (np.abs(rows).max(axis=0) / 127).astype(np.float32)
    scale[scale == 0] = 1
    levels = np.clip(np.rint(rows / scale), -127, 127).astype(np.int8)
    return FeatureTable(levels, scale)


def save_table(table: FeatureTable, directory: Path) -> None:
    """Write the table and its configuration into an existing directory."""
    save_file({"levels": table.levels, "scale": table.scale}, directory / WEIGHTS_FILE)
    config = {"feature_version": FEATURE_VERSION, "rows": len(table.levels), "dimensions": table.dimensions}
    (directory / CONFIG_FILE).write_text(json.dumps(config, indent=2) + "\n")


def load_table(directory: Path) -> FeatureTable:
    """Read a table; raise `EncoderError` when it is missing, damaged, of another version or not finite."""
    _check_config(directory)
    path = directory / WEIGHTS_FILE
    try:
        tensors = load_file(path)
    except FileNotFoundError as error:
        raise EncoderError(
            f"{path} is missing; restore the encoder's directory or train it again."
        ) from error
    except (SafetensorError, OSError) as error:
        raise EncoderError(
            f"{path} cannot be read ({error}); restore it or train the encoder again."
        ) from error
    if set(tensors) != {"levels", "scale"}:
        raise EncoderError(
            f"{path} holds {sorted(tensors)} instead of levels and scale: it is no static encoder."
        )
    levels, scale = tensors["levels"], tensors["scale"]
    if (
        levels.dtype != np.int8
        or levels.ndim != 2
        or len(levels) != TABLE_ROWS
        or scale.shape != levels.shape[1:]
    ):
        raise EncoderError(
            f"{path} holds levels of shape {levels.shape}, {levels.dtype}, and scale {scale.shape}; "
            f"expected ({TABLE_ROWS}, dimensions) int8 and (dimensions,)."
        )
    if not np.isfinite(scale).all() or levels.shape[1] < MIN_DIMENSIONS:
        raise EncoderError(f"{path} holds weights that are not finite or too few; restore it or train again.")
    return FeatureTable(levels, scale.astype(np.float32))


def _check_config(directory: Path) -> None:
    path = directory / CONFIG_FILE
    try:
        config = json.loads(path.read_text())
    except FileNotFoundError as error:
        raise EncoderError(f"{path} is missing: {directory} holds no static encoder.") from error
    except ValueError as error:
        raise EncoderError(f"{path} is no JSON ({error}); restore it or train the encoder again.") from error
    version = config.get("feature_version") if isinstance(config, dict) else None
    if version != FEATURE_VERSION:
        raise EncoderError(
            f"{path}: the encoder was trained with feature version {version}, this release reads version "
            f"{FEATURE_VERSION}: train the encoder again or use the release it was trained with."
        )
