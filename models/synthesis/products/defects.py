"""What may be wrong with a supply, planted on request to see that a loader tells it."""

from collections.abc import Collection, Iterator
from dataclasses import replace
from enum import StrEnum

from address_match.models.synthesis.products.premium.record import BLPU, LPI, Field, Record

_NO_PREMISES = 999_999_999_999
_START_DATE, _PARENT = 12, 4
"""Places in the fields of a BLPU."""


class Defect(StrEnum):
    """A fault of a supply, by the name that the command line has for it."""

    MISSING_VOLUME = "missing-volume"
    WRONG_COUNT = "wrong-count"
    UNKNOWN_RECORD = "unknown-record"
    NO_DATE = "no-date"
    LETTERS_IN_UPRN = "letters-in-uprn"
    MISSING_PARENT = "missing-parent"
    OWN_PARENT = "own-parent"


def with_defects(
    records: Iterator[tuple[str, Record]], defects: Collection[Defect]
) -> Iterator[tuple[str, Record]]:
    """Yield records behind their change types, the first that a defect of a record fits having it."""
    planted: set[Defect] = set()
    for change, record in records:
        spoiled = record
        for defect in sorted(set(defects) - planted):
            if (found := _spoiled(record, defect)) is not None:
                planted.add(defect)
                spoiled = found
                break
        yield change, spoiled
        if Defect.UNKNOWN_RECORD in defects and Defect.UNKNOWN_RECORD not in planted:
            planted.add(Defect.UNKNOWN_RECORD)
            yield change, Record(77, "", ("A RECORD OF NO KNOWN TYPE",))


def _spoiled(record: Record, defect: Defect) -> Record | None:
    if record.identifier == LPI and defect is Defect.LETTERS_IN_UPRN:
        return replace(record, fields=("12A4", *record.fields[1:]))
    if record.identifier != BLPU:
        return None
    wrong: dict[Defect, tuple[int, Field]] = {
        Defect.NO_DATE: (_START_DATE, "2026-02-30"),
        Defect.MISSING_PARENT: (_PARENT, _NO_PREMISES),
        Defect.OWN_PARENT: (_PARENT, record.fields[0]),
    }
    if defect not in wrong:
        return None
    place, value = wrong[defect]
    return replace(record, fields=(*record.fields[:place], value, *record.fields[place + 1 :]))
