"""Whether a workbook can be read without harm: what its parts unpack to, and what they announce, are bounded.

The reader of workbooks takes room by what a file announces, and for every cell of the rectangle that the filled ones
span; where there is none, it ends the process.
"""

import re
import struct
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from functools import partial
from typing import BinaryIO

from address_match.indexer.errors import SourceError

MOST_UNPACKED_BYTES = 2_000_000_000
MOST_CELLS = 50_000_000
"""Of the rectangle that the filled cells of a sheet span: a full sheet of 47 columns, in some 6 GB of memory."""
_MOST_ROWS, _MOST_COLUMNS = 1 << 20, 1 << 14
_PIECE = 1 << 20
_LONGEST_TAG = 1 << 22
_ATTRIBUTES = rb"""((?:[^<>"']|"[^"]*"|'[^']*')*)"""
_ROW_OR_CELL = re.compile(rb"<(?:\w+:)?(row|c)(?=[\s/>])" + _ATTRIBUTES + rb">")
_PLACE = re.compile(rb"""(?<![\w:])r\s*=\s*["']([^"']*)["']""")
_ANY_CELL = re.compile(rb"<(?:\w+:)?c(?=[\s/>])")
_PLAIN_CELL = re.compile(rb'<c r="([A-Z]{1,3})([0-9]{1,7})"')
_REFERENCE = re.compile(rb"([A-Za-z]{0,5})([0-9]{0,9})")
_ANNOUNCED = re.compile(rb"""uniqueCount\s*=\s*["']([^"']*)["']""")
_SAVE_AS_CSV = "save the sheet as CSV"
_DAMAGED = (
    zipfile.BadZipFile,
    zlib.error,
    struct.error,
    OSError,
    EOFError,
    ValueError,
    NotImplementedError,
    RuntimeError,
    OverflowError,
)
"""What the module of archives raises over bytes that are not as they were written."""


def refuse_harmful_workbook(stream: BinaryIO, name: str, *, most_bytes: int = MOST_UNPACKED_BYTES) -> None:
    """Raise SourceError for what is no whole workbook of XLSX, and for one that could take more memory than there is.

    No reader unpacks more of a part than the size that the archive states, so the sum of these bounds what is unpacked.
    """
    stream.seek(0)
    try:
        archive = zipfile.ZipFile(stream)
    except _DAMAGED as error:
        raise SourceError(
            f"{name} is no whole workbook: {error}. Save it anew as .xlsx, or as CSV"
        ) from error
    parts = [part for part in archive.infolist() if not part.is_dir()]
    names = [part.filename for part in parts]
    if "xl/workbook.xml" not in names:
        raise SourceError(f"{name} is no workbook of XLSX; save it as .xlsx or as CSV")
    if any(part.flag_bits & 1 for part in parts):
        raise SourceError(f"{name} is protected by a password; save it without one, or as CSV")
    if len(set(names)) < len(names):
        raise SourceError(f"{name} is a damaged workbook: a part of it stands twice. Save it anew")
    if sum(part.file_size for part in parts) > most_bytes:
        raise SourceError(
            f"{name} unpacks to more than {most_bytes:,} bytes; {_SAVE_AS_CSV}, or share it out to several"
        )
    for part in parts:
        texts = partial(_texts_of, archive, part, name)
        if not _is_plain_and_small(texts()):
            _refuse_wide_part(texts(), name, part.filename)
    stream.seek(0)


def _texts_of(archive: zipfile.ZipFile, part: zipfile.ZipInfo, name: str) -> Iterator[bytes]:
    """Yield what a part holds, cut before a tag; raises SourceError where it is damaged, or announces more texts than
    are read.
    """
    damaged = f"{name} is a damaged workbook: its part {part.filename[:80]!r}"
    rest = b""
    try:
        with archive.open(part) as unpacked:
            while piece := unpacked.read(_PIECE):
                text = rest + piece
                cut = text.rfind(b"<")
                rest = text[max(cut, 0) :]
                if len(rest) > _LONGEST_TAG:
                    raise SourceError(
                        f"{damaged} has a tag or a text of more than 4 MB. Save it anew, or as CSV"
                    )
                yield _with_few_announced(text[: max(cut, 0)], damaged)
    except _DAMAGED as error:
        raise SourceError(f"{damaged} cannot be unpacked: {error}. Save it anew") from error
    yield _with_few_announced(rest, damaged)


