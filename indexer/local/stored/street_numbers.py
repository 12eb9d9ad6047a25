"""Texts by the number of the street that they name."""

from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path

import numpy as np
import pyarrow as pa
import xxhash
from numpy.typing import NDArray

from address_match.indexer.retrieval import StreetNumber
from address_match.indexer.storage.arrays import map_array, save_array
from address_match.indexer.texts.dictionary_columns import coded, filled

_CODES = "street_number_codes.npy"
"""What each text names, as `_codes` give it, ascending; a text stands there once for each name of its place."""
_ROWS = "street_number_rows.npy"
"""Of each the row of its text."""
_PLACES = ("town", "locality")
_MOST = 256
"""Texts of one number at most: where more share it, it tells too little."""
_OF_A_NUMBER = np.uint64(0x9E3779B97F4A7C15)
_OF_A_PLACE = np.uint64(0xC2B2AE3D27D4EB4F)
"""Odd, so that no two numbers and no two places become one."""

Rows = NDArray[np.int64]


def write_street_numbers(folder: Path, texts: pa.Table) -> None:
    """Write which texts name which number of a street; `texts` has the columns street, number, town and locality."""
    code, row = (
        np.concatenate(column) for column in zip(*(_named(texts, place) for place in _PLACES), strict=True)
    )
    order = np.lexsort((row, code))
    code, row = code[order], row[order]
    is_new = np.append(True, (code[1:] != code[:-1]) | (row[1:] != row[:-1]))[: len(code)]
    code, row = code[is_new], row[is_new]
    _, of_each, counts = np.unique(code, return_inverse=True, return_counts=True)
    is_kept = counts[of_each] <= _MOST
    save_array(folder, _CODES, code[is_kept])
    save_array(folder, _ROWS, row[is_kept].astype(np.int32))


class StreetNumbers:
    """Finds the texts that name the same number of a street as an address does."""

    def __init__(self, folder: Path) -> None:
        self._codes: NDArray[np.uint64] = map_array(folder, _CODES)
        self._rows: NDArray[np.int32] = map_array(folder, _ROWS)

    @classmethod
    def open(cls, folder: Path) -> "StreetNumbers | None":
        """Open what `write_street_numbers` wrote, None of an index that was built before it did."""
        return cls(folder) if (folder / _CODES).exists() else None

    def rows_of_each(self, queries: Sequence[tuple[StreetNumber, ...]]) -> list[Rows]:
        """Return for each query, which names some numbers, the rows of the texts that name one of them, each once."""
        every = [number for numbers in queries for number in numbers]
        codes = _codes(
            _hashes([one.street for one in every]),
            np.array([one.number for one in every], dtype=np.int64),
            _hashes([one.place for one in every]),
        )
        starts, ends = (np.searchsorted(self._codes, codes, side=side).tolist() for side in ("left", "right"))
        found = iter([self._rows[start:end] for start, end in zip(starts, ends, strict=True)])
        return [_joined([next(found) for _ in numbers]) for numbers in queries]


def _joined(found: Sequence[NDArray[np.int32]]) -> Rows:
    filled = [rows for rows in found if len(rows)]
    if len(filled) == 1:
        return filled[0].astype(np.int64)
    return np.unique(np.concatenate([np.empty(0, dtype=np.int64), *filled]))


def _named(texts: pa.Table, place: str) -> tuple[NDArray[np.uint64], Rows]:
    """Return the codes of what texts name by a column of places, and their rows, of those that say all of it."""
    numbers = texts.column("number").to_numpy().astype(np.int64)
    of_street, streets = coded(texts.column("street"))
    of_place, places = coded(texts.column(place))
    said, place_said = filled(streets), filled(places)
    rows = np.flatnonzero((numbers >= 0) & said[of_street] & place_said[of_place])
    hashes, place_hashes = _hashes(streets.to_pylist()), _hashes(places.to_pylist())
    return _codes(hashes[of_street[rows]], numbers[rows], place_hashes[of_place[rows]]), rows


def _codes(
    streets: NDArray[np.uint64], numbers: NDArray[np.int64], places: NDArray[np.uint64]
) -> NDArray[np.uint64]:
    """Name each number of a street by 64 bits; two that share them are both proposed, and told apart when they are
    compared.
    """
    codes: NDArray[np.uint64] = (streets + numbers.astype(np.uint64) * _OF_A_NUMBER) ^ (places * _OF_A_PLACE)
    return codes


def _hashes(words: Sequence[str]) -> NDArray[np.uint64]:
    return np.fromiter(map(_hash, words), dtype=np.uint64, count=len(words))


@lru_cache(maxsize=1 << 16)
def _hash(words: str) -> int:
    return xxhash.xxh3_64_intdigest(words.encode("utf-8", "replace"))
