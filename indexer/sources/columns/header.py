"""Where a table says what its columns are called: titles may stand above, or there may be no such line."""

from collections.abc import Sequence
from dataclasses import dataclass

from address_match.indexer.errors import SourceError
from address_match.indexer.sources.columns.address_owners import with_groups
from address_match.indexer.sources.columns.header_names import names_columns
from address_match.indexer.sources.layouts.layout import Layout, layout_without_header, named_layout

MOST_ROWS_LOOKED_AT = 30


@dataclass(frozen=True, slots=True)
class HeaderWanted:
    """What is known of the header of a table before it is looked at."""

    layout: str | None = None
    """Name of the layout that the table is of."""
    in_file: bool = True
    """Whether it has a header."""


@dataclass(frozen=True, slots=True)
class Header:
    """The names of the columns of a table."""

    columns: tuple[str, ...]
    above: int = 0
    """Rows of a title, which stand above it."""
    rows: int = 1
    """Rows of the file until the first one of data."""


def find_header(beginning: Sequence[Sequence[str]], wanted: HeaderWanted) -> Header:
    """Find the header among the first rows of a table; they must hold one row at least.

    It is the first row, unless a later one names columns of an address and every row above it has fewer filled cells,
    as titles and the names of groups of columns have; of whose address a group is, its columns then say. A table without a header has the columns of the layout that is named, or that its rows look like,
    else column_1, column_2, …. Raises SourceError where the layout that is named has another number of columns.

    >>> find_header([["Extract of May"], ["id", "address"], ["1", "2 Mill Lane"]], HeaderWanted())
    Header(columns=('id', 'address'), above=1, rows=2)
    """
    first = beginning[0]
    above = _rows_above(beginning)
    if not wanted.in_file or (above == 0 and not names_columns(first)):
        layout = layout_without_header(first) if wanted.layout is None else named_layout(wanted.layout)
        columns = _columns_of(layout, len(first), asked=not wanted.in_file and wanted.layout is not None)
        if columns:
            return Header(columns, rows=0)
    if not wanted.in_file:
        return Header(tuple(f"column_{number}" for number in range(1, len(first) + 1)), rows=0)
    columns = tuple(column.strip() for column in beginning[above])
    if above and _is_grouped(beginning[above - 1], columns):
        columns = with_groups(columns, beginning[above - 1])
    return Header(columns, above, above + 1)


def _columns_of(layout: Layout | None, width: int, *, asked: bool) -> tuple[str, ...]:
    """Return the columns of a layout without a header that has so many; none where it has another number of them, which
    is refused if asked for.
    """
    known = layout.without_header.columns if layout is not None and layout.without_header is not None else ()
    if len(known) == width:
        return known
    if asked and layout is not None:
        how = f"{len(known)} columns" if known else "always a header"
        raise SourceError(f"The layout {layout.name} has {how}, and the first row has {width} cells")
    return ()


def _rows_above(beginning: Sequence[Sequence[str]]) -> int:
    most = 0
    for place, row in enumerate(beginning):
        filled = sum(bool(cell.strip()) for cell in row)
        if names_columns(row):
            return _below_groups(beginning, place) if filled > most else 0
        most = max(most, filled)
    return 0


def _below_groups(beginning: Sequence[Sequence[str]], place: int) -> int:
    """Return the place of a header, or of the next row where the header names groups of columns in cells that were merged,
    and that row the columns.
    """
    row, following = (*beginning[place : place + 2], ())[:2]
    return place + 1 if _is_grouped(row, following) and names_columns(following) else place


def _is_grouped(row: Sequence[str], following: Sequence[str]) -> bool:
    """Return whether a row leaves cells empty, and fills fewer of them than the one that follows it."""
    filled, below = (sum(bool(cell.strip()) for cell in cells) for cells in (row, following))
    return filled < below and any(not cell.strip() for cell in row[:-1])
