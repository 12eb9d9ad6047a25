"""Row writers by format; each takes the input's rows and the answers' columns, and writes UTF-8."""

import csv
import gzip
import io
import json
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Protocol

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from address_match.indexer.sources.table import FORMAT_OF_SUFFIX
from address_match.service.batch.output.answer_columns import CANDIDATES, EXPLANATION, NUMERIC_COLUMNS
from address_match.service.batch.output.destination import STANDARD_STREAM
from address_match.service.batch.output.written_values import written_values
from address_match.service.errors import UsageError

_READ_ALONE = {".json", ".xlsm"}
WRITTEN_SUFFIXES = tuple(suffix for suffix in FORMAT_OF_SUFFIX if suffix not in _READ_ALONE)
_PACKED = {"parquet": "Parquet", "xlsx": "a workbook"}
_BEGINS_A_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20")
"""By OWASP's list, CSV injection; the last four are the full-width forms."""


class RowWriter(Protocol):
    """Writes rows in their order."""

    def write(self, data: pa.RecordBatch, answers: Sequence[Sequence[object]]) -> None:
        """Append rows: the input's columns, then the answers' columns, one list per column."""
        ...


class NoRows:
    """Writes nothing."""

    def write(self, data: pa.RecordBatch, answers: Sequence[Sequence[object]]) -> None:
        """Pass the rows over."""


def format_of(path: str) -> str:
    """Name the format of an output by its suffix; raise `UsageError` for an unknown one.

    >>> format_of("answers.csv.gz"), format_of("-")
    ('csv', 'csv')
    """
    if path == STANDARD_STREAM:
        return "csv"
    suffix = Path(path.lower().removesuffix(".gz")).suffix
    found = None if suffix in _READ_ALONE else FORMAT_OF_SUFFIX.get(suffix)
    if found is None:
        raise UsageError(
            f"the output {path!r} has the unknown suffix {suffix!r}; use one of {' '.join(WRITTEN_SUFFIXES)}"
        )
    if found in _PACKED and path.lower().endswith(".gz"):
        raise UsageError(
            f"the output {path!r} cannot be packed; {_PACKED[found]} is compressed already: leave .gz out"
        )
    return found


@contextmanager
def open_writer(
    path: Path | None,
    file_format: str,
    inputs: pa.Schema,
    added: Sequence[str],
    *,
    for_spreadsheet: bool = False,
) -> Iterator[RowWriter]:
    """Open a writer to `path`, or to standard output where it is None; the format is that of `format_of`.

    CSV and TSV that are `for_spreadsheet` hold nothing that one would run as a formula.
    """
    if for_spreadsheet and file_format not in {"csv", "tsv"}:
        raise UsageError(f"--spreadsheet is for CSV and TSV; {file_format} runs no formulas: leave it out")
    names = [*inputs.names, *added]
    if file_format == "xlsx":
        from address_match.service.batch.output.workbook_rows import open_workbook

        if path is None:
            raise UsageError("a workbook cannot be written to standard output; name a file with --out")
        with open_workbook(path, names) as workbook:
            yield workbook
        return
    if file_format in {"parquet", "ndjson"} and len(set(names)) < len(names):
        twice = next(n for n in names if names.count(n) > 1)
        raise UsageError(f"the input has two columns {twice!r}; {file_format} cannot hold them: write CSV")
    if file_format == "parquet":
        with (
            _binary_stream(path) as binary,
            pq.ParquetWriter(binary, parquet_schema(inputs, added)) as parquet,
        ):
            yield ParquetRows(parquet)
        return
    with text_stream(path) as stream:
        yield (
            JsonRows(stream, names)
            if file_format == "ndjson"
            else DelimitedRows(stream, names, file_format, for_spreadsheet=for_spreadsheet)
        )


@contextmanager
def _binary_stream(path: Path | None) -> Iterator[IO[bytes]]:
    if path is None:
        raise UsageError("Parquet cannot be written to standard output; name a file with --out")
    with path.open("wb") as stream:
        yield stream


@contextmanager
def text_stream(path: Path | None) -> Iterator[IO[str]]:
    """Open `path` for UTF-8, packed where it ends in .gz, or standard output where it is None."""
    if path is None:
        stream = io.TextIOWrapper(sys.stdout.buffer, encoding="utf-8", newline="", write_through=True)
        try:
            yield stream
        finally:
            stream.detach()
        sys.stdout.buffer.flush()
    elif path.suffix.lower() == ".gz":
        # Neither the time nor the draft's name: the same rows are the same bytes.
        with (
            path.open("wb") as binary,
            gzip.GzipFile("", "wb", compresslevel=6, fileobj=binary, mtime=0) as packed,
            io.TextIOWrapper(packed, encoding="utf-8", newline="") as stream,
        ):
            yield stream
    else:
        with path.open("w", encoding="utf-8", newline="") as plain:
            yield plain


