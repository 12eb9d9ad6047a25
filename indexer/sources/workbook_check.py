"""Whether a workbook can be read without harm: what its parts unpack to, and what they announce, are bounded.

The reader of workbooks takes room by what a file announces, and for every cell of the rectangle that the filled ones span; where there is
none, it ends the process.
"""

import re
import struct
import zipfile
import zlib
from typing import BinaryIO

from address_match.indexer.errors import SourceError

MOST_UNPACKED_BYTES = 2_000_000_000
MOST_CELLS = 50_000_000
"""Of the rectangle that the filled cells of a sheet span: a full sheet of 47 columns, in some 5 GB of memory."""
_MOST_ROWS, _MOST_COLUMNS = 1 << 20, 1 << 14
_PIECE = 1 << 20
_ATTRIBUTES = rb"""((?:[^<>"']|"[^"]*"|'[^']*')*)"""
_ROW_OR_CELL = re.compile(rb"<(?:\w+:)?(row|c)(?=[\s/>])" + _ATTRIBUTES + rb">")
_PLACE = re.compile(rb"""(?<![\w:])r\s*=\s*["']([^"']*)["']""")
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
        scan = _PartScan(name, part.filename)
        try:
            with archive.open(part) as unpacked:
                while piece := unpacked.read(_PIECE):
                    scan.add(piece)
        except _DAMAGED as error:
            raise SourceError(
                f"{name} is a damaged workbook: its part {part.filename[:80]!r} cannot be unpacked: {error}. Save it anew"
            ) from error
        scan.end()
    stream.seek(0)


class _PartScan:
    """Follows the cells and the announced counts of a part while it is unpacked."""

    def __init__(self, workbook: str, part: str) -> None:
        self._damaged = f"{workbook} is a damaged workbook: its part {part[:80]!r}"
        self._workbook = workbook
        self._rest = b""
        self._row = self._column = 0
        self._rows = [_MOST_ROWS, 0]
        self._columns = [_MOST_COLUMNS, 0]

    def add(self, piece: bytes) -> None:
        """Look at the next bytes; what may be cut within a tag waits for the next ones."""
        text = self._rest + piece
        cut = text.rfind(b"<")
        self._rest = text[cut:] if cut >= 0 else b""
        self._look_at(text[:cut] if cut >= 0 else text)
        if len(self._rest) > 4 * _PIECE:  # of a picture, not of a text
            self._look_at(self._rest)
            self._rest = b""

    def end(self) -> None:
        """Look at what is left; raises SourceError where the cells span too much."""
        self._look_at(self._rest)
        self._refuse_wide()

    def _look_at(self, text: bytes) -> None:
        for m in _ANNOUNCED.finditer(text):
            if not m[1].isdigit() or int(m[1]) > MOST_CELLS:
                raise SourceError(
                    f"{self._damaged} announces {m[1][:20].decode('ascii', 'replace')} texts. Save it anew, or as CSV"
                )
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
