"""Workbooks of XLSX: the rows of one sheet."""

import io
import itertools
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date, datetime
from typing import BinaryIO

import pyarrow as pa
import python_calamine as calamine

from address_match.indexer.errors import SheetChoiceError, SourceError
from address_match.indexer.sources.columns.header import MOST_ROWS_LOOKED_AT, HeaderWanted, find_header
from address_match.indexer.sources.columns.header_names import names_columns, names_premises
from address_match.indexer.sources.formats.workbook_check import refuse_harmful_workbook
from address_match.indexer.sources.table_batch import TableBatch, schema_of_texts

_OLDER = b"\xd0\xcf\x11\xe0"
_PASSWORD = "EncryptedPackage".encode("utf-16-le")


class WorkbookRows:
    """Rows of a sheet as texts: whole numbers whole, dates as ISO; merged cells hold their value once, formulas their
    last one.
    """

    def __init__(self, stream: BinaryIO, *, name: str, sheet: str | None, header: HeaderWanted) -> None:
        """`sheet` is a name or a number counted from 1; unless it is named the first one that has a header of addresses,
        else the first one with rows.

        Raises SourceError for what is no whole workbook, or is protected, where the sheet is missing or empty, and where
        none is named and several hold addresses: one of them would be half of the rows.
        """
        stored = stream if stream.seekable() else io.BytesIO(stream.read())
        _refuse_other_formats(stored, name)
        refuse_harmful_workbook(stored, name)
        workbook = _opened(stored, name)
        self.sheets = tuple(each.name for each in _sheets_of_rows(workbook))
        """Their names, in the order of the workbook."""
        found = _sheet(workbook, sheet, name)
        self.sheet = found.name
        """The one that is read."""
        rows = found.iter_rows()
        beginning = list(itertools.islice(rows, MOST_ROWS_LOOKED_AT))
        texts = [[cell_text(cell) for cell in row] for row in beginning]
        self.header = find_header(texts, header)
        self._rows = itertools.chain(beginning[self.header.rows :], rows)
        self._width = found.width
        self.rows_total = found.height - self.header.rows
        columns = self.header.columns
        self.schema = schema_of_texts([*columns, *[""] * (self._width - len(columns))][: self._width])
        """Names as the header has them; a column may be without one."""

    def batches(self, rows: int) -> Iterator[TableBatch]:
        """Yield the rows in order; blank ones between others too."""
        first = 1
        while taken := list(itertools.islice(self._rows, rows)):
            columns = [
                pa.array([cell_text(cell) for cell in column], pa.string())
                for column in zip(*taken, strict=True)
            ]
            yield TableBatch(first, pa.RecordBatch.from_arrays(columns, schema=self.schema), ())
            first += len(taken)


def cell_text(cell: object) -> str:
    """Write the value of a cell.

    >>> [cell_text(value) for value in (200001000001.0, 1.5, True, date(2026, 5, 18), "2A")]
    ['200001000001', '1.5', 'TRUE', '2026-05-18', '2A']
    """
    if isinstance(cell, str):
        return cell
    if isinstance(cell, bool):
        return "TRUE" if cell else "FALSE"
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() and abs(cell) < 1e15 else repr(cell)
    if isinstance(cell, datetime) and cell.time() == datetime.min.time():
        return cell.date().isoformat()
    return cell.isoformat() if isinstance(cell, date) else str(cell)


def _refuse_other_formats(stream: BinaryIO, name: str) -> None:
    stream.seek(0)
    beginning = stream.read(1 << 16)
    if beginning.startswith(_OLDER):
        protected = _PASSWORD in beginning + stream.read(1 << 20)
        what = (
            "protected by a password; save it without one"
            if protected
            else "a workbook of before 2007; save it as .xlsx"
        )
        raise SourceError(f"{name} is {what}, or as CSV")
    if not beginning.strip():
        raise SourceError(f"{name} is empty; name a workbook with rows")
    if not beginning.startswith(b"PK"):
        raise SourceError(f"{name} is no workbook; let its suffix say what it is")


def _opened(stream: BinaryIO, name: str) -> calamine.CalamineWorkbook:
    with _translated(name):
        return calamine.CalamineWorkbook.from_filelike(stream)


def _sheets_of_rows(workbook: calamine.CalamineWorkbook) -> list[calamine.SheetMetadata]:
    return [sheet for sheet in workbook.sheets_metadata if sheet.typ == calamine.SheetTypeEnum.WorkSheet]


def _sheet(workbook: calamine.CalamineWorkbook, named: str | None, name: str) -> calamine.CalamineSheet:
    sheets = _sheets_of_rows(workbook)
    names = [sheet.name for sheet in sheets]
    shown = [sheet.name for sheet in sheets if sheet.visible == calamine.SheetVisibleEnum.Visible]
    if not names:
        raise SourceError(f"{name} has no sheet of rows")
    listed = ", ".join(map(repr, names))
    if named is not None:
        sheet = _read(
            workbook, _name_of(named, names, f"{name} has no sheet {named!r}; it has {listed}"), name
        )
        if not sheet.height:
            raise SourceError(f"the sheet {named!r} of {name} is empty; it has {listed}")
        return sheet
    headers: dict[str, tuple[str, ...]] = {}
    for each in names:
        if (sheet := _read(workbook, each, name)).height:
            headers[each] = _header_of(sheet)
    if not headers:
        raise SourceError(f"{name} is empty: none of its sheets, {listed}, has a row")
    addresses = [each for each in shown if names_premises(headers.get(each, ()))]
    if len(addresses) > 1:
        raise SheetChoiceError(
            f"{name} has addresses in its sheets {', '.join(map(repr, addresses))}; name the one that is meant, or put "
            "their rows into one",
            tuple(names),
        )
    chosen = next((each for each in shown if headers.get(each)), next(iter(headers)))
    return _read(workbook, chosen, name)


def _header_of(sheet: calamine.CalamineSheet) -> tuple[str, ...]:
    """Return the header of a sheet, empty where it has none that names columns of an address."""
    rows = [list(map(cell_text, row)) for row in itertools.islice(sheet.iter_rows(), MOST_ROWS_LOOKED_AT)]
    columns = find_header(rows, HeaderWanted()).columns
    return columns if names_columns(columns) else ()


def _name_of(named: str, names: Sequence[str], missing: str) -> str:
    """Return the name of the sheet that a name, or a number counted from 1, means."""
    if named in names:
        return named
    if named.isascii() and named.isdigit() and 1 <= int(named) <= len(names):
        return names[int(named) - 1]
    if found := [each for each in names if each.strip().lower() == named.strip().lower()]:
        return found[0]
    raise SourceError(missing)


def _read(workbook: calamine.CalamineWorkbook, sheet: str, name: str) -> calamine.CalamineSheet:
    with _translated(name):
        return workbook.get_sheet_by_name(sheet)


@contextmanager
def _translated(name: str) -> Iterator[None]:
    """Raise SourceError for what the reader of workbooks raises; its panics are no Exception, and have no class to be
    named by.
    """
    try:
        yield
    except calamine.PasswordError as error:
        raise SourceError(f"{name} is protected by a password; save it without one, or as CSV") from error
    except BaseException as error:
        if not isinstance(error, Exception) and type(error).__name__ != "PanicException":
            raise
        raise SourceError(
            f"{name} cannot be read as a workbook: {error}. Save it anew as .xlsx, or as CSV"
        ) from error
