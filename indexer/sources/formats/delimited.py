"""CSV and its relatives."""

import io
import itertools
import re
from collections.abc import Iterator, Sequence
from typing import BinaryIO

import pyarrow as pa

from address_match.indexer.errors import SourceError
from address_match.indexer.sources.columns.header import HeaderWanted, find_header
from address_match.indexer.sources.columns.header_names import names_columns
from address_match.indexer.sources.formats.quoted_rows import QuotedRow, quoted_rows
from address_match.indexer.sources.table_batch import (
    BROKEN_UTF8,
    LONG_RECORD,
    OPEN_QUOTE,
    RAGGED_ROW,
    RowError,
    TableBatch,
    schema_of_texts,
)
from address_match.indexer.sources.text_stream import LONGEST_RECORD, bounded_lines, mended, open_text

DELIMITERS = (",", ";", "\t", "|", "^", "~")
_LINES_LOOKED_AT = 30
_STATED = re.compile(r'"?sep=(.)"?\s*', re.IGNORECASE)
"""The first line by which a spreadsheet is told the delimiter."""


class DelimitedRows:
    """Rows of a delimited file; quoted fields may hold delimiters and line breaks."""

    def __init__(
        self,
        stream: BinaryIO,
        *,
        name: str,
        delimiter: str | None,
        usual: str,
        encoding: str | None,
        header: HeaderWanted,
        longest: int = LONGEST_RECORD,
    ) -> None:
        text, beginning = open_text(stream, name=name, encoding=encoding)
        stated = _stated_delimiter(beginning)
        self._delimiter = delimiter or stated or detect_delimiter(beginning, usual)
        self._longest = longest
        lines = bounded_lines(text, longest)
        if stated:
            next(lines)
        self._rows = quoted_rows(lines, delimiter=self._delimiter, name=name, longest=longest)
        first = self._first_row(name)
        self.header = find_header(
            _first_rows(beginning, self._delimiter, stated=bool(stated), longest=longest) or [first],
            header,
        )
        """Where it stands, and its names."""
        for _ in range(self.header.above):
            first = self._first_row(name)
        if not self.header.rows:
            self._rows = itertools.chain([QuotedRow(first)], self._rows)
        self._columns = tuple(mended(column).strip() for column in self.header.columns)
        self.schema = schema_of_texts(self._columns)
        """Names as the header has them."""

    def _first_row(self, name: str) -> list[str]:
        """Return the next row that has any fields; raises SourceError where it can be no header."""
        row = next((row for row in self._rows if row.fields or row.problem), None)
        if row is None:
            raise SourceError(f"{name} is empty; a header line with the names of the columns is needed")
        if row.problem == OPEN_QUOTE:
            raise SourceError(
                f"{name} opens a quote in its header and does not close it; close it, or double it"
            )
        if row.problem == LONG_RECORD:
            raise SourceError(
                f"{name} has a header of more than {self._longest:,} characters; is it a table?"
            )
        return row.fields

    def batches(self, rows: int) -> Iterator[TableBatch]:
        """Yield the rows in order; a ragged one is padded, or its overflow joined to its last field, and reported.

        So is one that leaves a quote open, whose line is read as it stands.
        """
        first = 1
        source = self._rows
        if len(self._columns) > 1:  # an empty line is no row where rows have several fields
            source = (row for row in source if row.fields or row.problem)
        while taken := list(itertools.islice(source, rows)):
            yield self._batch(first, taken)
            first += len(taken)

    def _batch(self, first: int, quoted: list[QuotedRow]) -> TableBatch:
        width = len(self._columns)
        errors: list[RowError] = []
        rows: list[list[str]] = []
        for number, (row, problem) in enumerate(quoted, first):
            if problem == OPEN_QUOTE:
                errors.append(RowError(number, OPEN_QUOTE, "not closed, so its line is read as it stands"))
            if problem == LONG_RECORD:
                errors.append(RowError(number, LONG_RECORD, f"more than {self._longest:,} characters"))
            elif len(row) != width and width > 1:
                detail = f"{len(row)} fields where the header has {width}"
                errors.append(RowError(number, RAGGED_ROW, detail))
            rows.append(row if len(row) == width else self._fitted(row))
        arrays = [self._array(values, first, errors) for values in zip(*rows, strict=True)]
        data = pa.RecordBatch.from_arrays(arrays, schema=self.schema)
        return TableBatch(first, data, tuple(sorted(errors, key=lambda e: e.row)))

    def _fitted(self, row: list[str]) -> list[str]:
        width = len(self._columns)
        if len(row) < width:
            return row + [""] * (width - len(row))
        return [*row[: width - 1], self._delimiter.join(row[width - 1 :])]

    def _array(self, values: Sequence[str], first: int, errors: list[RowError]) -> pa.Array:
        try:
            return pa.array(values, pa.string())
        except UnicodeEncodeError:
            pass
        whole: list[str] = []
        for position, value in enumerate(values):
            text = mended(value)
            if text != value:
                errors.append(RowError(first + position, BROKEN_UTF8, "read as Windows-1252"))
            whole.append(text)
        return pa.array(whole, pa.string())


def detect_delimiter(beginning: str, usual: str) -> str:
    """Return the delimiter of a header: the one that stands there most often, else the usual one.

    The header is the first line that names columns of an address, else the first one.
    """
    lines = [line for line in itertools.islice(beginning.splitlines(), _LINES_LOOKED_AT) if line.strip()]
    likely = [_most_frequent_delimiter(line, usual) for line in lines]
    named = (
        delimiter
        for line, delimiter in zip(lines, likely, strict=True)
        if names_columns(line.replace('"', "").split(delimiter))
    )
    return next(named, likely[0] if likely else usual)


def _most_frequent_delimiter(line: str, usual: str) -> str:
    bare = "".join(part for position, part in enumerate(line.split('"')) if position % 2 == 0)
    most = max(bare.count(delimiter) for delimiter in DELIMITERS)
    if most == 0 or bare.count(usual) == most:
        return usual
    return next(delimiter for delimiter in DELIMITERS if bare.count(delimiter) == most)


def _stated_delimiter(beginning: str) -> str:
    """Return the delimiter that the first line states, empty where it states none."""
    first = next(iter(beginning.splitlines()), "")
    return m[1] if (m := _STATED.fullmatch(first)) else ""


def _first_rows(beginning: str, delimiter: str, *, stated: bool, longest: int) -> list[list[str]]:
    """Return the rows at the beginning of a file that have any fields."""
    lines = bounded_lines(io.StringIO(beginning, newline=""), longest)
    if stated:
        next(lines)
    rows = quoted_rows(lines, delimiter=delimiter, name="", longest=longest)
    return [row.fields for row in itertools.islice(rows, _LINES_LOOKED_AT) if row.fields]
