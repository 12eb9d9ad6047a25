"""One volume of AddressBase Premium, read in blocks of lines, its header and trailer checked."""

import csv
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import BinaryIO

from address_match.indexer.errors import SourceError
from address_match.indexer.products.members import Member
from address_match.indexer.products.premium.record_types import (
    HEADER,
    HEADER_COLUMNS,
    METADATA,
    TRAILER,
    TRAILER_COLUMNS,
)

_BLOCK_BYTES = 1 << 23
_VERSION = "2"
FULL, CHANGE_ONLY = "F", "C"
_UNCOUNTED = (f"{HEADER},".encode(), f"{METADATA},".encode(), f"{TRAILER},".encode())
"""Beginnings of the records that a trailer does not count."""


@dataclass(frozen=True, slots=True)
class VolumeHeader:
    """What the first record of a volume says of it."""

    member: Member
    custodian: str
    number: int
    """Counted from 1; in a supply by tiles no volume has a number of its own."""
    file_type: str
    """`FULL` or `CHANGE_ONLY`."""
    day: str
    """When the supply was made, an ISO date."""


@dataclass(frozen=True, slots=True)
class Block:
    """Neighbouring lines of a volume, without its header."""

    first_line: int
    """Number of its first line in the volume, counted from 1."""
    lines: Sequence[bytes]
    """Without their ends; none is empty but at the end of the volume."""


def is_volume(first_line: bytes) -> bool:
    """Return whether a file whose first line this is is a volume: it begins with a header record."""
    return first_line.startswith(f"{HEADER},".encode()) and len(_fields(first_line)) == len(HEADER_COLUMNS)


def read_header(member: Member, first_line: bytes) -> VolumeHeader:
    """Read the header of a volume; raises SourceError where it has another version or says what no header says."""
    header = dict(zip(HEADER_COLUMNS, _fields(first_line), strict=True))
    if not header["version"].startswith(_VERSION):
        raise SourceError(
            f"{member.name}, line 1: version {header['version']!r} of AddressBase Premium; version {_VERSION} can be read, "
            "which came in 2014"
        )
    if header["file_type"] not in {FULL, CHANGE_ONLY} or not header["volume_number"].isdecimal():
        raise SourceError(
            f"{member.name}, line 1: a header with volume number {header['volume_number']!r} and file type "
            f"{header['file_type']!r}, which is neither {FULL} nor {CHANGE_ONLY}"
        )
    try:
        day = date.fromisoformat(header["process_date"])
    except ValueError as error:
        raise SourceError(
            f"{member.name}, line 1: a header with the process date {header['process_date']!r}, which is no date"
        ) from error
    return VolumeHeader(
        member,
        header["custodian_name"],
        int(header["volume_number"]),
        header["file_type"],
        day.isoformat(),
    )


class Volume:
    """A volume that is read once; `next_volume` and `size` are known when it was read to its end."""

    def __init__(self, header: VolumeHeader) -> None:
        self.header = header
        self.next_volume = 0
        """What the trailer names as the following volume, 0 of the last one and in a supply by tiles."""
        self.size = 0
        """Bytes, unpacked."""

    def blocks(self) -> Iterator[Block]:
        """Yield all lines between header and trailer; raises SourceError where they are not as many as the trailer
        says.
        """
        name = self.header.member.name
        line, records, last, trailer_line = 1, 0, b"", 0
        with self.header.member.opened() as stream:
            self.size += len(stream.readline())
            for lines in self._lines(stream):
                blank = _blank_end(lines)
                if last and lines:
                    raise SourceError(f"{name}, line {line}: a trailer record with more records behind it")
                if lines and lines[-1].startswith(_UNCOUNTED[2]):
                    last, trailer_line = lines.pop(), line + len(lines) + 1
                if lines:
                    yield Block(line + 1, lines)
                records += len(lines) - sum(1 for one in lines if one.startswith(_UNCOUNTED))
                line += len(lines) + blank
        if not last:
            raise SourceError(
                f"{name} ends in line {line:,} without a trailer record: it is cut off; fetch it again"
            )
        self._check_trailer(last, trailer_line, records)

    def _check_trailer(self, last: bytes, line: int, records: int) -> None:
        where = f"{self.header.member.name}, line {line:,}"
        fields = _fields(last)
        trailer = dict(zip(TRAILER_COLUMNS, fields, strict=False))
        following, count = trailer.get("next_volume_number", ""), trailer.get("record_count", "")
        if len(fields) != len(TRAILER_COLUMNS) or not following.isdecimal() or not count.isdecimal():
            raise SourceError(f"{where}: a trailer record that does not say volume and count")
        if int(count) != records:
            raise SourceError(
                f"{where}: the trailer counts {int(count):,} records and the volume has {records:,}; fetch it again"
            )
        self.next_volume = int(following)

    def _lines(self, stream: BinaryIO) -> Iterator[list[bytes]]:
        rest = b""
        while chunk := stream.read(_BLOCK_BYTES):
            self.size += len(chunk)
            lines = (rest + chunk).split(b"\n")
            rest = lines.pop()
            if lines:
                yield lines
        if rest:
            yield [rest]


def _blank_end(lines: list[bytes]) -> int:
    """Take the empty lines from the end of a list, and return how many they were."""
    full = len(lines)
    while lines and not lines[-1].strip():
        lines.pop()
    return full - len(lines)


def _fields(line: bytes) -> list[str]:
    return next(csv.reader([line.decode("utf-8", "replace").strip()]), [])
