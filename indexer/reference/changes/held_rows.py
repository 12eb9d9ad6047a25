"""The rows that an index keeps: those that it was built of, and beside them the rows of premises that changed since."""

import shutil
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from address_match.indexer.products.joined_rows import JOINED_SCHEMA
from address_match.indexer.products.kept_tables import MOST_CHANGED, built_file, changed_file
from address_match.indexer.reference.kept_rows import ROWS

_CHANGED = "premises_changed.parquet"
"""The premises that changed, a column `uprn`: of these the rows of the build say nothing any more."""
_ROWS_AT_ONCE = 100_000


class HeldRows:
    """The rows in a folder of records."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._changed = pa.array([], pa.string())
        self._since = JOINED_SCHEMA.empty_table()
        if (folder / _CHANGED).exists():
            self._changed = pq.read_table(folder / _CHANGED).column("uprn").combine_chunks()
            self._since = pq.read_table(changed_file(folder, ROWS))

    def of(self, premises: pa.Array) -> pa.Table:
        """Return the rows of some premises."""
        found = [self._since.filter(_among(self._since, premises))]
        unchanged = premises.filter(pc.invert(pc.is_in(premises, value_set=self._changed)))
        with pq.ParquetFile(built_file(self._folder, ROWS)) as rows:
            for batch in rows.iter_batches(_ROWS_AT_ONCE):
                found.append(pa.Table.from_batches([batch.filter(_among(batch, unchanged))]))
        return pa.concat_tables(found)

    def write_changed(self, folder: Path, premises: pa.Array, new: pa.Table) -> None:
        """Write to a folder the rows after changes: the `new` ones of some premises in place of what is held of
        them.
        """
        changed = pc.unique(pa.concat_arrays([self._changed, premises]))
        kept = self._since.filter(pc.invert(_among(self._since, premises)))
        since = pa.concat_tables([kept, new])
        most = MOST_CHANGED * pq.read_metadata(built_file(self._folder, ROWS)).num_rows
        if max(len(changed), since.num_rows) > most:
            self._write_anew(built_file(folder, ROWS), changed, since)
            return
        shutil.copyfile(built_file(self._folder, ROWS), built_file(folder, ROWS))
        pq.write_table(since, changed_file(folder, ROWS), compression="zstd")
        pq.write_table(pa.table({"uprn": changed}), folder / _CHANGED, compression="zstd")

    def _write_anew(self, file: Path, changed: pa.Array, since: pa.Table) -> None:
        with (
            pq.ParquetFile(built_file(self._folder, ROWS)) as rows,
            pq.ParquetWriter(file, JOINED_SCHEMA, compression="zstd") as writer,
        ):
            for batch in rows.iter_batches(_ROWS_AT_ONCE):
                writer.write_batch(batch.filter(pc.invert(_among(batch, changed))))
            writer.write_table(since)


def _among(rows: pa.Table | pa.RecordBatch, premises: pa.Array) -> pa.BooleanArray | pa.ChunkedArray:
    return pc.is_in(rows.column("uprn"), value_set=premises)
