"""How many texts a second an encoder encodes, on each device that it can use."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from address_match.models.devices import CPU
from address_match.models.encoder.open_encoder import is_static, open_encoder
from benchmarks.encoders.speed import encoding_rates

BATCHES: Mapping[str, tuple[int, ...]] = {"cpu": (1, 32, 512), "cuda": (32, 512, 10_000)}
TEXTS: Mapping[str, int] = {"cpu": 1_500, "cuda": 30_000}
"""Of a transformer, at each size of batch."""
TEXTS_OF_STATIC = 30_000


@dataclass(frozen=True, slots=True)
class DeviceRate:
    """How quickly an encoder encodes on a device."""

    encoder: str
    device: str
    batch: int
    texts_a_second: float
    """Of the core on the CPU, of the clock on a GPU."""


def device_rates(
    encoders: Mapping[str, Path], devices: Sequence[str], texts: Sequence[str]
) -> Iterator[DeviceRate]:
    """Measure every encoder on every device; a static encoder knows the CPU alone."""
    for name, directory in encoders.items():
        static = is_static(directory)
        for device in devices:
            if static and device != CPU:
                continue
            kind = device.partition(":")[0]
            encoder = open_encoder(directory, device=device)
            each = TEXTS_OF_STATIC if static else TEXTS[kind]
            for rate in encoding_rates(encoder, texts, BATCHES[kind], each=each):
                yield DeviceRate(name, device, rate.batch, rate.cpu if device == CPU else rate.wall)
