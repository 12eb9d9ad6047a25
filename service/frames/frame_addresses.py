"""The addresses of a frame, as batches of rows; of the frame's columns only those are read that are asked for."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import pyarrow as pa

from address_match.indexer.sources.columns.address_composition import AddressComposition
from address_match.indexer.sources.formats.arrow_rows import ArrowRows
from address_match.service.batch.input.input_addresses import NoAddressError, find_address, row_batch
from address_match.service.batch.row_batch import RowBatch
from address_match.service.batch.uprn_audit.given_column import given_column
from address_match.service.errors import UsageError
from address_match.service.frames.frame import Frame


@dataclass(frozen=True, slots=True)
class FrameAddresses:
    """The columns of a frame that make the address."""

    table: pa.Table
    address: AddressComposition
    """How the address is made of them."""
    audited: int | None = None
    """Column of the identifiers that are audited."""

    @property
    def rows(self) -> int:
        """Number of rows."""
        return int(self.table.num_rows)

    def batches(self, rows: int) -> Iterator[RowBatch]:
        """Yield the rows in order, at most `rows` at once."""
        for batch in ArrowRows(self.table).batches(rows):
            found = row_batch(batch, self.address)
            yield (
                found
                if self.audited is None
                else replace(found, given=batch.strings(self.audited).to_pylist())
            )


def frame_addresses(
    frame: Frame, columns: str | Sequence[str] | None, audit: str | None = None
) -> FrameAddresses:
    """Read the columns that make the address: those named, else those that are named like one; and the one that is
    audited.

    Raises UsageError as `find_frame_address` and `given_column` do.
    """
    named = named_columns(columns)
    table = columns_at(frame, find_frame_address(frame.columns, named).columns)
    address = find_address(table.column_names, named)
    if audit is None:
        return FrameAddresses(table, address)
    given = frame.column(given_column(frame.columns, audit))
    return FrameAddresses(table.append_column(audit, given), address, table.num_columns)


def find_frame_address(columns: Sequence[str], named: Sequence[str] | None) -> AddressComposition:
    """Find the columns that make the address as `find_address` does; what it raises tells the way out in Python."""
    try:
        return find_address(columns, named)
    except NoAddressError as error:
        raise UsageError(
            f"{error.problem}. Name the columns that make the address: columns=['a', 'b']"
        ) from error


def columns_at(frame: Frame, positions: Sequence[int]) -> pa.Table:
    """Return some columns of a frame as a table."""
    names = [frame.columns[position] for position in positions]
    return pa.Table.from_arrays([frame.column(position) for position in positions], names=names)


def named_columns(columns: str | Sequence[str] | None) -> Sequence[str] | None:
    """Return the names that a caller gave as one name or several, as texts; None where none was given."""
    if columns is None:
        return None
    return [columns] if isinstance(columns, str) else [str(name) for name in columns]
