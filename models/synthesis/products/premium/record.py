"""A record of AddressBase Premium, and how it is written."""

from dataclasses import dataclass
from datetime import date

Field = str | int | float | date | None
"""Texts are quoted when they are written, numbers and dates are not; None is an empty field."""

HEADER, STREET, STREET_DESCRIPTOR, BLPU, CROSS_REFERENCE, LPI = 10, 11, 15, 21, 23, 24
DELIVERY_POINT, METADATA, SUCCESSOR, ORGANISATION, CLASSIFICATION, TRAILER = 28, 29, 30, 31, 32, 99


@dataclass(frozen=True, slots=True)
class Record:
    """A record without its change type and its place in the volume."""

    identifier: int
    """Which type of record it is: 21 for a BLPU."""
    key: str
    """What tells it from all others of its type; it stays the same from epoch to epoch."""
    fields: tuple[Field, ...]
    """Those that stand behind the change type and the place."""


def written(*fields: Field) -> str:
    """Write fields as a line of a volume, with its end.

    >>> written(21, "I", None, 2.5, 'THE "OLD" MILL').rstrip()
    '21,"I",,2.5,"THE ""OLD"" MILL"'
    """
    return ",".join(map(_written, fields)) + "\r\n"


def _written(field: Field) -> str:
    if field is None:
        return ""
    if isinstance(field, str):
        return '"' + field.replace('"', '""') + '"'
    return field.isoformat() if isinstance(field, date) else str(field)
