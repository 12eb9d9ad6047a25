"""Where the names of a gazetteer stand in texts."""

from itertools import pairwise

import numpy as np
import numpy.typing as npt

from address_match.parser.features.token_batch import BoolArray, IntArray
from address_match.parser.features.token_rows import TokenRows
from address_match.parser.gazetteer.gazetteer import Gazetteer
from address_match.parser.gazetteer.name_field import FIELD_COUNT

NO_NAME, ALONE, FIRST, WITHIN, LAST = range(5)
"""The place of a token in the longest name of a field that covers it."""
NAME_CODES = 5
_LONGEST = 6
"""Words of the longest name that is looked for."""
_FIELD_BITS = np.array([[1 << field] for field in range(FIELD_COUNT)], dtype=np.uint8)


def name_codes(
    ids: IntArray, text_of: IntArray, breaks: BoolArray, rows: TokenRows, gazetteer: Gazetteer
) -> IntArray:
    """Return the place of each token in a name of each field, (FIELD_COUNT, tokens); no name goes over a comma.

    `ids`, `text_of` and `breaks` are (tokens,), the texts one after the other.
    """
    codes = np.zeros((FIELD_COUNT, len(ids)), dtype=np.int64)
    hashes, factors = rows.keys[ids].T
    run_of = np.cumsum(breaks | (np.diff(text_of, prepend=-1) != 0))
    begins = np.flatnonzero(rows.begins_name[ids])
    starts, keys = [], []
    key = hashes
    for size in range(1, _LONGEST + 1):
        if size > 1:
            key = key[:-1] * factors[size - 1 :] + hashes[size - 1 :]
            begins = begins[: np.searchsorted(begins, len(key))]
            begins = begins[run_of[begins + size - 1] == run_of[begins]]
        starts.append(begins)
        keys.append(key[begins])
    fields = gazetteer.fields_of(np.concatenate(keys))
    bounds = np.cumsum([0, *map(len, starts)]).tolist()
    for size, (begin, end) in enumerate(pairwise(bounds), 1):
        found = np.flatnonzero(fields[begin:end])
        if len(found):
            _mark(codes, starts[size - 1][found], fields[begin:end][found], size)
    return codes


def _mark(codes: IntArray, starts: IntArray, fields: npt.NDArray[np.uint8], size: int) -> None:
    """Write the places of names of one size, and of the fields that `fields` holds as bits, over those of shorter
    names.
    """
    field, name = (fields & _FIELD_BITS).nonzero()
    first = starts[name]
    if size == 1:
        codes[field, first] = ALONE
        return
    for offset in range(1, size - 1):
        codes[field, first + offset] = WITHIN
    codes[field, first] = FIRST
    codes[field, first + size - 1] = LAST
