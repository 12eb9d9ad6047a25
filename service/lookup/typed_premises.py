"""Which texts of a street have the numbers and names that somebody has typed."""

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from address_match.indexer.lexical.canonical_words import CANONICAL_WORDS
from address_match.service.lookup.typed_text import TypedText

_NAMES = ("organisation", "building", "locality", "street", "town")


def numbered(texts: pa.Table, typed: TypedText) -> pa.Table:
    """Return the texts with every number that is typed, as their own or their unit's; all where none is.

    Those whose own number is the last one come first, then those whose own number goes on from it: 12 before 12A, and
    120 only while the number may be begun.
    """
    if not typed.numbers:
        return texts
    written = pc.binary_join_element_wise(
        pc.cast(texts.column("number"), pa.string()), texts.column("suffix"), ""
    )
    unit = texts.column("unit")
    has_all = np.ones(texts.num_rows, dtype=bool)
    for number in typed.numbers[:-1]:
        has_all &= _bools(pc.or_(pc.equal(written, number), pc.equal(unit, number)))
    last = typed.numbers[-1]
    equal, of_unit = _bools(pc.equal(written, last)), _bools(pc.equal(unit, last))
    goes_on = _bools(
        pc.match_substring_regex(written, f"^{last}" + ("" if typed.is_number_begun else "[A-Z]*$"))
    )
    rank = np.select([equal, goes_on, of_unit], [0, 1, 2], default=3)
    rank[~has_all] = 3
    order = np.argsort(rank, kind="stable")
    return texts.take(pa.array(order[: int((rank < 3).sum())]))


def holding(texts: pa.Table, typed: TypedText) -> pa.Table:
    """Return the texts whose names hold every word that is typed, and one that goes on from the prefix."""
    edge = pa.scalar("")
    names = pc.binary_join_element_wise(edge, *(texts.column(name) for name in _NAMES), edge, " ")
    held = np.ones(texts.num_rows, dtype=bool)
    for word in typed.words:
        spellings = {word, CANONICAL_WORDS.get(word, word)}
        held &= np.any([_bools(pc.match_substring(names, f" {each} ")) for each in spellings], axis=0)
    if typed.prefix:
        held &= _bools(pc.match_substring(names, f" {typed.prefix}"))
    return texts.filter(pa.array(held))


def _bools(values: pa.ChunkedArray | pa.Array) -> NDArray[np.bool_]:
    found: NDArray[np.bool_] = (
        values.to_numpy(zero_copy_only=False) if isinstance(values, pa.Array) else values.to_numpy()
    )
    return found
