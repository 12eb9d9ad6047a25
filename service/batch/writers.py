"""Row writers by format; every one takes column-wise batches and writes UTF-8."""

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
import pyarrow.parquet as pq

from service.batch.columns import CANDIDATES, NUMERIC_COLUMNS
from service.errors import UsageError

FORMATS = {
    ".csv": "csv",
    ".tsv": "tsv",
    ".txt": "tsv",
    ".parquet": "parquet",
    ".ndjson": "ndjson",
    ".jsonl": "ndjson",
}
STANDARD_STREAM = "-"


class RowWriter(Protocol):
    """Writes rows in their order."""

    def write(self, columns: Sequence[Sequence[object]]) -> None:
        """Append rows, given as the values of each column."""
        ...

    def close(self) -> None:
        """Finish the file."""
        ...


def format_of(path: str) -> str:
    """Name the format of an output by its suffix; raise `UsageError` for an unknown one.

    >>> format_of("answers.csv.gz"), format_of("-")
    ('csv', 'csv')
    """
    if path == STANDARD_STREAM:
        return "csv"
    name = path.lower().removesuffix(".gz")
    suffix = Path(name).suffix
    if suffix not in FORMATS or (suffix == ".parquet" and path.lower().endswith(".gz")):
        raise UsageError(f"the output {path!r} has no known suffix; use one of {', '.join(FORMATS)} or -")
    return FORMATS[suffix]


@contextmanager
def open_writer(path: Path | None, file_format: str, names: Sequence[str]) -> Iterator[RowWriter]:
    """Open a writer of rows with the named columns to `path`, or to standard output where it is None."""
    if file_format == "parquet":
        if path is None:
            raise UsageError("Parquet cannot be written to standard output; name a file with --out")
        writer: RowWriter = ParquetRows(path, names)
        try:
            yield writer
        finally:
            writer.close()
        return
    with _text_stream(path) as stream:
        writer = (
            JsonRows(stream, names) if file_format == "ndjson" else DelimitedRows(stream, names, file_format)
        )
        yield writer
        writer.close()


@contextmanager
def _text_stream(path: Path | None) -> Iterator[IO[str]]:
    if path is None:
        yield sys.stdout
        sys.stdout.flush()
        return
    if ".gz." in path.name or path.name.endswith(".gz"):
        with gzip.open(path, "wt", encoding="utf-8", newline="", compresslevel=6) as stream:
            yield stream
        return
    with path.open("w", encoding="utf-8", newline="") as plain:
        yield plain


class DelimitedRows:
    """CSV with commas or TSV with tabs, quoted where needed."""

    def __init__(self, stream: IO[str], names: Sequence[str], file_format: str) -> None:
        self._writer = csv.writer(
            stream, delimiter="\t" if file_format == "tsv" else ",", lineterminator="\n"
        )
        self._writer.writerow(names)

    def write(self, columns: Sequence[Sequence[object]]) -> None:
        """Append rows; None is written as nothing."""
        self._writer.writerows(zip(*columns, strict=True))

    def close(self) -> None:
        """Leave the stream to its owner."""


class JsonRows:
    """One JSON object a line; candidates are a list, not a text that holds one."""

    def __init__(self, stream: IO[str], names: Sequence[str]) -> None:
        self._stream = stream
        self._names = tuple(names)

    def write(self, columns: Sequence[Sequence[object]]) -> None:
        """Append rows."""
        lines = io.StringIO()
        for row in zip(*columns, strict=True):
            values = dict(zip(self._names, row, strict=True))
            if CANDIDATES in values:
                values[CANDIDATES] = json.loads(str(values[CANDIDATES]))
            lines.write(json.dumps(values, ensure_ascii=False, default=str))
            lines.write("\n")
        self._stream.write(lines.getvalue())

    def close(self) -> None:
        """Leave the stream to its owner."""


class ParquetRows:
    """Parquet with text columns, but for the probabilities, which are doubles."""

    def __init__(self, path: Path, names: Sequence[str]) -> None:
        self._schema = pa.schema(
            [pa.field(n, pa.float64() if n in NUMERIC_COLUMNS else pa.string()) for n in names]
        )
        self._writer = pq.ParquetWriter(path, self._schema, compression="zstd")

    def write(self, columns: Sequence[Sequence[object]]) -> None:
        """Append rows as one row group."""
        arrays = [
            pa.array(column if field.type != pa.string() else [_text(v) for v in column], type=field.type)
            for column, field in zip(columns, self._schema, strict=True)
        ]
        self._writer.write_table(pa.Table.from_arrays(arrays, schema=self._schema))

    def close(self) -> None:
        """Write the footer."""
        self._writer.close()


def _text(value: object) -> str | None:
    return value if value is None or isinstance(value, str) else str(value)
