"""Data that is Arrow, or that Arrow reads and something else is made of again."""

import sys
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pyarrow as pa

from address_match.service.frames.arrow_column import without_views


def _as_it_is(table: pa.Table) -> object:
    return table


@dataclass(frozen=True, slots=True)
class ArrowFrame:
    """A table of Arrow, and what is made of the table with its answers."""

    table: pa.Table
    give: Callable[[pa.Table], object] = _as_it_is

    @property
    def columns(self) -> tuple[str, ...]:
        """Names of the columns."""
        return tuple(self.table.column_names)

    def column(self, position: int) -> pa.ChunkedArray:
        """Return one column."""
        return without_views(self.table.column(position))

    def with_answers(self, answers: pa.Table) -> object:
        """Append the answers' columns."""
        table = self.table
        for field, column in zip(answers.schema, answers.columns, strict=True):
            table = table.append_column(field, column)
        return self.give(table)


def batch_frame(batch: pa.RecordBatch) -> ArrowFrame:
    """Take one record batch, and give one."""
    return ArrowFrame(pa.Table.from_batches([batch]), _one_batch)


def reader_frame(reader: pa.RecordBatchReader) -> ArrowFrame:
    """Take a stream of record batches, and give one; between the two all of it is in memory."""
    return ArrowFrame(reader.read_all(), lambda table: table.to_reader())


def relation_frame(relation: Any) -> ArrowFrame:
    """Take a relation of DuckDB, and give one of DuckDB's default connection."""
    # Whoever holds a relation has imported it.
    return ArrowFrame(pa.table(relation), sys.modules["duckdb"].from_arrow)


def _one_batch(table: pa.Table) -> pa.RecordBatch:
    columns = [_one_array(column) for column in table.columns]
    return pa.RecordBatch.from_arrays(columns, schema=table.schema)


def _one_array(column: pa.ChunkedArray) -> pa.Array:
    return column.combine_chunks() if column.num_chunks != 1 else column.chunk(0)
