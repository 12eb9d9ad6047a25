"""How much disk, memory and time a build of an index and a run of `match` take, by the rows that they read.

The slopes are those of `benchmarks/baseline/build.json`, `throughput.json` and `engines.json` (a million texts, and
40,000 addresses among them, on an AMD EPYC); a test holds them to these files, and the page on reference files to them.
What a product takes in texts is counted in a synthetic supply of a million premises. Another machine is faster or
slower.
"""

import zipfile
from dataclasses import dataclass, replace
from pathlib import Path

from address_match.indexer.errors import SourceError
from address_match.indexer.products.members import members_of
from address_match.indexer.products.ngd.feature_files import feature_files

_MIB = 1 << 20
BYTES_A_TEXT = 672
"""Of a generation on disk; of rows in which fewer values recur some more."""
MEMORY_A_TEXT = 1_100
MEMORY_OF_MODELS = 350 * _MIB
"""Of each process: the program, the parser and the encoder."""
SECONDS_A_TEXT = 147e-6
"""Of one core."""
_DONE_ALONE = 0.3
"""Share of it that one process does, however many there are: 147 seconds of CPU took 96 on two cores."""
CLUSTER_BYTES_A_TEXT = 1_050
_CLUSTER_SECONDS_A_TEXT = 1.0e-3
"""To take a text in and to merge, by `benchmarks/baseline/engines.json`: 194,163 texts on a node of two cores."""
_TIMES_WHILE_MERGED = 2
"""What was merged is removed when the merged stands beside it."""
_PREMIUM_BYTES_A_TEXT = 388
_NGD_BYTES_A_TEXT = 208
"""Of a supply, unpacked."""
_JOINED_BYTES_A_BYTE = 2
"""Of a supply, unpacked: what its joins spill to the folder for temporary files, at most."""
ADDRESSES_A_SECOND = 2_000
ADDRESSES_A_SECOND_THOROUGHLY = 740
"""Of one core; of the standard mix, eight in ten of which are answered among the texts of their postcode, or all searched
for.
"""
_BYTES_AN_ANSWER = 120
"""Of an output, beside the columns of the input."""
_MEMORY_OF_A_MATCHER = 600 * _MIB


@dataclass(frozen=True, slots=True)
class Forecast:
    """What something will take, if it goes as it did when it was measured."""

    rows: int
    disk: int
    """Bytes at the place of what is written."""
    memory: int
    """Bytes, of all processes."""
    seconds: float
    temporary_disk: int = 0
    """Bytes in the folder for temporary files."""


def build_forecast(rows: int, processes: int, *, joined_bytes: int = 0) -> Forecast:
    """Forecast the build of an index of so many texts; `joined_bytes` are those of a supply, unpacked, that is joined
    first.
    """
    return Forecast(
        rows,
        rows * BYTES_A_TEXT,
        rows * MEMORY_A_TEXT + processes * MEMORY_OF_MODELS,
        rows * SECONDS_A_TEXT * (_DONE_ALONE + (1 - _DONE_ALONE) / processes),
        joined_bytes * _JOINED_BYTES_A_BYTE,
    )


def elastic_forecast(rows: int, processes: int, *, copies: int = 1, joined_bytes: int = 0) -> Forecast:
    """Forecast the build of an index in Elasticsearch, whose disks hold so many copies of it at the end; the rest as
    `build_forecast`.
    """
    read = build_forecast(rows, processes, joined_bytes=joined_bytes)
    return replace(
        read,
        disk=rows * CLUSTER_BYTES_A_TEXT * max(copies, _TIMES_WHILE_MERGED),
        seconds=read.seconds + rows * _CLUSTER_SECONDS_A_TEXT,
    )


def match_forecast(rows: int, input_bytes: int, processes: int, *, thorough: bool = False) -> Forecast:
    """Forecast a run of `match` over a file; the index is mapped to memory, of which the system takes what is free."""
    rate = ADDRESSES_A_SECOND_THOROUGHLY if thorough else ADDRESSES_A_SECOND
    return Forecast(
        rows,
        input_bytes + rows * _BYTES_AN_ANSWER,
        processes * _MEMORY_OF_A_MATCHER,
        rows / rate / processes,
    )


def supply_size(path: Path) -> tuple[int, int]:
    """Return the texts that a folder or zip of AddressBase Premium or OS NGD Address will give, and its bytes,
    unpacked; none of others.
    """
    try:
        members = members_of([path])
        is_ngd = bool(feature_files(members))
    except SourceError:  # which the build will tell
        return 0, 0
    size = sum(_unpacked(file) for file in {member.path for member in members})
    return size // (_NGD_BYTES_A_TEXT if is_ngd else _PREMIUM_BYTES_A_TEXT), size


def _unpacked(file: Path) -> int:
    if file.suffix.lower() != ".zip":
        return file.stat().st_size
    with zipfile.ZipFile(file) as archive:
        return sum(member.file_size for member in archive.infolist())
