"""The rows of an input file, and the address that each of them asks for."""

import io
import shlex
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from itertools import islice
from typing import IO

import pyarrow as pa

from address_match.indexer.sources.columns.address_columns import detect_address_columns
from address_match.indexer.sources.columns.address_composition import AddressComposition
from address_match.indexer.sources.columns.column_contents import postcodes_left_out
from address_match.indexer.sources.columns.header_names import column_namesakes, describe_header
from address_match.indexer.sources.columns.plain_names import column_positions, plain_name
from address_match.indexer.sources.columns.unclear_premises import unclear_premises
from address_match.indexer.sources.columns.written_address import with_lines_parted
from address_match.indexer.sources.layouts.layout import named_layout
from address_match.indexer.sources.table import Table
from address_match.indexer.sources.table_batch import LONG_RECORD, UNREADABLE, TableBatch
from address_match.indexer.sources.text_stream import LONGEST_RECORD, bounded_lines
from address_match.service.batch.output.answer_columns import PREFIX
from address_match.service.batch.row_batch import RowBatch
from address_match.service.errors import UsageError

_WAY_OUT = "Name the columns that make the address"
OR_ALL_THE_SAME = f"{_WAY_OUT}, or those to match all the same"
"""The way out where there are columns that make an address of a kind."""


class NoAddressError(UsageError):
    """Refuses a table whose columns, as they are called, make no address; whoever asked may name others."""

    def __init__(
        self, problem: str, way_out: str = _WAY_OUT, columns: Sequence[str] = ("a", "b", "c")
    ) -> None:
        """`columns` are those that may be named."""
        named = ",".join(f'"{name}"' if "," in name else name for name in columns)
        super().__init__(f"{problem}. {way_out}: --columns {shlex.quote(named)}")
        self.problem = problem
        """What is wrong, without the way out."""


def find_address(
    columns: Sequence[str], named: Sequence[str] | None = None, layout: str | None = None
) -> AddressComposition:
    """Find the columns that make the address, by the names that the user gave, or the layout, or by their usual names.

    Raises `NoAddressError` when there is none, and `UsageError` when there is none of a given name, or two of one name. What
    is found by usual names and holds no more than a postcode or places is none.
    """
    positions = column_positions(columns)
    if named is not None:
        missing = [name for name in named if plain_name(name) not in positions]
        if missing:
            raise UsageError(f"the input has no column {missing[0]!r}; {describe_header(columns)}")
        found = AddressComposition.of_columns(positions[plain_name(name)] for name in named)
    else:
        detected = detect_address_columns(columns, named_layout(layout) if layout is not None else None)
        found_names = [*detected.address, *([detected.postcode] if detected.postcode is not None else [])]
        if found_names and not detected.names_more_than_places:
            raise NoAddressError(
                f"of the input only {', '.join(found_names)} would be matched, by which no premises is told from the next; "
                f"{describe_header(columns)}",
                OR_ALL_THE_SAME,
            )
        found = detected.composition
    if not found.columns:
        raise NoAddressError(f"the input has no address column; {describe_header(columns)}")
    if namesakes := column_namesakes(columns, found.columns):
        raise UsageError(f"the input has {namesakes}")
    return found


def refuse_unclear_premises(
    batches: Iterator[RowBatch], address: AddressComposition, columns: Sequence[str]
) -> Iterator[RowBatch]:
    """Pass rows on; raise `NoAddressError` at the first of them where these are `unclear_premises`."""
    for number, batch in enumerate(batches):
        if number == 0 and (problem := unclear_premises(TableBatch(1, batch.data, ()), batch.texts, address)):
            taken = ", ".join(columns[position] for position in address.columns)
            raise NoAddressError(
                f"of the input only {taken} would be matched, and {problem}; {describe_header(columns)}",
                OR_ALL_THE_SAME,
            )
        yield batch


def note_postcodes_left_out(
    batches: Iterator[RowBatch], address: AddressComposition, note: Callable[[tuple[str, ...]], None]
) -> Iterator[RowBatch]:
    """Pass rows on; tell `note` at the first of them which columns hold postcodes that the addresses lack."""
    for number, batch in enumerate(batches):
        if number == 0:
            note(postcodes_left_out(TableBatch(1, batch.data, ()), batch.texts, address))
        yield batch


def refuse_match_columns(columns: Sequence[str]) -> None:
    """Raise `UsageError` when the input holds columns of the names that matching adds."""
    taken = [column for column in columns if column.strip().lower().startswith(PREFIX)]
    if taken:
        raise UsageError(
            f"the input already has the column {taken[0]!r}; names that start with {PREFIX} are the answer's: "
            "rename or drop it, or match the answers again by --only or --since"
        )


def read_batches(
    table: Table, address: AddressComposition, rows: int, audited: int | None = None
) -> Iterator[RowBatch]:
    """Read a table to its end, at most `rows` at once, in order, with the identifiers of a column that is audited."""
    for batch in table.rows(rows):
        found = row_batch(batch, address)
        yield found if audited is None else replace(found, given=batch.strings(audited).to_pylist())


def row_batch(batch: TableBatch, address: AddressComposition) -> RowBatch:
    """Return rows with the address that each asks for, and what was wrong with them."""
    errors, notes = _problems(batch)
    return RowBatch(batch.data, read_addresses(batch, address), errors, notes)


def read_addresses(batch: TableBatch, address: AddressComposition) -> list[str]:
    """Return the address that each row asks for, its parts joined in one line; one column alone as it stands, but for
    signs between its lines.
    """
    if len(address.address) == len(address.columns) == 1:
        return list(map(with_lines_parted, batch.strings(address.address[0]).to_pylist()))
    return address.addresses(batch)


def read_lines(stream: IO[bytes], rows: int, longest: int = LONGEST_RECORD) -> Iterator[RowBatch]:
    """Read a text per line in UTF-8, at most `rows` at once, in order.

    A byte that is none of UTF-8 becomes U+FFFD, with a note; a line of more than `longest` characters is an error, and
    none of it is kept.
    """
    lines = io.TextIOWrapper(stream, encoding="utf-8-sig", errors="surrogateescape", newline="\n")
    bounded = bounded_lines(lines, longest)
    first_row = 1
    while some := list(islice(bounded, rows)):
        written = [(line or "").rstrip("\r\n") for line in some]
        texts = [line.encode("utf-8", "surrogateescape").decode("utf-8", "replace") for line in written]
        notes = {
            place: f"row {first_row + place}: broken UTF-8"
            for place, (line, text) in enumerate(zip(written, texts, strict=True))
            if line != text
        }
        errors = {
            place: f"row {first_row + place}: {LONG_RECORD}: more than {longest:,} characters"
            for place, line in enumerate(some)
            if line is None
        }
        yield RowBatch(pa.RecordBatch.from_pydict({"address": texts}), texts, errors, notes)
        first_row += len(some)
    lines.detach()


def _problems(batch: TableBatch) -> tuple[dict[int, str], dict[int, str]]:
    errors: dict[int, str] = {}
    notes: dict[int, str] = {}
    for problem in batch.errors:
        found = errors if problem.what in UNREADABLE else notes
        found.setdefault(
            problem.row - batch.first_row, f"row {problem.row}: {problem.what}: {problem.detail}"
        )
    return errors, notes
