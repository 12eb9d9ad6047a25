"""AddressBase Premium of the synthetic country: the full supply of each epoch, and the changes since the one before."""

from collections.abc import Collection, Iterator
from pathlib import Path

from address_match.models.synthesis.products.defects import Defect
from address_match.models.synthesis.products.premium.premises_records import records_of
from address_match.models.synthesis.products.premium.record import Record
from address_match.models.synthesis.products.premium.street_records import street_records
from address_match.models.synthesis.products.premium.volumes import ROWS_OF_A_VOLUME, Edition, write_volumes
from address_match.models.synthesis.products.supply import Supplied, SuppliedStreet, Supply

_INSERT, _UPDATE, _DELETE = "I", "U", "D"


def write_premium(
    supply: Supply, out: Path, *, rows: int = ROWS_OF_A_VOLUME, defects: Collection[Defect] = ()
) -> list[Path]:
    """Write `epoch-N` and, except for the first, `changes-N` into a folder, at most so many rows a volume; return their
    paths.

    The defects stand in the last full supply.
    """
    written: list[Path] = []
    last = supply.epochs.count
    for epoch in range(1, last + 1):
        day = supply.epochs.day(epoch)
        if epoch > 1:
            written.append(out / f"changes-{epoch}")
            edition = Edition(day, is_change_only=True)
            write_volumes(written[-1], edition, changes(supply, epoch), rows=rows)
        written.append(out / f"epoch-{epoch}")
        held = ((_INSERT, record) for record in records(supply, epoch))
        edition = Edition(day, is_change_only=False)
        write_volumes(written[-1], edition, held, rows=rows, defects=defects if epoch == last else ())
    return written


def records(supply: Supply, epoch: int) -> Iterator[Record]:
    """Yield all records of an epoch."""
    for (supplied,) in supply.walk(epoch):
        yield from _records(supplied)


def changes(supply: Supply, epoch: int) -> Iterator[tuple[str, Record]]:
    """Yield what an epoch deletes, updates and inserts, each record behind its change type."""
    for before, after in supply.walk(epoch - 1, epoch):
        old = {(record.identifier, record.key): record for record in _records(before)}
        new = {(record.identifier, record.key): record for record in _records(after)}
        yield from ((_DELETE, record) for key, record in old.items() if key not in new)
        for key, record in new.items():
            if key not in old:
                yield _INSERT, record
            elif record != old[key]:
                yield _UPDATE, record


def _records(supplied: Supplied | None) -> Iterator[Record]:
    if supplied is None:
        return
    if isinstance(supplied, SuppliedStreet):
        yield from street_records(supplied.street, supplied.easting, supplied.northing)
    else:
        yield from records_of(supplied)
