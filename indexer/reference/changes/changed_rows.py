"""A reference of rows to which a file of changes is applied."""

from dataclasses import replace
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from address_match.indexer.errors import NothingUsableError
from address_match.indexer.products.joined_rows import JoinedTexts, ReplacedTexts
from address_match.indexer.products.kept_tables import built_file
from address_match.indexer.reference.changes.change_file import CHANGE, Changes
from address_match.indexer.reference.changes.held_rows import HeldRows
from address_match.indexer.reference.kept_rows import ROWS
from address_match.indexer.sources.columns.columns_taken import ColumnsTaken
from address_match.indexer.sources.columns.plain_names import plain_name
from address_match.indexer.sources.table_batch import RowError

_ROWS_AT_ONCE = 100_000


class ChangedRows:
    """The rows that an index keeps, and changes of some of its premises."""

    name = "rows"

    def __init__(self, held: Path, changes: Changes) -> None:
        """`held` is the folder of rows that an index keeps."""
        self._held = HeldRows(held)
        self._changes = changes

    @property
    def columns_taken(self) -> ColumnsTaken:
        """What became of each column of the changes."""
        taken = self._changes.written.columns_taken
        return replace(taken, unused=[column for column in taken.unused if plain_name(column) != CHANGE])

    def join(self, folder: Path) -> JoinedTexts:
        """Put the new rows of the changed premises in place of what is held of them.

        A premises of whose new texts none is usable stays as it was. Raises NothingUsableError where nothing changes.
        """
        new = _usable_rows(self._changes, folder / "changes")
        changed = pc.unique(
            pa.concat_arrays([*new.column("uprn").chunks, pa.array(list(self._changes.deleted), pa.string())])
        )
        if not len(changed):
            raise NothingUsableError(
                f"{self._changes.written.path} holds no usable change; the index stays as it was"
            )
        records = folder / "records"
        records.mkdir()
        former = self._held.of(changed)
        self._held.write_changed(records, changed, new)
        held = frozenset(former.column("uprn").to_pylist())
        errors = list(self._changes.written.problems.first)
        errors.extend(
            RowError(row, "deletion of a premises that is not held", uprn)
            for uprn, row in self._changes.deleted.items()
            if uprn not in held
        )
        return JoinedTexts(
            built_file(folder / "changes", ROWS), errors, records, ReplacedTexts(changed, former)
        )


def _usable_rows(changes: Changes, folder: Path) -> pa.Table:
    """Return the usable rows of changes, columns of `JOINED_SCHEMA`, by way of a new folder."""
    changes.written.keep_records_at(folder)
    for _ in changes.written.batches(_ROWS_AT_ONCE):
        pass  # each is written to the folder as it passes
    return pq.read_table(built_file(folder, ROWS))
