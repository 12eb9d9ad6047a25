"""Made-up workbooks, and parts of them altered."""

import io
import zipfile
from collections.abc import Callable, Mapping, Sequence
from datetime import date

import xlsxwriter

SHEET = "xl/worksheets/sheet1.xml"
STRINGS = "xl/sharedStrings.xml"


def workbook(sheets: Mapping[str, Sequence[Sequence[object]]]) -> bytes:
    """Write sheets of rows; a date is written as spreadsheets do, as a number with a format."""
    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream, {"in_memory": True, "default_date_format": "yyyy-mm-dd"}) as book:
        for name, rows in sheets.items():
            sheet = book.add_worksheet(name)
            for place, row in enumerate(rows):
                for column, value in enumerate(row):
                    if isinstance(value, str):
                        sheet.write_string(place, column, value)
                    elif isinstance(value, date):
                        sheet.write_datetime(place, column, value)
                    elif value is not None:
                        sheet.write(place, column, value)
    return stream.getvalue()


def altered(content: bytes, part: str, alter: Callable[[bytes], bytes]) -> bytes:
    """Write a workbook anew with one of its parts altered."""
    stream = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(content)) as old,
        zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for name in old.namelist():
            new.writestr(name, alter(old.read(name)) if name == part else old.read(name))
    return stream.getvalue()
