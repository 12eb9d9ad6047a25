"""Which texts of a reference were valid on a day."""

from datetime import date

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from address_match.indexer.texts.dictionary_columns import written_out

DATES = ("valid_from", "valid_to")
"""The columns that say it: ISO dates, or nothing."""
_IS_DATE = "^[0-9]{4}-[0-9]{2}-[0-9]{2}"


def valid_at(texts: pa.Table | pa.RecordBatch, day: date) -> NDArray[np.bool_]:
    """Return for each text whether it was valid on a day, its first and its last one included, shape (texts,).

    One without dates always is, and what is no ISO date says nothing.
    """
    start, end = (written_out(texts.column(name)) for name in DATES)
    written = day.isoformat()
    begins_later = pc.and_(pc.match_substring_regex(start, _IS_DATE), pc.greater(_days(start), written))
    ended_before = pc.and_(pc.match_substring_regex(end, _IS_DATE), pc.less(_days(end), written))
    valid: NDArray[np.bool_] = ~np.asarray(pc.or_(begins_later, ended_before)).astype(bool)
    return valid


def _days(dates: pa.ChunkedArray | pa.Array) -> pa.ChunkedArray | pa.Array:
    """Return the days of dates, some of which have a time behind them."""
    return pc.utf8_slice_codeunits(dates, 0, 10)
