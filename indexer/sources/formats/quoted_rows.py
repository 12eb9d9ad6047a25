"""Rows of delimited text, of which one may open a quote and not close it."""

import csv
from collections import deque
from collections.abc import Iterator
from typing import NamedTuple

from address_match.indexer.errors import SourceError
from address_match.indexer.sources.table_batch import LONG_RECORD, OPEN_QUOTE

_MOST_LINES = 100
"""A row over more lines than this has a quote that is never closed, and would swallow the rows after it."""


class QuotedRow(NamedTuple):
    """A row as its quotes split it."""

    fields: list[str]
    problem: str = ""
    """`OPEN_QUOTE`: a quote was opened and not closed, so the row is its line as it stands, and the next line is the
    next row. `LONG_RECORD`: the row is longer than a record may be, and nothing of it was kept. Empty for a sound one.
    """


def quoted_rows(
    lines: Iterator[str | None], *, delimiter: str, name: str, longest: int
) -> Iterator[QuotedRow]:
    """Yield the rows of lines in order; quoted fields may hold delimiters and, over 100 lines at most, line breaks.

    `lines` are of `text_stream.bounded_lines`: None stands for one that is too long. A row of several lines has at most
    `longest` characters. The time grows with the number of lines, however many of them open a quote. Raises SourceError
    with the number of the line for bytes that are none of the encoding.
    """
    csv.field_size_limit(max(longest, csv.field_size_limit()))
    of_row = _LinesOfRow(lines, longest)
    while not of_row.ended:
        reader = csv.reader(of_row, delimiter=delimiter)
        while (row := _next_row(reader, of_row, name)) is not None and not _quote_is_open(of_row, delimiter):
            of_row.begin()
            yield QuotedRow(row)
        if row is not None:
            first = of_row.read[0]
            as_it_stands = csv.reader([first], delimiter=delimiter, quoting=csv.QUOTE_NONE)
            yield QuotedRow(next(as_it_stands, []), OPEN_QUOTE)
            of_row.read_again_after_the_first()
        elif of_row.pass_over_long_line():
            yield QuotedRow([], LONG_RECORD)


class _LinesOfRow:
    """Lines on their way into rows; those of the row that is being read are kept, so that they can be read again."""

    def __init__(self, lines: Iterator[str | None], longest: int) -> None:
        self._lines = lines
        self._longest = longest
        self._again: deque[str | None] = deque()
        self._size = 0
        self.number = 0
        """Of the last line that was given out, counted from 1."""
        self.read: list[str] = []
        """Lines of the row so far."""
        self.broken_off = False
        """Whether lines ended, or were too many or too long, before their row did."""
        self.ended = False
        """Whether every line was given out."""

    def __iter__(self) -> "_LinesOfRow":
        return self

    def __next__(self) -> str:
        if len(self.read) > _MOST_LINES or self._size > self._longest:
            self.broken_off = True
            raise StopIteration
        line = self._again.popleft() if self._again else next(self._lines, "")
        if not line:
            if line is None:
                self._again.appendleft(None)
            self.ended = line == "" and not self.read
            self.broken_off = bool(self.read)
            raise StopIteration
        self.number += 1
        self._size += len(line)
        self.read.append(line)
        return line

    def begin(self) -> None:
        """Forget the lines of a row that is read."""
        self.read.clear()
        self._size = 0

    def read_again_after_the_first(self) -> None:
        """Give the lines of the row out once more, except for its first."""
        again = self.read[1:]
        self._again.extendleft(reversed(again))
        self.number -= len(again)
        self.read = []
        self._size = 0
        self.broken_off = False

    def pass_over_long_line(self) -> bool:
        """Leave the next line out where it is too long, and return whether it was."""
        if not self._again or self._again[0] is not None:
            return False
        self._again.popleft()
        self.number += 1
        return True


def _quote_is_open(lines: _LinesOfRow, delimiter: str) -> bool:
    """Return whether a row went over its line by mistake: it never ended, or where it ended a field goes on."""
    if lines.broken_off or len(lines.read) == 1:
        return lines.broken_off
    try:
        deque(csv.reader(lines.read, delimiter=delimiter, strict=True), maxlen=0)
    except csv.Error:
        return True
    return False


def _next_row(reader: Iterator[list[str]], lines: _LinesOfRow, name: str) -> list[str] | None:
    try:
        return next(reader, None)
    except csv.Error as error:
        raise SourceError(f"{name}, line {lines.number}: {error}") from error
    except UnicodeError as error:
        raise SourceError(
            f"{name}, line {lines.number + 1}: {error.reason if isinstance(error, UnicodeDecodeError) else error}; name its encoding"
        ) from error
