"""Rows written as a workbook of XLSX."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import pyarrow as pa
import xlsxwriter
from xlsxwriter.exceptions import XlsxWriterException
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from address_match.service.batch.output.answer_columns import NUMERIC_COLUMNS
from address_match.service.batch.output.written_values import written_values
from address_match.service.errors import UsageError

MOST_ROWS = 1_048_575
"""Of a sheet, its header left out."""
_MOST_COLUMNS = 16_384
_LONGEST = 32_767
"""Characters of a cell."""
_SHEET = "matches"
_BEGINS_A_FORMULA = ("=", "+", "-", "@")
_CREATED = datetime(2000, 1, 1, tzinfo=UTC).replace(tzinfo=None)
"""Of every workbook, so that the same rows are the same bytes."""


class WorkbookRows:
    """One sheet: whatever the input holds is text there, so that no identifier is shown as 2E+11 and nothing is run as
    a formula.
    """

    def __init__(self, sheet: Worksheet, guarded: Format, names: Sequence[str]) -> None:
        self._sheet = sheet
        self._guarded = guarded
        self._rows = 0
        self._names = tuple(names)
        self._write_row(names)

    def write(self, data: pa.RecordBatch, answers: Sequence[Sequence[object]]) -> None:
        """Append rows; raises UsageError for more rows, or more text in a cell, than a sheet can hold."""
        if self._rows - 1 + data.num_rows > MOST_ROWS:
            raise UsageError(
                f"a sheet holds {MOST_ROWS:,} rows, and there are more: write CSV, or match in parts"
            )
        inputs = (written_values(column) for column in data.columns)
        for row in zip(*inputs, *answers, strict=True):
            self._write_row(row)

    def _write_row(self, row: Sequence[object]) -> None:
        for column, value in enumerate(row):
            if isinstance(value, float) and self._names[column] in NUMERIC_COLUMNS:
                self._sheet.write_number(self._rows, column, value)
            elif value is not None:
                self._write_text(column, str(value))
        self._rows += 1

    def _write_text(self, column: int, text: str) -> None:
        if len(text) > _LONGEST:
            raise UsageError(
                f"row {self._rows} has {len(text):,} characters in {self._names[column]}, of which a cell of a workbook holds "
                f"{_LONGEST:,}: write CSV"
            )
        style = self._guarded if text.startswith(_BEGINS_A_FORMULA) else None
        self._sheet.write_string(self._rows, column, text, style)


@contextmanager
def open_workbook(path: Path, names: Sequence[str]) -> Iterator[WorkbookRows]:
    """Open a writer to `path`; what is written lies in temporary files until the end. Raises OSError where there is no
    room.
    """
    if len(names) > _MOST_COLUMNS:
        raise UsageError(f"a sheet holds {_MOST_COLUMNS:,} columns, and there are {len(names):,}: write CSV")
    book = xlsxwriter.Workbook(path, {"constant_memory": True})
    book.set_properties({"created": _CREATED})
    sheet = book.add_worksheet(_SHEET)
    sheet.freeze_panes(1, 0)
    sheet.ignore_errors({"number_stored_as_text": "A1:XFD1048576"})
    try:
        yield WorkbookRows(sheet, book.add_format({"quote_prefix": True}), names)
    finally:
        _close(book)


def _close(book: xlsxwriter.Workbook) -> None:
    try:
        book.close()
    except XlsxWriterException as error:
        raise OSError(str(error)) from error
