"""CSV and its relatives."""

import csv
import itertools
from collections.abc import Iterator, Sequence
from typing import BinaryIO

import pyarrow as pa

from indexer.errors import SourceError
from indexer.sources.batches import RowError, TableBatch
from indexer.sources.decoding import SampledStream, detect_encoding, mended, open_text

DELIMITERS = (",", ";", "\t", "|")
_LONGEST_FIELD = 1 << 24
_MOST_LINES_A_ROW = 100
"""A row over more lines than this has a quote that is never closed, and would swallow the rows after it."""


class DelimitedRows:
    """Rows of a delimited file; quoted fields may hold delimiters and line breaks."""

    def __init__(
        self, stream: BinaryIO, *, name: str, delimiter: str | None, usual: str, encoding: str | None
    ) -> None:
        self._name = name
        sampled = SampledStream(stream)
        if not sampled.sample.strip():
            raise SourceError(f"{name} is empty; a header line with the names of the columns is needed")
        wide = sampled.sample.startswith((b"\xff\xfe", b"\xfe\xff"))
        if not wide and sampled.sample.count(0) * 100 > len(sampled.sample):
            raise SourceError(f"{name} holds binary data, not rows of text; is its suffix right?")
        encoding = encoding or detect_encoding(sampled.sample, cut=sampled.cut)
        try:
            text = open_text(sampled, encoding)
            beginning = sampled.sample.decode(encoding, "replace")
        except LookupError as error:
            raise SourceError(f"Unknown encoding {encoding!r}; try utf-8 or cp1252") from error
        self._delimiter = delimiter or detect_delimiter(beginning, usual)
        csv.field_size_limit(_LONGEST_FIELD)
        self._rows = csv.reader(text, delimiter=self._delimiter)
        header = next((row for row in self._guarded(self._rows) if row), [])
        self._columns = tuple(mended(column).strip() for column in header)

    @property
    def columns(self) -> tuple[str, ...]:
        """Names as the header has them."""
        return self._columns

    @property
    def schema(self) -> pa.Schema:
        """Strings throughout."""
        return pa.schema([pa.field(name, pa.string()) for name in self._columns])

    def batches(self, rows: int) -> Iterator[TableBatch]:
        """Yield the rows in order; a ragged one is padded, or its overflow joined to its last field, and reported."""
        first = 1
        source = self._guarded(self._rows)
        if len(self._columns) > 1:
            source = filter(None, source)  # an empty line is no row where rows have several fields
        while taken := list(itertools.islice(source, rows)):
            yield self._batch(first, taken)
            first += len(taken)

    def _batch(self, first: int, rows: list[list[str]]) -> TableBatch:
        width = len(self._columns)
        errors: list[RowError] = []
        for position, row in enumerate(rows):
            if len(row) != width:
                if width > 1:
                    detail = f"{len(row)} fields where the header has {width}"
                    errors.append(RowError(first + position, "ragged row", detail))
                rows[position] = self._fitted(row)
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
                errors.append(RowError(first + position, "broken UTF-8", f"read as {text!r}"))
            whole.append(text)
        return pa.array(whole, pa.string())

    def _guarded(self, rows: Iterator[list[str]]) -> Iterator[list[str]]:
        reader = self._rows
        while True:
            before = reader.line_num
            try:
                row = next(rows, None)
            except csv.Error as error:
                raise SourceError(
                    f"{self._name}, line {reader.line_num}: {error}; is a quote left open?"
                ) from error
            except UnicodeError as error:
                raise SourceError(
                    f"{self._name}, line {reader.line_num}: {error}; name its encoding"
                ) from error
            if row is None:
                return
            if reader.line_num - before > _MOST_LINES_A_ROW:
                raise SourceError(
                    f"{self._name}, line {before + 1}: a quote is opened and not closed "
                    f"for {_MOST_LINES_A_ROW} lines; close it, or double it"
                )
            yield row


def detect_delimiter(beginning: str, usual: str) -> str:
    """Tell the delimiter by the header: the one that stands there most often, else the usual one."""
    header = next((line for line in beginning.splitlines() if line.strip()), "")
    bare = "".join(part for position, part in enumerate(header.split('"')) if position % 2 == 0)
    most = max(bare.count(delimiter) for delimiter in DELIMITERS)
    if most == 0 or bare.count(usual) == most:
        return usual
    return next(delimiter for delimiter in DELIMITERS if bare.count(delimiter) == most)
