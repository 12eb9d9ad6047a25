"""The names of columns in one form, by which they are looked up."""

import re
import unicodedata
from collections.abc import Sequence

_ESCAPED = re.compile(r"_x00[0-9a-f]{2}_", re.IGNORECASE)
"""A sign of a name that SharePoint cannot write."""
_WITHIN = ("properties", "attributes", "tags", "fields", "record", "source", "data", "dpa", "lpi")
"""Of objects that hold the fields of a row, and say nothing about them."""
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")


def plain_name(column: str) -> str:
    """Return a column's name in lower case with underscores and without accents: `Address Line 1` is `address_line_1`,
    as is `AddressLine_1`; `Enw Tŷ` is `enw_ty`.
    """
    parted = _CAMEL.sub("_", _ESCAPED.sub("_", column.strip()))
    if not parted.isascii():
        parted = "".join(
            sign for sign in unicodedata.normalize("NFKD", parted) if not unicodedata.combining(sign)
        )
    return re.sub(r"[^0-9a-z]+", "_", parted.lower()).strip("_")


def without_objects(column: str) -> str:
    """Return a column's name without the objects that hold the fields of its row.

    >>> without_objects("_source.lpi.paoText"), without_objects("tags.addr:street"), without_objects("owner.name")
    ('paoText', 'addr:street', 'owner.name')
    """
    head, mark, tail = column.partition(".")
    return without_objects(tail) if mark and plain_name(head) in _WITHIN else column


def column_positions(columns: Sequence[str]) -> dict[str, int]:
    """Return where each plain name stands first in a header."""
    positions: dict[str, int] = {}
    for position, column in enumerate(columns):
        positions.setdefault(plain_name(column), position)
    return positions
