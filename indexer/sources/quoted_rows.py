"""Rows of delimited text, of which one may open a quote and not close it."""

import csv
import itertools
from collections import deque
from collections.abc import Iterator
from typing import NamedTuple

from address_match.indexer.errors import SourceError

_LONGEST_FIELD = 1 << 24
_MOST_LINES = 100
"""A row over more lines than this has a quote that is never closed, and would swallow the rows after it."""


class QuotedRow(NamedTuple):
    """A row as its quotes split it."""

    fields: list[str]
    open_quote: bool
    """Whether a quote was opened and not closed: the row is its line as it stands, and the next line is the next row."""


def quoted_rows(text: Iterator[str], *, delimiter: str, name: str) -> Iterator[QuotedRow]:
    """Yield the rows of lines in order; quoted fields may hold delimiters and, over 100 lines at most, line breaks.

    Raises SourceError with the number of the line for a field of more than 16,777,216 characters and for bytes that are
    none of the encoding.
    """
    csv.field_size_limit(_LONGEST_FIELD)
    lines = _Lines(text)
    while True:
        reader = csv.reader(lines, delimiter=delimiter)
        while (row := _next_row(reader, lines, name)) is not None and not _quote_is_open(lines, delimiter):
            lines.of_row.clear()
            yield QuotedRow(row, open_quote=False)
        if row is None:
            return
        first = lines.of_row[0]
        yield QuotedRow(
            next(csv.reader([first], delimiter=delimiter, quoting=csv.QUOTE_NONE), []), open_quote=True
        )
        lines.read_again_after_the_first()


class _Lines:
    """Lines on their way into rows; those of the row that is being read are kept."""

    def __init__(self, text: Iterator[str]) -> None:
        self._text = text
        self.number = 0
        """Of the last line that was given out, counted from 1."""
        self.of_row: list[str] = []
        self.broken_off = False
        """Whether lines ended, or were too many, before their row did."""

    def __iter__(self) -> "_Lines":
        return self

    def __next__(self) -> str:
        line = next(self._text, None) if len(self.of_row) <= _MOST_LINES else None
        if line is None:
            self.broken_off = bool(self.of_row)
            raise StopIteration
        self.number += 1
        self.of_row.append(line)
        return line

    def read_again_after_the_first(self) -> None:
        """Give the lines of the row out once more, but for its first."""
        again = self.of_row[1:]
        self._text = itertools.chain(again, self._text)
        self.number -= len(again)
        self.of_row = []
        self.broken_off = False


def _quote_is_open(lines: _Lines, delimiter: str) -> bool:
    """Return whether a row went over its line by mistake: it never ended, or where it ended a field goes on."""
    if lines.broken_off or len(lines.of_row) == 1:
        return lines.broken_off
    try:
        deque(csv.reader(lines.of_row, delimiter=delimiter, strict=True), maxlen=0)
    except csv.Error:
        return True
    return False


def _next_row(reader: Iterator[list[str]], lines: _Lines, name: str) -> list[str] | None:
    try:
        return next(reader, None)
    except csv.Error as error:
        raise SourceError(f"{name}, line {lines.number}: {error}; is a quote left open?") from error
    except UnicodeError as error:
        raise SourceError(f"{name}, line {lines.number + 1}: {error}; name its encoding") from error
