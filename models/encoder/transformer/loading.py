"""Which copies of a model encode: one a GPU, or one on the CPU."""

from collections.abc import Sequence
from importlib.util import find_spec

from address_match.models.devices import CPU
from address_match.models.encoder.transformer.directory import TransformerDirectory
from address_match.models.encoder.transformer.embedder import Embedder
from address_match.models.encoder.transformer.gpus import encoding_devices
from address_match.models.encoder.transformer.precision import Precision
from address_match.models.errors import EncoderError


def load_embedders(source: TransformerDirectory, device: str, precision: Precision) -> Sequence[Embedder]:
    """Load a copy onto each device that the name stands for; raises `EncoderError` when one cannot be served."""
    devices = encoding_devices(device)
    if devices == (CPU,) and _in_eight_bits(source, precision):
        from address_match.models.encoder.transformer.onnx_embedder import OnnxEmbedder

        return [OnnxEmbedder.load(source)]
    if precision is Precision.INT8:
        raise EncoderError(
            f"int8 is for a CPU, and {', '.join(devices)} was chosen: give --device cpu, or another precision."
        )
    from address_match.models.encoder.transformer.torch_embedder import TorchEmbedder

    return [TorchEmbedder.load(source, name, precision) for name in devices]


def _in_eight_bits(source: TransformerDirectory, precision: Precision) -> bool:
    if precision is Precision.AUTO:
        return source.int8_path is not None and find_spec("onnxruntime") is not None
    return precision is Precision.INT8
