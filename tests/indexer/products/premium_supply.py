"""Supplies of AddressBase Premium of a few records, written column by name."""

from collections.abc import Sequence
from pathlib import Path

from address_match.indexer.products.premium.record_types import RECORD_TYPES
from address_match.indexer.reference.reference_source import ReferenceSource, open_reference

_TYPES = {kind.name: kind for kind in RECORD_TYPES}
SCHEME = "AddressBase Premium Classification Scheme"
STREET = {"usrn": 7, "street_description": "MILL LANE", "town_name": "OSTWICK", "language": "ENG"}


def record(name: str, **columns: object) -> str:
    """A line of a volume; columns that are not named are empty."""
    kind = _TYPES[name]
    filled = {"record_identifier": kind.identifier, "change_type": '"I"', "pro_order": 1, **columns}
    return ",".join(str(filled.get(column, "")) for column in kind.columns)


def house(uprn: object = 100, **columns: object) -> str:
    """A BLPU in use."""
    return record("blpu", **{"uprn": uprn, "logical_status": 1, "blpu_state": 2, "country": "E", **columns})


def lpi(uprn: object = 100, **columns: object) -> str:
    """An approved LPI in Mill Lane."""
    return record("lpi", **{"uprn": uprn, "usrn": 7, "language": "ENG", "logical_status": 1, **columns})


def volume(
    records: Sequence[str],
    *,
    number: int = 1,
    following: int = 0,
    count: int | None = None,
    version: str = "2.1",
    file_type: str = "F",
) -> str:
    header = f'10,"Made up",9999,2026-01-05,{number},2026-01-05,09:00:00,"{version}","{file_type}"'
    trailer = f"99,{following},{len(records) if count is None else count},2026-01-05,09:00:00"
    return "\r\n".join((header, '29,"metadata"', *records, trailer, ""))


def write_supply(folder: Path, *volumes: str) -> Path:
    folder.mkdir(exist_ok=True)
    for number, text in enumerate(volumes, 1):
        (folder / f"supply_{number:03d}.csv").write_text(text, encoding="utf-8", newline="")
    return folder


def source(folder: Path, *records: str) -> ReferenceSource:
    """The reference of one volume that holds some records, and Mill Lane."""
    street = record("street_descriptor", **STREET)
    return open_reference(write_supply(folder / "supply", volume([street, *records])))


def rows(folder: Path, *records: str) -> list[dict[str, object]]:
    return [row for batch in source(folder, *records).batches(100) for row in batch.to_pylist()]


def texts(folder: Path, *records: str) -> list[tuple[object, object]]:
    """Kind and address of each text of some records."""
    return [(row["text_kind"], row["address"]) for row in rows(folder, *records)]
