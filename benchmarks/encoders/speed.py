"""What encoding costs: texts a second by batch size, one text alone, memory."""

import random
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from address_match.indexer.ports import Encoder
from benchmarks.harness.cost import timed

BATCH_SIZES = (1, 32, 512, 10_000)
TEXTS = 30_000
PARTS = 3
"""The median of so many is given: another process may disturb one."""
ALONE = 3_000
AS_IN_A_BUILD = 10_000
"""Texts of a reference that are encoded at once when an index is built."""

_HELD = """
import resource, sys
from pathlib import Path
from address_match.models.encoder.open_encoder import open_encoder
def resident():
    return int(Path("/proc/self/statm").read_text().split()[1]) * resource.getpagesize()
import numpy, scipy.sparse
before = resident()
encoder = open_encoder(Path(sys.argv[1]), device="cpu")
encoder.encode(["1 HIGH STREET"])
print(resident() - before)
"""


@dataclass(frozen=True, slots=True)
class EncoderCost:
    """What an encoder costs on one device."""

    rates: tuple["EncodingRate", ...]
    alone_p50_ms: float
    """Of one text by itself."""
    alone_p99_ms: float
    resident_mib: float
    """Growth of a process on the CPU that opens it."""
    disk_mib: float
    build_cpu_seconds: float | None
    """Of encoding the reference of a million texts as an index is built; None where that was not asked for."""


@dataclass(frozen=True, slots=True)
class EncodingRate:
    """How quickly batches of one size are encoded."""

    batch: int
    cpu: float
    """Texts a second of CPU."""
    wall: float
    """Texts a second of the clock; where a GPU works, this is a second of the GPU."""


def measure_cost(
    encoder: Encoder,
    directory: Path,
    texts: Sequence[str],
    reference: Sequence[str] | None,
    *,
    each: int = TEXTS,
) -> EncoderCost:
    """Measure an encoder that lies in a directory, each size of batch on `each` texts.

    `reference` is encoded whole, in its order, where it is given.
    """
    return EncoderCost(
        tuple(encoding_rates(encoder, texts, each=each)),
        *milliseconds_alone(encoder, random.Random(2).sample(texts, min(ALONE, len(texts)))),
        resident_mib(directory),
        disk_mib(directory),
        _build_seconds(encoder, reference) if reference else None,
    )


def _build_seconds(encoder: Encoder, reference: Sequence[str]) -> float:
    with timed() as watch:
        encode_in_batches(encoder, reference, AS_IN_A_BUILD)
    return watch.cpu_seconds


def encoding_rates(
    encoder: Encoder, texts: Sequence[str], sizes: Sequence[int] = BATCH_SIZES, *, each: int = TEXTS
) -> Iterator[EncodingRate]:
    """Measure at each batch size, on `each` other texts, in random order."""
    drawn = random.Random(1).sample(texts, min(each * len(sizes), len(texts)))
    encoder.encode(drawn[:100])
    share = len(drawn) // len(sizes)
    for place, size in enumerate(sizes):
        yield _rate(encoder, drawn[place * share : (place + 1) * share], size)


def _rate(encoder: Encoder, texts: Sequence[str], size: int) -> EncodingRate:
    each = len(texts) // PARTS
    cpu, wall = [], []
    for part in range(PARTS):
        chosen = texts[part * each : (part + 1) * each]
        with timed() as watch:
            encode_in_batches(encoder, chosen, size)
        cpu.append(len(chosen) / watch.cpu_seconds)
        wall.append(len(chosen) / watch.wall_seconds)
    return EncodingRate(size, float(np.median(cpu)), float(np.median(wall)))


def encode_in_batches(encoder: Encoder, texts: Sequence[str], size: int) -> None:
    """Encode texts, `size` at a time, and keep nothing."""
    for start in range(0, len(texts), size):
        encoder.encode(texts[start : start + size])


def milliseconds_alone(encoder: Encoder, texts: Sequence[str]) -> tuple[float, float]:
    """Return the median and the 99th percentile of encoding one text."""
    encoder.encode(texts[:100])
    taken = []
    for text in texts[:ALONE]:
        start = time.perf_counter()
        encoder.encode([text])
        taken.append((time.perf_counter() - start) * 1_000)
    p50, p99 = np.percentile(taken, (50, 99)).tolist()
    return p50, p99


def resident_mib(directory: Path) -> float:
    """Return by how much a process grows that opens an encoder and encodes a text; libraries are left out."""
    done = subprocess.run(
        [sys.executable, "-c", _HELD, str(directory)], capture_output=True, text=True, check=True
    )
    return int(done.stdout.split()[-1]) / 2**20


def disk_mib(directory: Path) -> float:
    """Return the size of an encoder's files."""
    return sum(path.stat().st_size for path in directory.rglob("*") if path.is_file()) / 2**20
