"""Where runs of texts lie, so that a rectangle is looked for in few of them.

Texts are kept by postcode, and those of a postcode lie together: most runs are small on the map, and the bounds of a
run say whether it can hold anything of a rectangle (a zone map). Nothing is kept on disk; the bounds are read off the
columns when they are first asked for.
"""

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from address_match.indexer.texts.extent import Extent, Grid

ZONE_ROWS = 1_024
"""Texts of a run: some seventy postcodes."""


class ZoneMap:
    """Finds the texts that lie in rectangles of one grid."""

    def __init__(self, across: pa.ChunkedArray, along: pa.ChunkedArray) -> None:
        """Take the columns of a grid, towards the east and towards the north, of all texts in their order."""
        self._columns = (across, along)
        self._starts = np.arange(0, len(across), ZONE_ROWS)
        self._bounds = [_bounds(column, self._starts) for column in self._columns]

    @classmethod
    def of(cls, texts: pa.Table, grid: Grid) -> "ZoneMap":
        """Take the columns of a grid from all texts."""
        return cls(*(texts.column(name) for name in grid.columns))

    def rows_in(self, extent: Extent) -> NDArray[np.int64]:
        """Return the rows of the texts that lie in a rectangle, ascending; a text without a place lies nowhere."""
        least, most = (extent.west, extent.south), (extent.east, extent.north)
        may_hold = np.ones(len(self._starts), dtype=bool)
        for (low, high), lower, upper in zip(self._bounds, least, most, strict=True):
            may_hold &= (low <= upper) & (high >= lower)
        found = [self._rows_of(int(start), least, most) for start in self._starts[may_hold]]
        return np.concatenate(found) if found else np.empty(0, np.int64)

    def _rows_of(
        self, start: int, least: tuple[float, float], most: tuple[float, float]
    ) -> NDArray[np.int64]:
        lies_in = np.True_
        for column, lower, upper in zip(self._columns, least, most, strict=True):
            values = column.slice(start, ZONE_ROWS).to_numpy()
            lies_in = lies_in & (values >= lower) & (values <= upper)
        return start + np.flatnonzero(lies_in)


def _bounds(
    column: pa.ChunkedArray, starts: NDArray[np.int64]
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return the least and the greatest value of each run, not a number for one that has none."""
    values = [column.slice(int(start), ZONE_ROWS).to_numpy() for start in starts]
    least = np.array([np.fmin.reduce(run) for run in values], np.float64)
    return least, np.array([np.fmax.reduce(run) for run in values], np.float64)
