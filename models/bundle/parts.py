"""The files of a bundle: which there are, what each weighs, and what none of them may be."""

import hashlib
import json
import stat
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
from safetensors import SafetensorError, safe_open

from address_match.models.bundle.manifest import MANIFEST_FILE, Part
from address_match.models.errors import BundleError

INERT_SUFFIXES = frozenset({".crfsuite", ".json", ".md", ".onnx", ".parquet", ".safetensors", ".txt"})
"""Formats that are read without running code of theirs; `.onnx` is a graph, `.txt` a vocabulary."""

_EXPONENTS: dict[str, tuple[type[np.unsignedinteger], int, int]] = {
    "F64": (np.uint64, 0x7FF0_0000_0000_0000, 0x000F_FFFF_FFFF_FFFF),
    "F32": (np.uint32, 0x7F80_0000, 0x007F_FFFF),
    "F16": (np.uint16, 0x7C00, 0x03FF),
    "BF16": (np.uint16, 0x7F80, 0x007F),
}
"""Of each floating type its bits as a whole number, the mask of its exponent and that of its fraction (IEEE 754)."""
_SIZE_BYTES = 8
"""Of a safetensors file: the size of its header, which stands in front."""


def part_paths(directory: Path) -> list[str]:
    """Return all files but the manifest, relative, with forward slashes, sorted.

    Raises `BundleError` for a link, a device or whatever else is neither a file nor a folder.
    """
    found = [path.relative_to(directory).as_posix() for path in _plain_files(directory)]
    return sorted(path for path in found if path != MANIFEST_FILE)


def weigh(directory: Path, relative: str) -> Part:
    """Return one part with its hash and size; raises `BundleError` when it cannot be read."""
    path = directory / relative
    try:
        with path.open("rb") as file:
            digest = hashlib.file_digest(file, "sha256").hexdigest()
            return Part(relative, digest, file.tell())
    except OSError as error:
        raise BundleError(
            f"{path} cannot be read ({error.strerror}): restore the bundle or make it again."
        ) from error


def refuse_unfit(directory: Path, relative: str) -> None:
    """Raise `BundleError` for a part that could run code when it is read, is not of its suffix's format, or holds NaN."""
    path = directory / relative
    if path.suffix not in INERT_SUFFIXES:
        raise BundleError(
            f"{path} is of a format that a bundle must not hold: {', '.join(sorted(INERT_SUFFIXES))} are allowed, which "
            "are read without running code. Train the bundle again with this release."
        )
    check = _CHECKS.get(path.suffix)
    if check is not None:
        check(path)


def _plain_files(folder: Path) -> Iterator[Path]:
    for path in sorted(folder.iterdir()):
        mode = path.lstat().st_mode
        if stat.S_ISDIR(mode):
            yield from _plain_files(path)
        elif stat.S_ISREG(mode):
            yield path
        else:
            kind = "a link" if stat.S_ISLNK(mode) else "no plain file"
            raise BundleError(f"{path} is {kind}: a bundle holds its own files; copy what it points to.")


def _check_weights(path: Path) -> None:
    try:
        with safe_open(path, framework="np"):  # refuses a header that does not fit the file
            pass
    except SafetensorError as error:
        raise BundleError(
            f"{path} is no safetensors file ({error}): restore the bundle or train it again."
        ) from error
    for name, dtype, data in _floating_tensors(path):
        if _holds_nan(dtype, data):
            raise BundleError(
                f"{path}: the weights {name!r} hold NaN; no answer could rest on them. Train again."
            )


def _floating_tensors(path: Path) -> Iterator[tuple[str, str, bytes]]:
    """Yield name, type and bytes of each tensor that may hold NaN, of a safetensors file whose header was checked.

    Whole numbers, most of what a static encoder holds, are not read.
    """
    with path.open("rb") as file:
        size = int.from_bytes(file.read(_SIZE_BYTES), "little")
        header = json.loads(file.read(size))
        header.pop("__metadata__", None)
        for name, tensor in header.items():
            if tensor["dtype"] in _EXPONENTS:
                start, end = tensor["data_offsets"]
                file.seek(_SIZE_BYTES + size + start)
                yield name, tensor["dtype"], file.read(end - start)


def _holds_nan(dtype: str, data: bytes) -> bool:
    kind, exponent, fraction = _EXPONENTS[dtype]
    bits = np.frombuffer(data, kind)
    return bool(((bits & kind(exponent) == exponent) & (bits & kind(fraction) != 0)).any())


def _check_json(path: Path) -> None:
    def refuse(constant: str) -> None:
        raise BundleError(f"{path} holds the number {constant}; no answer could rest on it. Train again.")

    try:
        json.loads(path.read_bytes(), parse_constant=refuse)
    except ValueError as error:
        raise BundleError(f"{path} is no JSON ({error}): restore the bundle or train it again.") from error


_CHECKS: dict[str, Callable[[Path], None]] = {".safetensors": _check_weights, ".json": _check_json}
