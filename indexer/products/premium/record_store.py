"""The records of a supply on disk, a Parquet file a type, from which its texts are joined."""

from contextlib import ExitStack
from pathlib import Path
from types import TracebackType
from typing import Self

import pyarrow as pa
import pyarrow.parquet as pq

from address_match.indexer.joins import no_room
from address_match.indexer.products.premium.record_tables import table_schema
from address_match.indexer.products.premium.record_types import RECORD_TYPES, RecordType

_ROWS_AT_ONCE = 200_000


class RecordStore:
    """Writes the tables of each type to a folder; use it as a context. Raises BuildError where the disk is full."""

    def __init__(self, folder: Path) -> None:
        self._open = ExitStack()
        self._folder = folder
        self._waiting: dict[str, list[pa.Table]] = {kind.name: [] for kind in RECORD_TYPES}
        self._writers: dict[str, pq.ParquetWriter] = {}

    def __enter__(self) -> Self:
        self._writers = {
            kind.name: self._open.enter_context(
                pq.ParquetWriter(
                    self._folder / f"{kind.name}.parquet", table_schema(kind), compression="zstd"
                )
            )
            for kind in RECORD_TYPES
        }
        return self

    def add(self, kind: RecordType, table: pa.Table) -> None:
        """Take records in."""
        waiting = self._waiting[kind.name]
        waiting.append(table)
        if sum(part.num_rows for part in waiting) >= _ROWS_AT_ONCE:
            self._write(kind.name)

    def _write(self, name: str) -> None:
        waiting = self._waiting[name]
        if waiting:
            try:
                self._writers[name].write_table(pa.concat_tables(waiting))
            except OSError as error:
                raise no_room(self._folder.parent, error) from error
            waiting.clear()

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        with self._open:
            if error is None:
                for name in self._waiting:
                    self._write(name)
