"""An input that is the output of a run before: rows whose answers stand are passed on, and the others are matched
again.
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

import pyarrow as pa

from address_match.indexer.sources.columns.address_composition import AddressComposition
from address_match.indexer.sources.table import Table
from address_match.indexer.sources.table_batch import TableBatch
from address_match.service.batch.input.input_addresses import read_batches, refuse_match_columns
from address_match.service.batch.output.answer_columns import MAY_BE_EMPTY, NUMERIC_COLUMNS, PREFIX
from address_match.service.batch.output.since_columns import SINCE_COLUMNS
from address_match.service.batch.row_batch import RowBatch
from address_match.service.errors import UsageError

_STATUS = "match_status"


@dataclass(frozen=True, slots=True)
class Standing:
    """Which answers of a batch stand."""

    stands: Sequence[bool]
    """For each row."""
    beside: Sequence[Sequence[object]] = ()
    """Columns to write behind the answers, a value per row."""


Stands = Callable[[RowBatch, Mapping[str, Sequence[object]]], Standing]
"""Says by the columns of their answers which rows of a batch stand."""


def of_statuses(only: Collection[str]) -> Stands:
    """Return what lets answers stand except for those of some statuses."""

    def stands(_batch: RowBatch, answers: Mapping[str, Sequence[object]]) -> Standing:
        return Standing([status not in only for status in answers[_STATUS]])

    return stands


def rows_to_match(
    table: Table,
    address: AddressComposition,
    added: Sequence[str],
    only: Collection[str] | None,
    rows: int,
    audited: int | None = None,
) -> tuple[pa.Schema, Iterator[RowBatch]]:
    """Return the columns of a table that come back, and its rows, at most `rows` at once.

    With `only`, the table is the output of a run before, which `added` the same columns, and only rows of these
    statuses are to match. `audited` is the column of the identifiers that are audited. Raises UsageError where it is
    not, or where it holds such columns without `only`.
    """
    batches = read_batches(table, address, rows, audited)
    if only is None:
        refuse_match_columns(table.columns)
        return table.schema, batches
    answered = answered_input(table.columns, added, "--only")
    return answered.schema(table.schema), answered.batches(batches, of_statuses(only))


@dataclass(frozen=True, slots=True)
class AnsweredInput:
    """Where the columns of a run before stand among those of the input."""

    own: tuple[int, ...]
    """Columns that were there before it."""
    added: tuple[int, ...]
    """Columns that it added, in the order in which they are added now."""
    names: tuple[str, ...]
    """Their names."""
    option: str
    """The option that asks for it."""

    def schema(self, schema: pa.Schema) -> pa.Schema:
        """Return the columns that were there before."""
        return pa.schema([schema.field(position) for position in self.own])

    def batches(self, batches: Iterable[RowBatch], stands: Stands) -> Iterator[RowBatch]:
        """Yield the rows without the added columns; the text of a row whose answer stands is blank, so that it costs
        nothing.

        Raises UsageError for a row whose probability is no number.
        """
        for batch in batches:
            columns = self._answers(batch.data)
            standing = stands(batch, dict(zip(self.names, columns, strict=True)))
            kept = {
                row: [column[row] for column in columns]
                for row, stands_yet in enumerate(standing.stands)
                if stands_yet
            }
            texts = ["" if row in kept else text for row, text in enumerate(batch.texts)]
            data = self._without_answers(batch.data)
            yield replace(batch, data=data, texts=texts, kept=kept, beside=standing.beside)

    def _without_answers(self, data: pa.RecordBatch) -> pa.RecordBatch:
        columns = [data.column(position) for position in self.own]
        return pa.RecordBatch.from_arrays(columns, schema=self.schema(data.schema))

    def _answers(self, data: pa.RecordBatch) -> list[Sequence[object]]:
        given = TableBatch(1, data, ())
        return [
            self._values(name, given.strings(position).to_pylist())
            for name, position in zip(self.names, self.added, strict=True)
        ]

    def _values(self, name: str, texts: Sequence[str]) -> Sequence[object]:
        if name not in NUMERIC_COLUMNS:
            return texts
        try:
            return [float(text) if text or name not in MAY_BE_EMPTY else None for text in texts]
        except ValueError as error:
            raise UsageError(
                f"the column {name} holds what is no number; {self.option} takes the answers of a match"
            ) from error


def answered_input(columns: Sequence[str], added: Sequence[str], option: str) -> AnsweredInput:
    """Find what an earlier run added to the columns of an input; it must be what is `added` now, except for what --since
    adds.

    Raises UsageError, which names the `option`, where it is not.
    """
    positions = {name: position for position, name in enumerate(columns)}
    if missing := [name for name in added if name not in positions]:
        raise UsageError(
            f"{option} takes the answers of a match with the same options, and the input has no column {missing[0]!r}"
        )
    of_before = {*added, *SINCE_COLUMNS}
    if surplus := [name for name in columns if name.startswith(PREFIX) and name not in of_before]:
        raise UsageError(
            f"{option} takes the answers of a match with the same options, and the input has the column {surplus[0]!r}; "
            "give the option that adds it, or drop it"
        )
    own = tuple(position for position, name in enumerate(columns) if name not in of_before)
    return AnsweredInput(own, tuple(positions[name] for name in added), tuple(added), option)