def _with_few_announced(text: bytes, damaged: str) -> bytes:
    for m in _ANNOUNCED.finditer(text):
        if not m[1].isdigit() or int(m[1]) > MOST_CELLS:
            raise SourceError(
                f"{damaged} announces {m[1][:20].decode('ascii', 'replace')} texts. Save it anew, or as CSV"
            )
    return text


def _is_plain_and_small(texts: Iterable[bytes]) -> bool:
    """Return whether every cell says where it stands as programs of spreadsheets write it, and all together, filled or
    not, span little.

    That is true of nearly every workbook, and found out in a quarter of the time.
    """
    columns: set[bytes] = set()
    most = 0
    for text in texts:
        cells = _PLAIN_CELL.findall(text)
        if len(cells) != len(_ANY_CELL.findall(text)):
            return False
        columns.update(column for column, _ in cells)
        most = max(most, *(int(row) for row in {row for _, row in cells}), 0)
    widest = max(map(_column_number, columns), default=0)
    return most <= _MOST_ROWS and widest <= _MOST_COLUMNS and most * widest <= MOST_CELLS


def _refuse_wide_part(texts: Iterable[bytes], name: str, part: str) -> None:
    """Raise SourceError where the filled cells of a part span too much, or stand outside of a sheet."""
    scan = _PartScan(name, part)
    for text in texts:
        scan.add(text)


class _PartScan:
    """Follows the filled cells of a part, whether or not they say where they stand."""

    def __init__(self, workbook: str, part: str) -> None:
        self._damaged = f"{workbook} is a damaged workbook: its part {part[:80]!r}"
        self._workbook = workbook
        self._row = self._column = 0
        self._rows = [_MOST_ROWS, 0]
        self._columns = [_MOST_COLUMNS, 0]

    def add(self, text: bytes) -> None:
        """Look at the next tags; raises SourceError where the cells span too much."""
        for m in _ROW_OR_CELL.finditer(text):
            if m[1] == b"row":
                self._begin_row(m[2])
            else:
                self._add_cell(m[2])
        self._refuse_wide()

    def _begin_row(self, attributes: bytes) -> None:
        _, row = self._place(attributes)
        self._row = row or self._row + 1
        self._column = 0

    def _add_cell(self, attributes: bytes) -> None:
        column, row = self._place(attributes)
        self._column = column or self._column + 1
        self._row = row if column else self._row
        if attributes.endswith(b"/"):  # it has a format and no value
            return
        if not (0 < self._row <= _MOST_ROWS and self._column <= _MOST_COLUMNS):
            raise SourceError(f"{self._damaged} has a cell outside of a sheet. Save it anew, or as CSV")
        self._rows = [min(self._rows[0], self._row), max(self._rows[1], self._row)]
        self._columns = [min(self._columns[0], self._column), max(self._columns[1], self._column)]

    def _place(self, attributes: bytes) -> tuple[int, int]:
        """Return the column and the row that a tag names, each counted from 1; 0 where it names none."""
        named = _PLACE.search(attributes)
        found = _REFERENCE.fullmatch(named[1] if named else b"")
        if found is None:
            raise SourceError(f"{self._damaged} has a cell outside of a sheet. Save it anew, or as CSV")
        return _column_number(found[1]), int(found[2] or b"0")

    def _refuse_wide(self) -> None:
        rows, columns = self._rows[1] - self._rows[0] + 1, self._columns[1] - self._columns[0] + 1
        if self._rows[1] and rows * columns > MOST_CELLS:
            raise SourceError(
                f"{self._workbook} has cells that span {rows:,} rows and {columns:,} columns, {MOST_CELLS:,} cells are read: "
                f"clear those that stand apart from the table, or {_SAVE_AS_CSV}"
            )


def _column_number(letters: bytes) -> int:
    """Return the number of a column, counted from 1: `AB` is 28."""
    number = 0
    for letter in letters.upper():
        number = number * 26 + letter - 64
    return number
