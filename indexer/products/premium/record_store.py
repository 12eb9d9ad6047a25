"""The records of the volumes of a supply in a folder, a Parquet file a type, from which its texts are joined."""

from collections.abc import Sequence
from contextlib import ExitStack
from pathlib import Path
from types import TracebackType
from typing import Self

import pyarrow as pa
import pyarrow.parquet as pq

from address_match.indexer.products.premium.record_tables import RecordTables, table_schema
from address_match.indexer.products.premium.record_types import RECORD_TYPES, RecordType
from address_match.indexer.products.premium.volume import Volume
from address_match.indexer.products.premium.volumes import refuse_broken_chain
from address_match.indexer.products.stored_supply import StoredSupply
from address_match.indexer.sources.table_batch import RowError
from address_match.indexer.storage.joins import no_room

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


def store_supply(
    volumes: Sequence[Volume], folder: Path, first_file: int = 0
) -> tuple[StoredSupply, list[RowError]]:
    """Write the records of volumes to a folder, a file a type; return what they are, and what was wrong with single
    ones.

    Positions count the volumes from `first_file`. Raises SourceError where a volume is damaged.
    """
    errors: list[RowError] = []
    folder.mkdir()
    with RecordStore(folder) as store:
        for number, volume in enumerate(volumes, first_file):
            records = RecordTables(volume.header.member.name, number)
            for block in volume.blocks():
                for kind, table in records.tables(block):
                    store.add(kind, table)
            errors.extend(records.errors)
    refuse_broken_chain(volumes)
    supply = StoredSupply(
        day=max(volume.header.day for volume in volumes),
        files=tuple(volume.header.member.name for volume in volumes),
        size=sum(volume.size for volume in volumes),
    )
    return supply, errors
