"""Columns of Arrow in which values that recur are dictionary-encoded: as numbers of their distinct values."""

from collections.abc import Sequence
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from address_match.indexer.texts.schemas import RECURRING, STORED_SCHEMA

TAKEN_TOGETHER = 16
"""Distinct values from which on Arrow takes them together sooner than one by one: its call costs as much as so many."""


def values_of(texts: pa.Table, *names: str) -> list[list[Any]]:
    """Return the values of some columns, whether they are coded or not."""
    batches = texts.to_batches()
    if len(batches) == 1:
        return [values_in(batches[0].column(name)) for name in names]
    return [[value for batch in batches for value in values_in(batch.column(name))] for name in names]


def rows_of(texts: pa.Table, rows: Sequence[int]) -> pa.Table:
    """Return some rows, in the order given."""
    if not rows:
        return texts.slice(0, 0)
    places, batches = pa.array(rows, pa.int64()), texts.to_batches()
    if len(batches) > 1:
        return texts.take(places)
    # A table puts the chunks of each column together first, which takes ten times as long as some rows of one batch.
    return pa.Table.from_batches([batches[0].take(places)])


def coded(column: pa.ChunkedArray | pa.Array) -> tuple[NDArray[np.int64], pa.Array]:
    """Return the place of each value among the distinct ones, shape (rows,), and these; a column that is coded has them
    already.
    """
    whole = _whole(column)
    numbered = whole if pa.types.is_dictionary(whole.type) else whole.dictionary_encode()
    return numbered.indices.to_numpy().astype(np.int64), numbered.dictionary


def coded_in_order(column: pa.ChunkedArray | pa.Array) -> tuple[NDArray[np.int64], pa.Array]:
    """Return what `coded` does, the distinct values ascending."""
    numbers, values = coded(column)
    ascending = pc.sort_indices(values).to_numpy()
    places = np.empty(len(ascending), dtype=np.int64)
    places[ascending] = np.arange(len(ascending))
    return places[numbers], values.take(pa.array(ascending))


def coded_together(*columns: pa.ChunkedArray | pa.Array) -> tuple[NDArray[np.int64], pa.Array]:
    """Return what `coded_in_order` does, for columns one after the other."""
    parts = [coded(column) for column in columns]
    values = pc.unique(pa.concat_arrays([of_part for _, of_part in parts])).sort()
    places = [pc.index_in(of_part, value_set=values).to_numpy()[numbers] for numbers, of_part in parts]
    return np.concatenate(places).astype(np.int64), values


def filled(values: pa.Array) -> NDArray[np.bool_]:
    """Return which values are no empty texts."""
    are_filled: NDArray[np.bool_] = pc.not_equal(values, "").to_numpy(zero_copy_only=False)
    return are_filled


def numbered(table: pa.Table) -> pa.Table:
    """Return texts, columns of `STORED_SCHEMA`, with values that recur as numbers of the distinct ones; what is coded
    is so already.
    """
    columns = {name: table.column(name) for name in STORED_SCHEMA.names}
    for name in RECURRING:
        if not pa.types.is_dictionary(columns[name].type):
            columns[name] = as_numbered(*coded(columns[name]))
    fields = [STORED_SCHEMA.field(name).with_type(column.type) for name, column in columns.items()]
    return pa.table(list(columns.values()), schema=pa.schema(fields))


def written_out(column: pa.ChunkedArray | pa.Array) -> pa.Array:
    """Return a column with its values written out."""
    whole = _whole(column)
    return whole.dictionary_decode() if pa.types.is_dictionary(whole.type) else whole


def as_numbered(numbers: NDArray[Any], values: pa.Array) -> pa.DictionaryArray:
    """Return a coded column with only the values that occur, in the order in which they first do, and numbers of as few
    bytes as suffice.
    """
    first = np.full(len(values), len(numbers))
    first[numbers[::-1]] = np.arange(len(numbers))[::-1]
    order = np.argsort(first, kind="stable")[: np.count_nonzero(first < len(numbers))]
    places = np.empty(
        len(values), dtype=np.min_scalar_type(-max(1, len(order)))
    )  # signed, as Arrow wants them
    places[order] = np.arange(len(order))
    return pa.DictionaryArray.from_arrays(pa.array(places[numbers]), values.take(pa.array(order)))


def _whole(column: pa.ChunkedArray | pa.Array) -> pa.Array:
    return column.combine_chunks() if isinstance(column, pa.ChunkedArray) else column


def values_in(chunk: pa.Array) -> list[Any]:
    """Return the values of an array, whether they are coded or not; of those that recur in a coded one, all are one
    object.
    """
    if not isinstance(chunk, pa.DictionaryArray):
        values: list[Any] = chunk.to_pylist()
        return values
    codes, dictionary = chunk.indices.tolist(), chunk.dictionary
    if codes.count(codes[0] if codes else None) == len(codes):  # as most columns of a list are
        return [dictionary[code].as_py() for code in codes[:1]] * len(codes)
    distinct = list(set(codes))
    if len(distinct) < TAKEN_TOGETHER:
        words = {code: dictionary[code].as_py() for code in distinct}
    else:
        words = dict(zip(distinct, dictionary.take(pa.array(distinct)).to_pylist(), strict=True))
    return [words[code] for code in codes]
