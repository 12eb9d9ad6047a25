"""Parquet files."""

import io
from collections.abc import Iterator
from typing import BinaryIO

import pyarrow as pa
import pyarrow.parquet as pq

from address_match.indexer.sources.formats.arrow_rows import table_batch
from address_match.indexer.sources.table_batch import TableBatch


class ParquetRows:
    """Rows of a Parquet file; the columns keep their types."""

    def __init__(self, stream: BinaryIO) -> None:
        # The format is read from its end; a pipe or a packed file goes through memory.
        plain = (
            isinstance(stream, io.BufferedReader) and isinstance(stream.raw, io.FileIO) and stream.seekable()
        )
        self._file = pq.ParquetFile(stream if plain else io.BytesIO(stream.read()))

    @property
    def schema(self) -> pa.Schema:
        """Types of the file."""
        return self._file.schema_arrow

    @property
    def rows_total(self) -> int:
        """Number of rows."""
        return int(self._file.metadata.num_rows)

    def batches(self, rows: int) -> Iterator[TableBatch]:
        """Yield the rows in order."""
        first = 1
        for data in self._file.iter_batches(batch_size=rows):
            yield table_batch(first, data)
            first += data.num_rows
