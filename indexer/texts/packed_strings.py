"""Strings of an Arrow array, read a few at a time."""

from collections.abc import Sequence
from typing import Any

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from address_match.indexer.texts.coded_strings import Coded

_FEW = 128
"""Strings up to which each is picked out of the letters sooner than all are by a kernel, which takes 60 µs for one when
the processor has forgotten it.
"""
_BYTES_OF_A_BOUND = np.dtype(np.int32).itemsize


class PackedStrings:
    """The strings of an Arrow array, which has none that is missing; safe to share between threads."""

    def __init__(self, strings: pa.StringArray) -> None:
        self._strings = strings
        _, bounds, letters = strings.buffers()
        self._bounds = (
            np.frombuffer(bounds, np.int32, len(strings) + 1, strings.offset * _BYTES_OF_A_BOUND)
            if len(strings)
            else np.zeros(1, dtype=np.int32)
        )
        self._letters = memoryview(letters or b"")

    def at(self, places: Sequence[int] | NDArray[Any]) -> list[str]:
        """Return the strings at some places.

        >>> PackedStrings(pa.array(["ASH", "ELM"])).at([1, 0, 1])
        ['ELM', 'ASH', 'ELM']
        """
        wanted = np.asarray(places, dtype=np.int64)
        if len(wanted) > _FEW:
            found: list[str] = self._strings.take(pa.array(wanted)).to_pylist()
            return found
        letters = self._letters
        starts, ends = self._bounds[wanted].tolist(), self._bounds[wanted + 1].tolist()
        return [str(letters[start:end], "utf-8") for start, end in zip(starts, ends, strict=True)]

    def coded_at(self, places: NDArray[Any]) -> Coded:
        """Return the strings at some places as a coded column."""
        if len(places) > _FEW:
            return Coded.of(self._strings.take(pa.array(places)))
        return Coded.of_rows(self.at(places))
