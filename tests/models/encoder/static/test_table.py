from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pytest
from safetensors.numpy import save_file

from address_match.models.encoder.static.hashing import TABLE_ROWS
from address_match.models.encoder.static.table import load_table, quantise, save_table
from address_match.models.errors import EncoderError

if TYPE_CHECKING:
    from numpy.typing import NDArray


@pytest.fixture
def directory(tmp_path: Path) -> Path:
    save_table(quantise(np.ones((TABLE_ROWS, 16), np.float32)), tmp_path)
    return tmp_path


def test_rounding_loses_at_most_half_a_level() -> None:
    rows = np.random.default_rng(3).standard_normal((500, 16)).astype(np.float32)
    table = quantise(rows)
    assert (np.abs(table.rows(16) - rows) <= table.scale / 2 * 1.001).all()


def test_a_dimension_without_weights_stays_zero() -> None:
    assert not quantise(np.zeros((10, 16), np.float32)).rows(16).any()


def test_a_missing_directory_is_refused(tmp_path: Path) -> None:
    with pytest.raises(EncoderError, match="holds no static encoder"):
        load_table(tmp_path / "nowhere")


def test_missing_weights_are_refused(directory: Path) -> None:
    (directory / "model.safetensors").unlink()
    with pytest.raises(EncoderError, match="is missing"):
        load_table(directory)


def test_half_copied_weights_are_refused(directory: Path) -> None:
    path = directory / "model.safetensors"
    path.write_bytes(path.read_bytes()[:1000])
    with pytest.raises(EncoderError, match="cannot be read"):
        load_table(directory)


def test_weights_that_are_not_finite_are_refused(directory: Path) -> None:
    scale = np.full(16, np.nan, np.float32)
    save_file({"levels": np.ones((TABLE_ROWS, 16), np.int8), "scale": scale}, directory / "model.safetensors")
    with pytest.raises(EncoderError, match="not finite"):
        load_table(directory)


def test_weights_of_another_shape_are_refused(directory: Path) -> None:
    tensors: dict[str, NDArray[np.generic]] = {
        "levels": np.ones((10, 16), np.int8),
        "scale": np.ones(16, np.float32),
    }
    save_file(tensors, directory / "model.safetensors")
    with pytest.raises(EncoderError, match=r"levels of shape \(10, 16\)"):
        load_table(directory)


def test_weights_of_another_kind_of_model_are_refused(directory: Path) -> None:
    save_file({"embedding.weight": np.ones((10, 16), np.float32)}, directory / "model.safetensors")
    with pytest.raises(EncoderError, match="it is no static encoder"):
        load_table(directory)


def test_features_of_another_version_are_refused(directory: Path) -> None:
    (directory / "config.json").write_text('{"feature_version": 0}')
    with pytest.raises(EncoderError, match="feature version 0, this release reads version"):
        load_table(directory)


@pytest.mark.parametrize("content", ["", "{", "[1]"])
def test_a_broken_configuration_is_refused(directory: Path, content: str) -> None:
    (directory / "config.json").write_text(content)
    with pytest.raises(EncoderError, match=r"config\.json"):
        load_table(directory)
