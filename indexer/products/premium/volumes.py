"""The volumes of a supply of AddressBase Premium: all of them, each once, of one kind."""

import re
from collections.abc import Sequence
from datetime import date

from address_match.indexer.errors import SourceError
from address_match.indexer.products.members import Member
from address_match.indexer.products.premium.volume import (
    CHANGE_ONLY,
    FULL,
    Volume,
    VolumeHeader,
    is_volume,
    read_header,
)

_WAY_OUT = {
    FULL: "a volume of a full supply; build an index of it: address-match index build",
    CHANGE_ONLY: "a volume of changes; build an index of the full supply of an epoch, and update it: address-match index update",
}
_MOST_DAYS = 14
"""Between the days on which the volumes of one supply were made."""
_BEGUN_RECORD = re.compile(rb"[0-9]{2},")


def volumes_of(members: Sequence[Member], file_type: str = FULL) -> list[Volume]:
    """Return the volumes among the files of a delivery in their order, empty where it is none of AddressBase Premium.

    Raises SourceError where a volume is missing or stands twice, or the supply is of another type than `file_type`.
    """
    first_lines = {member: member.first_line() for member in members}
    headers = [read_header(member, line) for member, line in first_lines.items() if is_volume(line)]
    for member, line in first_lines.items():
        if headers and _BEGUN_RECORD.match(line) and not is_volume(line):
            raise SourceError(
                f"{member.name}, line 1: records without a header before them; fetch the volume again"
            )
    for header in headers:
        if header.file_type != file_type:
            raise SourceError(f"{header.member.name} is {_WAY_OUT[header.file_type]}")
        if header.custodian != headers[0].custodian:
            raise SourceError(
                f"{header.member.name} is of {header.custodian}, {headers[0].member.name} of {headers[0].custodian}; "
                "name the volumes of one supply"
            )
    if headers:
        _refuse_epochs(headers)
    if not _is_by_tiles(headers):
        _refuse_gaps(headers)
    return [Volume(header) for header in sorted(headers, key=lambda h: (h.number, h.member.name))]


def refuse_broken_chain(volumes: Sequence[Volume]) -> None:
    """Raise SourceError where the trailer of a volume that was read names another one than the next of them."""
    if _is_by_tiles([volume.header for volume in volumes]) and len(volumes) > 1:
        expected = [0] * len(volumes)
    else:
        expected = [*(volume.header.number for volume in volumes[1:]), 0]
    for volume, following in zip(volumes, expected, strict=True):
        if volume.next_volume != following:
            raise SourceError(
                f"{volume.header.member.name} names volume {volume.next_volume} as the next, which is not there "
                "or not the only one of its number; name all volumes of one supply, each once"
            )


def _is_by_tiles(headers: Sequence[VolumeHeader]) -> bool:
    """Return whether each volume is a tile of its own, without a number."""
    return all(header.number <= 1 for header in headers)


def _refuse_epochs(headers: Sequence[VolumeHeader]) -> None:
    """Refuse volumes of several epochs, which are six weeks apart; those of one may be made on several days."""
    first, last = (choose(headers, key=lambda header: header.day) for choose in (min, max))
    if (date.fromisoformat(last.day) - date.fromisoformat(first.day)).days > _MOST_DAYS:
        raise SourceError(
            f"{first.member.place} is of {first.day} and {last.member.place} of {last.day}: they are of different epochs; name "
            "the volumes of one supply, and of changes one epoch after the other"
        )


def _refuse_gaps(headers: Sequence[VolumeHeader]) -> None:
    seen: dict[int, str] = {}
    for header in headers:
        if header.number in seen:
            raise SourceError(
                f"{seen[header.number]} and {header.member.place} are both volume {header.number}; name each once"
            )
        seen[header.number] = header.member.place
    missing = sorted(set(range(1, max(seen) + 1)) - set(seen))
    if missing:
        listed = ", ".join(map(str, missing[:20]))
        raise SourceError(f"Volume {listed} is missing of the {max(seen)} of this supply; fetch all volumes")
