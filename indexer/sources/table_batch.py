"""Rows on their way out of a file, whatever its format."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol

import pyarrow as pa

from address_match.indexer.sources.text_stream import mended

NOT_JSON = "not JSON"
LONG_RECORD = "record too long"
BROKEN_UTF8 = "broken UTF-8"
RAGGED_ROW = "ragged row"
OPEN_QUOTE = "open quote"
UNREADABLE_VALUE = "unreadable"
"""Stands for a value of which nothing can be said."""
_NO_VALUE = (ValueError, OverflowError, LookupError, pa.ArrowException)
UNREADABLE = frozenset({NOT_JSON, LONG_RECORD})
"""Of rows of which nothing could be read; all others were mended."""


@dataclass(frozen=True, slots=True)
class RowError:
    """What is wrong with one row; the row itself is kept."""

    row: int
    """Counted from 1 after the header."""
    what: str
    """The kind of error: one of those above, or of what an index needs and the row has not."""
    detail: str
    """What is wrong with it in particular; it may quote an identifier, and never an address."""
    file: str = ""
    """The file of the row where a reference has several; its rows are lines, counted from 1."""


@dataclass(frozen=True, slots=True)
class TableBatch:
    """Neighbouring rows of a table."""

    first_row: int
    """Number of its first row, counted from 1 after the header."""
    data: pa.RecordBatch
    """Every column of the table in order: strings, or the types of a Parquet file."""
    errors: tuple[RowError, ...]

    def strings(self, position: int) -> pa.StringArray:
        """Return the column at a position as texts, empty where it is null."""
        column = self.data.column(position)
        if not pa.types.is_string(column.type):
            column = _as_strings(column)
        return column.fill_null("") if column.null_count else column


def schema_of_texts(columns: Sequence[str]) -> pa.Schema:
    """Return the schema of a file in which every column holds texts."""
    return pa.schema([pa.field(name, pa.string()) for name in columns])


class RowReader(Protocol):
    """What a format has to offer."""

    @property
    def schema(self) -> pa.Schema:
        """Columns of the batches, in the order of the file; a name may stand twice."""
        ...

    def batches(self, rows: int) -> Iterator[TableBatch]:
        """Yield the rows in order, at most `rows` at once."""
        ...


def bytes_as_text(column: pa.Array) -> pa.StringArray:
    """Read a column of bytes as UTF-8, which some writers of Parquet do not declare; broken bytes as Windows-1252."""
    texts = (None if v is None else v.decode("utf-8", "surrogateescape") for v in column.to_pylist())
    return pa.array([None if text is None else mended(text) for text in texts], pa.string())


def plain_values(column: pa.Array) -> list[object]:
    """Return the values of a column; one that Python has no value for, such as a date after the year 9999, as text."""
    try:
        values: list[object] = column.to_pylist()
    except _NO_VALUE:
        return [_plain_value(value) for value in column]
    return values


def _plain_value(value: pa.Scalar) -> object:
    try:
        found: object = value.as_py()
    except _NO_VALUE:
        kind = pa.timestamp(value.type.unit) if pa.types.is_timestamp(value.type) else value.type
        try:
            zone = " UTC" if pa.types.is_timestamp(value.type) and value.type.tz else ""
            return f"{pa.array([value.value], kind).cast(pa.string())[0].as_py()}{zone}"
        except (AttributeError, *_NO_VALUE):
            return UNREADABLE_VALUE
    return found


def mended_strings(column: pa.Array, first_row: int) -> tuple[pa.Array, list[RowError]]:
    """Return a column of texts with those that are broken in UTF-8 mended, and the rows that they stand in."""
    coded = pa.types.is_dictionary(column.type)
    texts = column.dictionary if coded else column
    is_text = pa.types.is_string(texts.type) or pa.types.is_large_string(texts.type)
    if not is_text or _is_valid(texts):
        return column, []
    is_large = pa.types.is_large_string(texts.type)
    written = texts.view(pa.large_binary() if is_large else pa.binary()).to_pylist()
    broken = {place for place, value in enumerate(written) if value is not None and _is_broken(value)}
    mended_texts = bytes_as_text(pa.array(written, pa.binary())).cast(texts.type)
    if coded:
        whole = pa.DictionaryArray.from_arrays(column.indices, mended_texts, ordered=column.type.ordered)
        places = column.indices.to_pylist()
    else:
        whole, places = mended_texts, list(range(len(written)))
    rows = (row for row, place in enumerate(places, first_row) if place in broken)
    return whole, [RowError(row, BROKEN_UTF8, "read as Windows-1252") for row in rows]


def _is_valid(column: pa.Array) -> bool:
    try:
        column.validate(full=True)
    except pa.ArrowInvalid:
        return False
    return True


def _is_broken(value: bytes) -> bool:
    try:
        value.decode("utf-8")
    except UnicodeDecodeError:
        return True
    return False


def _as_strings(column: pa.Array) -> pa.StringArray:
    import pyarrow.compute as pc

    kind = column.type
    if pa.types.is_dictionary(kind):
        return _as_strings(column.dictionary_decode())
    if pa.types.is_string(kind):
        return column
    if pa.types.is_floating(kind):
        if pa.types.is_float16(kind):  # which Arrow does not round
            column = column.cast(pa.float32())
        column = pc.if_else(pc.is_nan(column), None, column)  # so pandas writes what is missing
        # An identifier that went through a spreadsheet comes as 1234.0.
        whole = pc.all(pc.equal(column, pc.floor(column))).as_py()
        if whole and (pc.max(pc.abs(column)).as_py() or 0) < 2**53:
            return column.cast(pa.int64()).cast(pa.string())
    if pa.types.is_binary(kind) or pa.types.is_large_binary(kind):
        return bytes_as_text(column)
    if pa.types.is_nested(kind) or pa.types.is_null(kind):
        return _values_as_strings(column)
    try:
        return column.cast(pa.string())
    except pa.ArrowException:
        return _values_as_strings(column)


def _values_as_strings(column: pa.Array) -> pa.StringArray:
    return pa.array([None if v is None else mended(str(v)) for v in plain_values(column)], pa.string())
