"""Rows that are in memory already, in Arrow's form."""

import itertools
from collections.abc import Iterator

import pyarrow as pa

from address_match.indexer.sources.table_batch import TableBatch, mended_strings


class ArrowRows:
    """Rows of an Arrow table; the columns keep their types, however the table is cut into chunks."""

    def __init__(self, table: pa.Table) -> None:
        self._table = table

    @property
    def schema(self) -> pa.Schema:
        """Types of the table."""
        return self._table.schema

    def batches(self, rows: int) -> Iterator[TableBatch]:
        """Yield the rows in order, at most `rows` at once."""
        for start in range(0, self._table.num_rows, rows):
            yield table_batch(start + 1, self._table.slice(start, rows).combine_chunks().to_batches()[0])


def table_batch(first_row: int, data: pa.RecordBatch) -> TableBatch:
    """Return rows of typed columns, their texts mended; `first_row` is the number of the first, counted from 1."""
    columns, errors = zip(*(mended_strings(column, first_row) for column in data.columns), strict=True)
    mended = pa.RecordBatch.from_arrays(list(columns), schema=data.schema)
    return TableBatch(first_row, mended, tuple(itertools.chain.from_iterable(errors)))
