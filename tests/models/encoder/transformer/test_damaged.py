import json
import shutil
from pathlib import Path

import numpy as np
import pytest
from safetensors.numpy import load_file, save_file

from address_match.models.encoder.open_encoder import open_encoder
from address_match.models.encoder.transformer.embedder import Precision
from address_match.models.errors import DeviceError, EncoderError

pytest.importorskip("sentence_transformers", reason="needs the extra `train`")


@pytest.fixture
def copy(tiny_transformer: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(tiny_transformer, tmp_path / "copy"))


def change_weights(directory: Path, change: object) -> None:
    path = directory / "model.safetensors"
    tensors = load_file(path)
    change(tensors)  # type: ignore[operator]  # a function of the tensors
    save_file(tensors, path, metadata={"format": "pt"})


def test_a_missing_directory_is_refused(tmp_path: Path) -> None:
    with pytest.raises(EncoderError, match=r"modules\.json is missing: .* holds no encoder"):
        open_encoder(tmp_path / "nowhere")


@pytest.mark.parametrize(
    "name", ["modules.json", "config.json", "tokenizer.json", "tokenizer_config.json", "model.safetensors"]
)
def test_a_missing_file_is_refused(copy: Path, name: str) -> None:
    (copy / name).unlink()
    with pytest.raises(EncoderError, match=f"{name} is missing"):
        open_encoder(copy, device="cpu")


@pytest.mark.parametrize("name", ["modules.json", "config.json", "tokenizer.json", "model.safetensors"])
def test_a_half_copied_file_is_refused(copy: Path, name: str) -> None:
    content = (copy / name).read_bytes()
    (copy / name).write_bytes(content[: len(content) // 2])
    with pytest.raises(
        EncoderError, match=name.partition(".")[0] if name != "model.safetensors" else "cannot be"
    ):
        open_encoder(copy, device="cpu")


def test_weights_that_are_not_finite_are_refused(copy: Path) -> None:
    def spoil(tensors: dict[str, np.ndarray[tuple[int, ...], np.dtype[np.float32]]]) -> None:
        tensors["embeddings.word_embeddings.weight"][3, 3] = np.nan

    change_weights(copy, spoil)
    with pytest.raises(EncoderError, match="not finite"):
        open_encoder(copy, device="cpu")


def test_missing_weights_are_not_made_up(copy: Path) -> None:
    change_weights(copy, lambda tensors: tensors.pop("encoder.layer.1.output.dense.weight"))
    with pytest.raises(EncoderError, match=r"lacks encoder\.layer\.1\.output\.dense\.weight"):
        open_encoder(copy, device="cpu")


def test_weights_of_other_dimensions_than_the_configuration_are_refused(copy: Path) -> None:
    config = json.loads((copy / "config.json").read_text())
    (copy / "config.json").write_text(json.dumps(config | {"hidden_size": 64}))
    with pytest.raises(EncoderError, match="cannot be loaded"):
        open_encoder(copy, device="cpu")


def test_other_weights_have_another_fingerprint(tiny_transformer: Path, copy: Path) -> None:
    def turn(tensors: dict[str, np.ndarray[tuple[int, ...], np.dtype[np.float32]]]) -> None:
        tensors["embeddings.word_embeddings.weight"][3, 3] += 0.5

    change_weights(copy, turn)
    changed, whole = (open_encoder(path, device="cpu") for path in (copy, tiny_transformer))
    assert changed.fingerprint != whole.fingerprint


def test_modules_that_we_do_not_serve_are_refused(copy: Path) -> None:
    modules = json.loads((copy / "modules.json").read_text())
    modules[-1]["type"] = "elsewhere.Module"
    (copy / "modules.json").write_text(json.dumps(modules))
    with pytest.raises(EncoderError, match="Module"):
        open_encoder(copy, device="cpu")


def test_eight_bits_without_an_export_are_refused(tiny_transformer: Path) -> None:
    with pytest.raises(EncoderError, match="was not exported to eight bits"):
        open_encoder(tiny_transformer, device="cpu", precision=Precision.INT8)


def test_an_unknown_device_is_refused(tiny_transformer: Path) -> None:
    with pytest.raises(DeviceError, match="there is no device 'tpu'"):
        open_encoder(tiny_transformer, device="tpu")
