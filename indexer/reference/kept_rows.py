"""The usable rows of a reference on disk, as an index keeps them for a later update."""

from collections.abc import Mapping
from pathlib import Path
from types import TracebackType
from typing import Self

import pyarrow as pa
import pyarrow.parquet as pq

from address_match.indexer.products.joined_rows import JOINED_SCHEMA
from address_match.indexer.products.kept_tables import built_file
from address_match.indexer.sources.table_batch import TableBatch

ROWS = "rows"
"""Name of the table (`kept_tables`), columns of `JOINED_SCHEMA`, in the order in which the rows came."""


class KeptRows:
    """Writes usable rows to a new folder, with what their component columns name; use it as a context."""

    def __init__(self, folder: Path, components: Mapping[str, int]) -> None:
        """`components` gives the position in the table of each component column that it has."""
        folder.mkdir()
        self._components = components
        self._writer = pq.ParquetWriter(built_file(folder, ROWS), JOINED_SCHEMA, compression="zstd")

    def __enter__(self) -> Self:
        return self

    def add(self, usable: pa.RecordBatch, batch: TableBatch, rows: pa.Array) -> None:
        """Take in the usable rows of a batch, columns of `REFERENCE_SCHEMA`; `rows` are their places in it."""
        self._writer.write_table(
            pa.table([self._column(name, usable, batch, rows) for name in JOINED_SCHEMA.names], JOINED_SCHEMA)
        )

    def _column(self, name: str, usable: pa.RecordBatch, batch: TableBatch, rows: pa.Array) -> pa.Array:
        if name in usable.schema.names:
            return usable.column(name)
        if name in self._components:
            return batch.strings(self._components[name]).take(rows)
        return pa.nulls(usable.num_rows, pa.string())

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._writer.close()
