"""The rows of an input file, and the address that each of them asks for."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from address_match.indexer.sources.address_columns import column_namesakes, column_positions
from address_match.indexer.sources.table import Table, detect_address_columns, join_address, plain_name
from address_match.indexer.sources.table_batch import BROKEN_UTF8, UNREADABLE, TableBatch
from address_match.service.batch.answer_columns import PREFIX
from address_match.service.batch.row_batch import RowBatch
from address_match.service.errors import UsageError


@dataclass(frozen=True, slots=True)
class AddressPositions:
    """Where the address stands in the rows of a table."""

    address: tuple[int, ...]
    """Columns that are joined in this order."""
    postcode: int | None = None
    """The column of the postcode alone, which goes to the end."""


def find_address(columns: Sequence[str], named: Sequence[str] | None = None) -> AddressPositions:
    """Find the columns that make the address, by the names that the user gave or by their usual names.

    Raises `UsageError` when there is none, or none of a given name, or two of one name.
    """
    positions = column_positions(columns)
    if named is not None:
        missing = [name for name in named if plain_name(name) not in positions]
        if missing:
            raise UsageError(f"the input has no column {missing[0]!r}; it has {', '.join(columns)}")
        address, postcode = tuple(positions[plain_name(name)] for name in named), None
    else:
        found = detect_address_columns(columns)
        address = tuple(positions[plain_name(column)] for column in found.address)
        postcode = None if found.postcode is None else positions[plain_name(found.postcode)]
    if not address and postcode is None:
        raise UsageError(
            f"the input has no address column; it has {', '.join(columns)}. "
            "Name the columns that make the address: --columns a,b,c"
        )
    if namesakes := column_namesakes(columns, {*address, *([] if postcode is None else [postcode])}):
        raise UsageError(f"the input has {namesakes}")
    return AddressPositions(address, postcode)


def refuse_match_columns(columns: Sequence[str]) -> None:
    """Raise `UsageError` when the input holds columns of the names that matching adds."""
    taken = [column for column in columns if column.strip().lower().startswith(PREFIX)]
    if taken:
        raise UsageError(
            f"the input already has the column {taken[0]!r}; names that start with {PREFIX} are the answer's: "
            "rename or drop it"
        )


def read_batches(table: Table, positions: AddressPositions, rows: int) -> Iterator[RowBatch]:
    """Read a table to its end, at most `rows` at once, in order."""
    for batch in table.rows(rows):
        errors, notes = _problems(batch)
        yield RowBatch(batch.data, _addresses(batch, positions), errors, notes)


def _addresses(batch: TableBatch, positions: AddressPositions) -> list[str]:
    parts = [batch.strings(position).to_pylist() for position in positions.address]
    if positions.postcode is None:
        if len(parts) == 1:
            return list(parts[0])
        return [join_address(row) for row in zip(*parts, strict=True)]
    postcodes = batch.strings(positions.postcode).to_pylist()
    return [join_address(row[:-1], row[-1]) for row in zip(*parts, postcodes, strict=True)]


def _problems(batch: TableBatch) -> tuple[dict[int, str], dict[int, str]]:
    errors: dict[int, str] = {}
    notes: dict[int, str] = {}
    for problem in batch.errors:
        found = errors if problem.what in UNREADABLE else notes
        # The detail of broken UTF-8 quotes the row, which the summary must not: it may be an address.
        detail = "read as Windows-1252" if problem.what == BROKEN_UTF8 else problem.detail
        found.setdefault(problem.row - batch.first_row, f"row {problem.row}: {problem.what}: {detail}")
    return errors, notes
