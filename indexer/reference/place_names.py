"""By which names a reference calls a place: counted over the texts of each postcode sector.

Texts of one sector say the post town or the village, the Welsh name or the English one, the old county or the new;
whoever asks for one of them may be answered with a text that says another.
"""

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from address_match.indexer.texts.dictionary_columns import coded, coded_together, filled
from address_match.indexer.texts.distinct_numbers import distinct, times_of_each

PLACE_COLUMNS = ("locality", "town", "county")
SEPARATOR = "|"
LEAST_PREMISES = 2
"""Premises of a sector that must say a name: a single one may be a slip, or misread."""
LEAST_SHARE = 0.01
MOST_NAMES = 8
"""Names kept for a sector, those that most premises say."""


def place_names(table: pa.Table, postcodes: pa.Array) -> pa.StringArray:
    """Return for each row the names of its postcode sector, joined by `SEPARATOR`; empty where it has no postcode.

    `table` has the columns uprn and `PLACE_COLUMNS`; `postcodes` holds full postcodes without a space, or empty texts.
    """
    postcode, codes = coded(postcodes)
    sector_of_code, sectors = coded(pc.utf8_slice_codeunits(codes, 0, -2))
    sector = sector_of_code[postcode]
    uprn, _ = coded(table.column("uprn"))
    name, names = coded_together(*(table.column(column) for column in PLACE_COLUMNS))
    is_said = filled(names)[name]
    rows = np.flatnonzero(is_said) % max(1, table.num_rows)
    written = _most_said(
        sector[rows], name[is_said], uprn[rows], names.to_pylist(), _premises_of(sector, uprn)
    )
    known = [written.get(i, "") if code else "" for i, code in enumerate(sectors.to_pylist())]
    return pa.DictionaryArray.from_arrays(pa.array(sector), pa.array(known, pa.string())).dictionary_decode()


def _most_said(
    sector: NDArray[np.int64],
    name: NDArray[np.int64],
    uprn: NDArray[np.int64],
    names: list[str],
    premises: NDArray[np.int64],
) -> dict[int, str]:
    """Join the names of each sector, the most frequent first; `premises` are counts by sector."""
    width = np.int64(len(names) + 1)
    place = sector * width + name
    places, times = times_of_each(_distinct(place, uprn))
    where, what = np.divmod(places, width)
    enough = np.flatnonzero(times >= np.maximum(LEAST_PREMISES, LEAST_SHARE * premises[where]))
    in_order = enough[np.lexsort((places[enough], -times[enough]))]
    found: dict[int, list[str]] = {}
    for of_sector, said in zip(where[in_order].tolist(), what[in_order].tolist(), strict=True):
        held = found.setdefault(of_sector, [])
        if len(held) < MOST_NAMES:
            held.append(names[said])
    return {of_sector: SEPARATOR.join(held) for of_sector, held in found.items()}


def _premises_of(sector: NDArray[np.int64], uprn: NDArray[np.int64]) -> NDArray[np.int64]:
    """Count the premises of each sector."""
    return np.bincount(_distinct(sector, uprn), minlength=int(sector.max(initial=-1)) + 1)


def _distinct(first: NDArray[np.int64], uprn: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return the first of each distinct pair."""
    width = np.int64(uprn.max(initial=0) + 1)
    pairs: NDArray[np.int64] = distinct(first * width + uprn) // width
    return pairs
