"""Columns of texts in which values that recur are coded: numbers into a dictionary of the whole index, of which a list needs a few words."""

from collections.abc import Sequence
from typing import Any

import pyarrow as pa


def values_of(texts: pa.Table, name: str) -> list[Any]:
    """Return the values of a column, whether they are coded or not."""
    return [value for chunk in texts.column(name).chunks for value in _values(chunk)]


def written_out(texts: pa.Table | pa.RecordBatch, name: str) -> pa.ChunkedArray | pa.Array:
    """Return a column of texts for Arrow's kernels, most of which take no codes."""
    column = texts.column(name)
    return column.cast(column.type.value_type) if pa.types.is_dictionary(column.type) else column


def rows_of(texts: pa.Table, rows: Sequence[int]) -> pa.Table:
    """Return some rows, in the order given."""
    if not rows:
        return texts.slice(0, 0)
    places, batches = pa.array(rows, pa.int64()), texts.to_batches()
    if len(batches) > 1:
        return texts.take(places)
    # A table puts the chunks of each column together first, which takes ten times as long as some rows of one batch.
    return pa.Table.from_batches([batches[0].take(places)])


def _values(chunk: pa.Array) -> list[Any]:
    if not isinstance(chunk, pa.DictionaryArray):
        values: list[Any] = chunk.to_pylist()
        return values
    codes, dictionary = chunk.indices.to_numpy().tolist(), chunk.dictionary
    words = {code: dictionary[code].as_py() for code in set(codes)}
    return [words[code] for code in codes]