class DelimitedRows:
    """CSV with commas or TSV with tabs, quoted where needed."""

    def __init__(
        self, stream: IO[str], names: Sequence[str], file_format: str, *, for_spreadsheet: bool = False
    ) -> None:
        # Only with this end of line does the module quote a value that holds a carriage return.
        self._writer = csv.writer(
            _LineFeeds(stream), delimiter="\t" if file_format == "tsv" else ",", lineterminator="\r\n"
        )
        self._for_spreadsheet = for_spreadsheet
        self._write([[name] for name in names])

    def write(self, data: pa.RecordBatch, answers: Sequence[Sequence[object]]) -> None:
        """Append rows; None is written as nothing."""
        inputs = (written_values(column) for column in data.columns)
        self._write([*inputs, *answers])

    def _write(self, columns: Sequence[Sequence[object]]) -> None:
        if self._for_spreadsheet:
            columns = [[_guarded(value) for value in column] for column in columns]
        self._writer.writerows(zip(*columns, strict=True))


def _guarded(value: object) -> object:
    """Return a text as a spreadsheet shows it, which would run one that begins as a formula does.

    >>> _guarded("=1+1"), _guarded("1 MILL LANE")
    ("'=1+1", '1 MILL LANE')
    """
    return f"'{value}" if isinstance(value, str) and value.startswith(_BEGINS_A_FORMULA) else value


def unguarded(text: str) -> str:
    """Return the text of a cell that was guarded against spreadsheets.

    >>> unguarded("'=1+1"), unguarded("'tis")
    ('=1+1', "'tis")
    """
    return text[1:] if text.startswith("'") and text[1:].startswith(_BEGINS_A_FORMULA) else text


class _LineFeeds:
    """Ends each row with a line feed alone."""

    def __init__(self, stream: IO[str]) -> None:
        self._stream = stream

    def write(self, row: str) -> int:
        """Write one row that ends with a carriage return and a line feed."""
        return self._stream.write(f"{row[:-2]}\n")


class JsonRows:
    """One JSON object a line; candidates are a list and an explanation an object, not texts that hold them."""

    def __init__(self, stream: IO[str], names: Sequence[str]) -> None:
        self._stream = stream
        self._names = tuple(names)

    def write(self, data: pa.RecordBatch, answers: Sequence[Sequence[object]]) -> None:
        """Append rows; what JSON cannot hold is written as text, a date for one, and a number that is none as null."""
        inputs = (written_values(_finite(column)) for column in data.columns)
        lines: list[str] = []
        for row in zip(*inputs, *answers, strict=True):
            values = dict(zip(self._names, row, strict=True))
            for name in {CANDIDATES, EXPLANATION} & values.keys():
                values[name] = json.loads(str(values[name] or "null"))
            lines.append(json.dumps(values, ensure_ascii=False, default=str))
        self._stream.write("\n".join([*lines, ""]))


def _finite(column: pa.Array) -> pa.Array:
    if pa.types.is_float16(column.type):
        column = column.cast(pa.float32())
    return pc.if_else(pc.is_finite(column), column, None) if pa.types.is_floating(column.type) else column


class ParquetRows:
    """Parquet, in which the input's columns keep their types."""

    def __init__(self, writer: pq.ParquetWriter) -> None:
        self._writer = writer

    def write(self, data: pa.RecordBatch, answers: Sequence[Sequence[object]]) -> None:
        """Append rows as one row group."""
        added = self._writer.schema.types[len(data.columns) :]
        arrays = [pa.array(column, kind) for column, kind in zip(answers, added, strict=True)]
        self._writer.write_table(pa.Table.from_arrays([*data.columns, *arrays], schema=self._writer.schema))


def parquet_schema(inputs: pa.Schema, added: Sequence[str]) -> pa.Schema:
    """Give the input's fields, then texts, except for the probabilities, which are doubles."""
    fields = [pa.field(n, pa.float64() if n in NUMERIC_COLUMNS else pa.string()) for n in added]
    return pa.schema([*(inputs.field(i) for i in range(len(inputs))), *fields])
