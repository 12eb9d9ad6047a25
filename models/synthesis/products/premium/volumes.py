"""The zipped volumes of a supply of AddressBase Premium."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import islice
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from address_match.models.synthesis.products.defects import Defect, with_defects
from address_match.models.synthesis.products.premium.record import HEADER, METADATA, TRAILER, Record, written

ROWS_OF_A_VOLUME = 1_000_000
_TIME = "09:00:00"


@dataclass(frozen=True, slots=True)
class Edition:
    """What the header of each volume says of a supply."""

    day: date
    is_change_only: bool

    @property
    def name(self) -> str:
        """Return the name that all volumes begin with."""
        return f"AddressBasePremium_{'COU' if self.is_change_only else 'FULL'}_{self.day.isoformat()}"


def write_volumes(
    folder: Path,
    edition: Edition,
    records: Iterator[tuple[str, Record]],
    *,
    rows: int = ROWS_OF_A_VOLUME,
    defects: Collection[Defect] = (),
) -> int:
    """Write records behind their change types, at most so many rows a volume; return the number of volumes.

    Volumes of the edition that are there are replaced. The bytes are the same for the same records.
    """
    folder.mkdir(parents=True, exist_ok=True)
    for volume in folder.glob(f"{edition.name}_*_csv.zip"):
        volume.unlink()
    numbered = enumerate(with_defects(records, defects), 1)
    number, taken = 0, list(islice(numbered, rows))
    while taken or not number:
        number += 1
        following = list(islice(numbered, rows))
        lines = [
            written(record.identifier, change, place, *record.fields) for place, (change, record) in taken
        ]
        if not (number == 2 and Defect.MISSING_VOLUME in defects):
            count = len(lines) + (not following and Defect.WRONG_COUNT in defects)
            _write_volume(folder, edition, number, lines, count, is_last=not following)
        taken = following
    return number


def _write_volume(
    folder: Path, edition: Edition, number: int, lines: list[str], count: int, *, is_last: bool
) -> None:
    day, name = edition.day, f"{edition.name}_{number:03d}"
    file_type = "C" if edition.is_change_only else "F"
    header = written(HEADER, "Synthetic Country", 9999, day, number, day, _TIME, "2.1", file_type)
    metadata = written(
        METADATA, "Synthetic gazetteer", "Made up", "None", "", "Nobody", "E", "Synthetic Country",
        0, 9999, "British National Grid", "Metres", day, "AddressBase Premium Classification Scheme",
        day, "BIL", "UTF-8",
    )  # fmt: skip
    trailer = written(TRAILER, 0 if is_last else number + 1, count, day, _TIME)
    with ZipFile(folder / f"{name}_csv.zip", "w") as archive:
        member = ZipInfo(f"{name}.csv")  # of a fixed date
        member.compress_type = ZIP_DEFLATED
        archive.writestr(member, "".join((header, metadata, *lines, trailer)), compresslevel=1)
