"""Fast checksums of files in blocks, by which a change of any byte is noticed before it is read as anything else."""

import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import xxhash

BLOCK_BYTES = 64 << 20
_READ_BYTES = 1 << 20


@dataclass(frozen=True, slots=True)
class FileChecksum:
    """What a file held when it was written."""

    bytes: int
    blocks: tuple[str, ...]
    """XXH3-64 of each block of `BLOCK_BYTES`, in hexadecimal digits; the last may be shorter."""


def checksum(file: Path) -> FileChecksum:
    """Read a file and return its checksum."""
    blocks = tuple(_blocks(file))
    return FileChecksum(file.stat().st_size, blocks)


def checksums_below(folder: Path) -> dict[str, FileChecksum]:
    """Return the checksum of every file below a folder, by its path within."""
    files = sorted(file for file in folder.rglob("*") if file.is_file())
    return {file.relative_to(folder).as_posix(): checksum(file) for file in files}


def altered_block(file: Path, expected: FileChecksum) -> int | None:
    """Return the first block of a file, counted from 0, that is not as it was written; None where all are."""
    found = _blocks(file)
    for number, block in enumerate(expected.blocks):
        if next(found, None) != block:
            return number
    return len(expected.blocks) if next(found, None) else None


def checksum_of(content: bytes) -> str:
    """Return the checksum of some bytes, in hexadecimal digits."""
    return xxhash.xxh3_64_hexdigest(content)


def _blocks(file: Path) -> Iterator[str]:
    buffer = memoryview(bytearray(_READ_BYTES))
    with file.open("rb", buffering=0) as stream:
        _read_ahead(stream.fileno())
        while True:
            digest, left = xxhash.xxh3_64(), BLOCK_BYTES
            while left and (count := stream.readinto(buffer[: min(left, _READ_BYTES)])):
                digest.update(buffer[:count])
                left -= count
            if left < BLOCK_BYTES:
                yield digest.hexdigest()
            if left:
                return


def _read_ahead(descriptor: int) -> None:
    if hasattr(os, "posix_fadvise"):
        os.posix_fadvise(descriptor, 0, 0, os.POSIX_FADV_SEQUENTIAL)
