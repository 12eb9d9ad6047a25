"""What the names in a header are: whether a row is one at all, and what is said of them in messages."""

import re
from collections import Counter
from collections.abc import Collection, Sequence

from address_match.indexer.sources.columns.address_columns import detect_address_columns
from address_match.indexer.sources.columns.plain_names import column_positions, plain_name

_DATA = re.compile(
    r"^(?![1-6](?:st|nd|rd|th)[ _](?:line|address))[0-9]"  # an identifier, or a house number; not `1st line of address`
    r"|[0-9][A-Za-z]?,? +[A-Za-z]"  # FLAT 2 MILL HOUSE
    r"|[A-Za-z]{1,2}[0-9][0-9A-Za-z]? *[0-9][A-Za-z]{2}$"  # a postcode
    r"|.{41}"
)
"""What stands in a row of a table of addresses and in no column's name."""


def names_columns(row: Sequence[str]) -> bool:
    """Return whether a row is a header that names a column of an address, or the identifier; most cells of data would
    say it is none.

    >>> names_columns(["UPRN", "Site"]), names_columns(["Extract of May"]), names_columns(["12", "Mill Lane", "Leeds"])
    (True, False, False)
    """
    cells = [cell.strip() for cell in row if cell.strip()]
    if 2 * sum(bool(_DATA.search(cell)) for cell in cells) >= len(cells):
        return False
    found = detect_address_columns(cells)
    return bool(found.address or found.postcode) or "uprn" in column_positions(cells)


def names_premises(columns: Sequence[str]) -> bool:
    """Return whether a header names columns that tell one premises from the next.

    >>> names_premises(["Ref", "Address"]), names_premises(["Ward", "Town", "Postcode"]), names_premises([])
    (True, False, False)
    """
    found = detect_address_columns(columns)
    return bool(found.address) and found.names_more_than_places


def describe_header(columns: Sequence[str]) -> str:
    """Say for a message which columns there are; a first line that may be a row of data is not repeated.

    >>> describe_header(["uprn", "Address line 1"]), describe_header(["MILL LANE", "ZE1 4QT"])[:37]
    ('it has uprn, Address line 1', 'its first line looks like a row of da')
    """
    if any(_DATA.search(column.strip()) for column in columns):
        return (
            "its first line looks like a row of data: put a line with the names of the columns before it, or say that there is none "
            "(--no-header, or header = false under [file] of a mapping)"
        )
    return f"it has {', '.join(columns)}"


def column_namesakes(columns: Sequence[str], used: Collection[int]) -> str:
    """Return which of the columns used, positions of a header, is not the only one of its name; empty where all are."""
    count = Counter(plain_name(column) for column in columns)
    for position in sorted(used):
        if columns[position].strip() and (times := count[plain_name(columns[position])]) > 1:
            return f"{times} columns {columns[position]!r}: rename all but the one that is meant"
    return ""
