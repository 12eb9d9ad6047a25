"""An input that is the output of a run before: rows whose answers stand are passed on, and the others are matched again."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

import pyarrow as pa

from address_match.indexer.sources.address_form import AddressComposition
from address_match.indexer.sources.table import Table
from address_match.indexer.sources.table_batch import TableBatch
from address_match.service.batch.answer_columns import MAY_BE_EMPTY, NUMERIC_COLUMNS, PREFIX
from address_match.service.batch.input_addresses import read_batches, refuse_match_columns
from address_match.service.batch.row_batch import RowBatch
from address_match.service.errors import UsageError

_STATUS = "match_status"


def rows_to_match(
    table: Table,
    address: AddressComposition,
    added: Sequence[str],
    only: Collection[str] | None,
    rows: int,
    audited: int | None = None,
) -> tuple[pa.Schema, Iterator[RowBatch]]:
    """Return the columns of a table that come back, and its rows, at most `rows` at once.

    With `only`, the table is the output of a run before, which `added` the same columns, and only rows of these statuses are to match.
    `audited` is the column of the identifiers that are audited. Raises UsageError where it is not, or where it holds such columns without `only`.
    """
    batches = read_batches(table, address, rows, audited)
    if only is None:
        refuse_match_columns(table.columns)
        return table.schema, batches
    answered = answered_input(table.columns, added, only)
    return answered.schema(table.schema), answered.batches(batches)


@dataclass(frozen=True, slots=True)
class AnsweredInput:
    """Where the columns of a run before stand among those of the input."""

    own: tuple[int, ...]
    """Columns that were there before it."""
    added: tuple[int, ...]
    """Columns that it added, in the order in which they are added now."""
    names: tuple[str, ...]
    """Their names."""
    only: frozenset[str]
    """Statuses of the rows to match again."""

    def schema(self, schema: pa.Schema) -> pa.Schema:
        """Return the columns that were there before."""
        return pa.schema([schema.field(position) for position in self.own])

    def batches(self, batches: Iterable[RowBatch]) -> Iterator[RowBatch]:
        """Yield the rows without the added columns; the text of a row whose answer stands is blank, so that it costs nothing.

        Raises UsageError for a row whose probability is no number.
        """
        for batch in batches:
            kept = self._kept(batch.data)
            texts = ["" if row in kept else text for row, text in enumerate(batch.texts)]
            yield replace(batch, data=self._without_answers(batch.data), texts=texts, kept=kept)

    def _without_answers(self, data: pa.RecordBatch) -> pa.RecordBatch:
        columns = [data.column(position) for position in self.own]
        return pa.RecordBatch.from_arrays(columns, schema=self.schema(data.schema))

    def _kept(self, data: pa.RecordBatch) -> dict[int, list[object]]:
        given = TableBatch(1, data, ())
        columns = [
            _values(name, given.strings(position).to_pylist())
            for name, position in zip(self.names, self.added, strict=True)
        ]
        statuses = columns[self.names.index(_STATUS)]
        return {
            row: [column[row] for column in columns]
            for row, status in enumerate(statuses)
            if status not in self.only
        }


def answered_input(columns: Sequence[str], added: Sequence[str], only: Collection[str]) -> AnsweredInput:
    """Find what a run before added to the columns of an input; it must be what is `added` now.

    Raises UsageError where it is not.
    """
    positions = {name: position for position, name in enumerate(columns)}
    if missing := [name for name in added if name not in positions]:
        raise UsageError(
            f"--only takes the answers of a match with the same options, and the input has no column {missing[0]!r}"
        )
    if surplus := [name for name in columns if name.startswith(PREFIX) and name not in added]:
        raise UsageError(
            f"--only takes the answers of a match with the same options, and the input has the column {surplus[0]!r}; "
            "give the option that adds it, or drop it"
        )
    own = tuple(position for position, name in enumerate(columns) if name not in added)
    return AnsweredInput(own, tuple(positions[name] for name in added), tuple(added), frozenset(only))


def _values(name: str, texts: Sequence[str]) -> Sequence[object]:
    if name not in NUMERIC_COLUMNS:
        return texts
    try:
        return [float(text) if text or name not in MAY_BE_EMPTY else None for text in texts]
    except ValueError as error:
        raise UsageError(
            f"the column {name} holds what is no number; --only takes the answers of a match"
        ) from error
