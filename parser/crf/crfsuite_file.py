"""CRFsuite's own model file, read by its layout: its library tells the weights only as a text of all of them, which
takes ten times as long to read.

The layout is that of `crf1d_model.c` and `cqdb.c` of CRFsuite 0.12; all numbers are little-endian.
"""

import struct
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

_HEADER = struct.Struct("<4s I 4s 4I 5I")
"""Magic, size, type, version, numbers of features, labels and attributes; places of features, labels, attributes and
two lists of references.
"""
_CHUNK = struct.Struct("<4s 2I")
"""Magic, size, number of features."""
_FEATURE = np.dtype([("kind", "<u4"), ("source", "<u4"), ("label", "<u4"), ("weight", "<f8")])
_OF_ATTRIBUTE, _OF_TRANSITION = 0, 1
"""Kinds of features: from an attribute to a label, from a label to the next."""
_NAMES = struct.Struct("<4s 5I")
"""Magic, size, flag, order of bytes, number of names, and where the list of their places begins."""
_BEFORE_NAME = np.dtype([("number", "<u4"), ("bytes", "<u4")])
"""Number of the name, and its bytes, a zero behind it counted."""
_STEPS = 1e6
"""To so many of one CRFsuite writes weights out."""
_BESIDE_A_TIE = 1e-6
_EXACT_TO = 1e9
"""So many steps are exact to far less than `_BESIDE_A_TIE`."""


@dataclass(frozen=True, slots=True)
class Features:
    """Weights from an attribute or a label to a label."""

    source: npt.NDArray[np.int64]
    """Shape (features,): number of the attribute or label."""
    label: npt.NDArray[np.int64]
    """Shape (features,): number of the label."""
    weight: npt.NDArray[np.float64]
    """Shape (features,): to six decimals, as CRFsuite writes it out."""


@dataclass(frozen=True, slots=True)
class CrfsuiteFile:
    """What a model file holds."""

    labels: list[str]
    """By number."""
    attributes: list[str]
    """By number."""
    states: Features
    """From attributes."""
    transitions: Features
    """From labels."""


def read_crfsuite_file(content: bytes) -> CrfsuiteFile:
    """Read a model file; raises ValueError when it is none or not whole."""
    try:
        magic, size, _, _, _, labels, attributes, *places = _HEADER.unpack_from(content)
        if magic != b"lCRF" or size > len(content):
            raise ValueError("not a whole model file")
        features_at, labels_at, attributes_at, *_ = places
        features = _features(content, features_at)
        return CrfsuiteFile(
            _names(content, labels_at, labels),
            _names(content, attributes_at, attributes),
            _of_kind(features, _OF_ATTRIBUTE),
            _of_kind(features, _OF_TRANSITION),
        )
    except struct.error as error:
        raise ValueError("not a whole model file") from error


def _features(content: bytes, place: int) -> npt.NDArray[np.void]:
    _, _, count = _CHUNK.unpack_from(content, place)
    return np.frombuffer(content, _FEATURE, count, place + _CHUNK.size)


def _of_kind(features: npt.NDArray[np.void], kind: int) -> Features:
    chosen = features[features["kind"] == kind]
    rounded = as_written(chosen["weight"].astype(np.float64))
    return Features(chosen["source"].astype(np.int64), chosen["label"].astype(np.int64), rounded)


def as_written(weights: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    """Return what is read of numbers that were written out with six decimals, each the same to the last bit.

    >>> as_written(np.array([0.1234565, -2.5e-7, 3.0])).tolist()
    [0.123456, -0.0, 3.0]
    """
    # A whole number divided by a power of ten is the double nearest to that decimal. Only beside a tie can the product
    # round to another one than the digits do, and there the digits are asked.
    with np.errstate(over="ignore"):
        steps = weights * _STEPS
    written = np.rint(steps) / _STEPS
    from_tie = np.abs(np.abs(np.modf(steps)[0]) - 0.5)
    doubtful = ~((from_tie > _BESIDE_A_TIE) & (np.abs(steps) < _EXACT_TO))
    written[doubtful] = [float(f"{weight:f}") for weight in weights[doubtful].tolist()]
    return written


def _names(content: bytes, place: int, count: int) -> list[str]:
    """Return the names of a chunk by their numbers."""
    *_, listed_at = _NAMES.unpack_from(content, place)
    places = place + np.frombuffer(content, "<u4", count, place + listed_at).astype(np.int64)
    if count and int(places.max()) + _BEFORE_NAME.itemsize > len(content):
        raise ValueError("not a whole model file")
    before = np.frombuffer(content, np.uint8)[places[:, None] + np.arange(_BEFORE_NAME.itemsize)]
    starts = places + _BEFORE_NAME.itemsize
    ends = starts + before.view(_BEFORE_NAME)["bytes"][:, 0].astype(np.int64) - 1
    return [content[start:end].decode() for start, end in zip(starts.tolist(), ends.tolist(), strict=True)]
