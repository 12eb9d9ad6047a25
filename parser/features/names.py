"""Where the names of a gazetteer stand in texts."""

import numpy as np
import numpy.typing as npt

from parser.features.batch import BoolArray, IntArray
from parser.features.token_table import TokenRows
from parser.gazetteer.gazetteer import Gazetteer
from parser.gazetteer.name_field import FIELD_COUNT

NO_NAME, ALONE, FIRST, WITHIN, LAST = range(5)
"""The place of a token in the longest name of a field that covers it."""
NAME_CODES = 5
_LONGEST = 6
"""Words of the longest name that is looked for."""


def name_codes(
    ids: IntArray, text_of: IntArray, breaks: BoolArray, rows: TokenRows, gazetteer: Gazetteer
) -> IntArray:
    """Return the place of each token in a name of each field, (FIELD_COUNT, tokens); no name goes over a comma.

    `ids`, `text_of` and `breaks` are (tokens,), the texts one after the other.
    """
    count = len(ids)
    codes = np.zeros((FIELD_COUNT, count), dtype=np.int64)
    hashes, factors = rows.keys[ids].T
    group = np.cumsum(breaks | (np.diff(text_of, prepend=-1) != 0))
    starts = np.flatnonzero(rows.begins_name[ids])
    run = hashes[starts]
    for size in range(1, _LONGEST + 1):
        if size > 1:
            ends = starts + size - 1
            inside = ends < count
            starts, run = starts[inside], run[inside]
            inside = group[starts + size - 1] == group[starts]
            starts, run = starts[inside], run[inside]
            last = starts + size - 1
            run = run * factors[last] + hashes[last]
        if not len(starts):
            break
        fields = gazetteer.fields_of(run)
        found = np.flatnonzero(fields)
        for field in range(FIELD_COUNT) if len(found) else ():
            _mark(codes[field], starts[found[(fields[found] >> field & 1).astype(bool)]], size)
    return codes


def _mark(codes: IntArray, starts: npt.NDArray[np.int64], size: int) -> None:
    """Write the places of names of one size over those of shorter names."""
    if size == 1:
        codes[starts] = ALONE
        return
    for offset in range(1, size - 1):
        codes[starts + offset] = WITHIN
    codes[starts] = FIRST
    codes[starts + size - 1] = LAST
