"""Where a table says what its columns are called: titles may stand above, or there may be no such line."""

from collections.abc import Sequence
from dataclasses import dataclass

from address_match.indexer.sources.address_columns import names_columns

MOST_ROWS_LOOKED_AT = 30


@dataclass(frozen=True, slots=True)
class Header:
    """The names of the columns of a table."""

    columns: tuple[str, ...]
    above: int = 0
    """Rows of a title, which stand above it."""
    rows: int = 1
    """Rows of the file until the first one of data."""


def find_header(beginning: Sequence[Sequence[str]], *, in_file: bool) -> Header:
    """Find the header among the first rows of a table; they must hold one row at least.

    It is the first row, unless a later one names columns of an address and every row above it has fewer filled cells, as titles have.
    Where it is not `in_file`, the columns are called column_1, column_2, ….

    >>> find_header([["Extract of May"], ["id", "address"], ["1", "2 Mill Lane"]], in_file=True)
    Header(columns=('id', 'address'), above=1, rows=2)
    """
    if not in_file:
        return Header(tuple(f"column_{number}" for number in range(1, len(beginning[0]) + 1)), rows=0)
    above = _rows_above(beginning)
    return Header(tuple(column.strip() for column in beginning[above]), above, above + 1)


def _rows_above(beginning: Sequence[Sequence[str]]) -> int:
    most = 0
    for place, row in enumerate(beginning):
        filled = sum(bool(cell.strip()) for cell in row)
        if names_columns(row):
            return place if filled > most else 0
        most = max(most, filled)
    return 0
