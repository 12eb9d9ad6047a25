"""Where each postcode and each premises stands among the rows."""

from collections.abc import Sequence
from itertools import islice
from pathlib import Path

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from address_match.indexer.lexical.analysis import term_id
from address_match.indexer.storage.arrays import map_array, save_array
from address_match.indexer.texts.dictionary_columns import coded
from address_match.indexer.texts.distinct_numbers import is_first_of_run
from address_match.ragged import places_in_ranges

_POSTCODES = "postcodes.npy"
_POSTCODE_BOUNDS = "postcode_offsets.npy"
_UPRN_IDS = "uprn_ids.npy"
_UPRN_ROWS = "uprn_rows.npy"


def write_blocks(folder: Path, postcodes: pa.Array, ids: NDArray[np.int64]) -> None:
    """Write where each postcode starts (rows ascend by postcode; no spaces), and the rows of each UPRN by the
    `premises_ids` of the rows.
    """
    numbers, codes = coded(postcodes)
    starts = np.flatnonzero(is_first_of_run(numbers))
    save_array(folder, _POSTCODES, _as_bytes(codes.take(pa.array(numbers[starts])).to_pylist()))
    save_array(folder, _POSTCODE_BOUNDS, np.append(starts, len(numbers)).astype(np.int64))
    order = np.argsort(ids, kind="stable")
    save_array(folder, _UPRN_IDS, ids[order])
    save_array(folder, _UPRN_ROWS, order.astype(np.int32))


def premises_ids(uprns: pa.ChunkedArray | pa.Array) -> NDArray[np.int64]:
    """Name each UPRN by its number; one that several texts have is read once."""
    numbers, distinct = coded(uprns)
    names = np.fromiter(map(term_id.__wrapped__, distinct.to_pylist()), dtype=np.int64, count=len(distinct))
    return names[numbers]


def _as_bytes(postcodes: Sequence[str]) -> NDArray[np.bytes_]:
    return np.array([code.encode("ascii", "ignore") for code in postcodes], dtype="S8")


class Blocks:
    """Finds rows by postcode and by UPRN."""

    def __init__(self, folder: Path) -> None:
        self._codes: NDArray[np.bytes_] = map_array(folder, _POSTCODES)
        self._starts: NDArray[np.int64] = map_array(folder, _POSTCODE_BOUNDS)
        self._uprn_ids: NDArray[np.int64] = map_array(folder, _UPRN_IDS)
        self._uprn_rows: NDArray[np.int32] = map_array(folder, _UPRN_ROWS)

    def rows_in_each(self, queries: Sequence[tuple[str, ...]]) -> list[NDArray[np.int64]]:
        """Return for each query, which names distinct full postcodes, the rows that stand in them, ascending within
        each.
        """
        bounds = iter(self._bounds([code for postcodes in queries for code in postcodes]))
        return [_joined(list(islice(bounds, len(postcodes)))) for postcodes in queries]

    def ranges_in_postcode(self, postcode: str) -> list[tuple[int, int]]:
        """Return where the rows of a full postcode stand: one range, none where it is not held."""
        return [bounds for bounds in self._bounds([postcode]) if bounds[1]]

    def _bounds(self, postcodes: Sequence[str]) -> list[tuple[int, int]]:
        """Return the first row of each postcode and the one behind its last, both 0 where it is not held."""
        keys = np.array([code.encode("ascii", "ignore") for code in postcodes], dtype=np.bytes_)
        if not len(self._codes):
            return [(0, 0)] * len(keys)
        places = np.minimum(self._codes.searchsorted(keys), len(self._codes) - 1)
        held = (self._codes[places] == keys) & (keys != b"")
        starts, ends = self._starts[places] * held, self._starts[places + 1] * held
        return list(zip(starts.tolist(), ends.tolist(), strict=True))

    def ranges_in(self, postcodes: Sequence[str]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """Return for each postcode, or an empty text, its first row and the one behind its last: where it would stand
        if it is not held.
        """
        keys = _as_bytes(postcodes)
        return (
            self._starts[np.searchsorted(self._codes, keys)],
            self._starts[np.searchsorted(self._codes, keys, side="right")],
        )

    def postcode_of_each(self) -> pa.DictionaryArray:
        """Return the postcode of each row."""
        numbers = np.repeat(np.arange(len(self._codes)), np.diff(self._starts))
        return pa.DictionaryArray.from_arrays(
            numbers, pa.array(self._codes.astype(str).tolist(), pa.string())
        )

    def id_of_each(self) -> NDArray[np.int64]:
        """Return the `premises_ids` of each row."""
        ids = np.empty(len(self._uprn_ids), dtype=np.int64)
        ids[self._uprn_rows] = self._uprn_ids
        return ids

    def ranges_of(self, uprns: pa.StringArray) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """Return for each UPRN which places of `rows_at` may be of it: the first, and the one behind the last."""
        keys = premises_ids(uprns)
        return np.searchsorted(self._uprn_ids, keys), np.searchsorted(self._uprn_ids, keys, side="right")

    def rows_at(self, places: NDArray[np.int64]) -> NDArray[np.int64]:
        """Return the rows at some places in the order of the UPRNs, in the shape of `places`."""
        return self._uprn_rows[places].astype(np.int64)

    def rows_of(self, uprns: Sequence[str]) -> NDArray[np.int64]:
        """Return the rows that may belong to some premises, ascending, each once; the caller compares the UPRNs
        themselves.
        """
        places, _ = places_in_ranges(*self.ranges_of(pa.array(uprns, pa.string())))
        return np.unique(self.rows_at(places))


def _joined(bounds: list[tuple[int, int]]) -> NDArray[np.int64]:
    if len(bounds) == 1:
        return np.arange(*bounds[0])
    return np.concatenate([np.empty(0, dtype=np.int64), *(np.arange(*each) for each in bounds)])
