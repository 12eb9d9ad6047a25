"""Files of rows, whatever their format: read in batches, in order, nothing lost."""

import gzip
import zlib
from collections.abc import Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import BinaryIO, Protocol, cast

import pyarrow as pa

from address_match.indexer.errors import SourceError
from address_match.indexer.sources.columns.header import HeaderWanted
from address_match.indexer.sources.table_batch import RowReader, TableBatch
from address_match.indexer.sources.text_stream import LONGEST_RECORD

FORMAT_OF_SUFFIX = {
    ".csv": "csv",
    ".txt": "csv",
    ".tsv": "tsv",
    ".tab": "tsv",
    ".parquet": "parquet",
    ".pq": "parquet",
    ".ndjson": "ndjson",
    ".jsonl": "ndjson",
    ".json": "json",
    ".geojson": "json",
    ".xlsx": "xlsx",
    ".xlsm": "xlsx",
}
FORMATS = tuple(dict.fromkeys(FORMAT_OF_SUFFIX.values()))
_DAMAGED = (OSError, EOFError, zlib.error, pa.ArrowException, UnicodeDecodeError)
"""What the readers of packed files and of Parquet raise over bytes that are not as they were written."""


@dataclass(frozen=True, slots=True)
class _Written:
    """How the rows of a file are written, as far as that is named."""

    delimiter: str | None
    encoding: str | None
    sheet: str | None
    header: HeaderWanted
    longest: int


@dataclass(frozen=True, slots=True)
class _Opened:
    """A reader, and what it says of the file beforehand."""

    reader: RowReader
    rows_total: int | None = None
    rows_above: int = 0
    sheet: str = ""
    sheets: tuple[str, ...] = ()


class Closable(Protocol):
    """What a table is read from."""

    def close(self) -> None:
        """Give it back; a second time does nothing."""
        ...


class Table(AbstractContextManager["Table"]):
    """An open file of rows; whoever opens it closes it."""

    def __init__(
        self,
        reader: RowReader,
        stream: Closable,
        name: str,
        rows_total: int | None = None,
        rows_above: int = 0,
        sheet: str = "",
        sheets: tuple[str, ...] = (),
    ) -> None:
        self._reader = reader
        self._stream = stream
        self._name = name
        self.rows_total = rows_total
        """Number of rows where the format says it beforehand."""
        self.rows_above = rows_above
        """Rows of a title, which stand above the header and are none of the table."""
        self.sheet = sheet
        """Name of the sheet of a workbook that is read; empty for other formats."""
        self.sheets = sheets
        """Names of all sheets of the workbook, in their order."""

    @property
    def columns(self) -> tuple[str, ...]:
        """Names in the order of the file; a name may stand twice."""
        return tuple(self._reader.schema.names)

    @property
    def schema(self) -> pa.Schema:
        """Types of the columns: strings, except for a Parquet file."""
        return self._reader.schema

    def rows(self, batch: int) -> Iterator[TableBatch]:
        """Yield all rows in order, at most `batch` at once; raises SourceError where the file breaks off."""
        try:
            yield from self._reader.batches(batch)
        except _DAMAGED as error:
            raise SourceError(f"{self._name} cannot be read to its end: {error}") from error

    def close(self) -> None:
        """Close the file."""
        self._stream.close()

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def table_format(path: Path) -> str:
    """Return the format of a file by its suffix, with or without `.gz`; raises SourceError for another one."""
    suffix = Path(path.name[:-3]).suffix if path.suffix.lower() == ".gz" else path.suffix
    found = FORMAT_OF_SUFFIX.get(suffix.lower())
    if found is None:
        known = " ".join(FORMAT_OF_SUFFIX)
        raise SourceError(f"{path} has an unknown suffix {suffix!r}; known are {known}, each also with .gz")
    return found


def open_table(
    source: Path | BinaryIO,
    *,
    format: str | None = None,  # noqa: A002 - the word of the command line and of the documentation
    delimiter: str | None = None,
    encoding: str | None = None,
    sheet: str | None = None,
    header: bool = True,
    layout: str | None = None,
    longest: int = LONGEST_RECORD,
) -> Table:
    """Open a file or a stream (`sys.stdin.buffer`) of rows; what is not named is detected.

    `sheet` is the name or the number of a workbook's, the first with addresses unless it is named. Without `header`, the
    columns of text and of workbooks are called as those of the `layout`, which is recognised unless it is named, or
    column_1, column_2, …. A stream without a format is read as CSV. A record of text of more than `longest` characters
    becomes a row of blanks that is reported, whatever it holds: memory is bounded by that. Raises SourceError when it
    is empty or no table.
    """
    if isinstance(source, Path):
        kind = format or table_format(source)
        name = str(source)
    else:
        kind = format or "csv"
        name = "standard input"
    if kind not in FORMATS:
        raise SourceError(f"Unknown format {kind!r}; known are {', '.join(FORMATS)}")
    if sheet is not None and kind != "xlsx":
        raise SourceError(f"{name} is read as {kind}, which has no sheets; leave the sheet out")
    written = _Written(delimiter, encoding, sheet, HeaderWanted(layout, in_file=header), longest)
    stream = _open_stream(source)
    try:
        opened = _open_reader(kind, stream, name, written)
    except _DAMAGED as error:
        stream.close()
        raise SourceError(f"{name} cannot be read as {kind}: {error}") from error
    except SourceError:
        stream.close()
        raise
    return Table(
        opened.reader,
        stream,
        name,
        opened.rows_total,
        opened.rows_above,
        opened.sheet,
        opened.sheets,
    )


def _open_stream(source: Path | BinaryIO) -> BinaryIO:
    if not isinstance(source, Path):
        return source
    packed = source.suffix.lower() == ".gz"
    try:
        return cast("BinaryIO", gzip.open(source, "rb") if packed else source.open("rb"))
    except OSError as error:
        raise SourceError(f"{source} cannot be opened: {error.strerror}") from error


def _open_reader(kind: str, stream: BinaryIO, name: str, written: _Written) -> _Opened:
    if kind == "parquet":
        from address_match.indexer.sources.formats.parquet import ParquetRows

        parquet = ParquetRows(stream)
        return _Opened(parquet, parquet.rows_total)
    if kind == "xlsx":
        from address_match.indexer.sources.formats.workbook import WorkbookRows

        workbook = WorkbookRows(stream, name=name, sheet=written.sheet, header=written.header)
        return _Opened(workbook, workbook.rows_total, workbook.header.above, workbook.sheet, workbook.sheets)
    if kind in {"ndjson", "json"}:
        from address_match.indexer.sources.formats.ndjson import JsonRows

        return _Opened(JsonRows(stream, name=name, encoding=written.encoding, longest=written.longest))
    from address_match.indexer.sources.formats.delimited import DelimitedRows

    rows = DelimitedRows(
        stream,
        name=name,
        delimiter=written.delimiter,
        usual="\t" if kind == "tsv" else ",",
        encoding=written.encoding,
        header=written.header,
        longest=written.longest,
    )
    return _Opened(rows, rows_above=rows.header.above)
