"""Whether an audit is whole: no row altered, removed or put in, as far as its hashes can tell."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from address_match.service.lifecycle.audit.audit import TRIGGERS, Audit
from address_match.service.lifecycle.audit.audit_row import BEFORE_THE_FIRST, AuditRow


@dataclass(frozen=True, slots=True)
class AuditCheck:
    """What was found."""

    rows: int
    last: str
    """Hash of the last row, to be noted elsewhere; empty where there is none."""
    problem: str
    """The first that is wrong, in a sentence; empty where the audit is whole."""
    remarks: tuple[str, ...]
    """What is no fault and should be known."""


def check(audit: Audit, noted: str = "") -> AuditCheck:
    """Look through an audit; `noted` is the hash of a row, or its beginning, that it held once.

    Whoever can write to the file can write it anew from some row on, with hashes that fit: only a hash that was noted
    elsewhere tells. Raises RunFailedError where the audit cannot be read.
    """
    rows = audit.rows()
    problem = (
        _absence(audit)
        or broken_row(rows)
        or _tail(audit, rows)
        or _unguarded(audit)
        or _unknown(rows, noted)
    )
    return AuditCheck(len(rows), rows[-1].digest if rows else "", problem, tuple(_set_back(rows)))


def broken_row(rows: Sequence[AuditRow]) -> str:
    """Name the first row that is not as it was written, or not where it was; empty where there is none."""
    before = BEFORE_THE_FIRST
    for number, row in enumerate(rows, 1):
        if row.sequence != number:
            return f"row {number} is missing: row {row.sequence} stands in its place"
        if row.sealed().digest != row.digest:
            return f"row {number} was altered, or moved: its content has another hash than it had"
        if row.previous != before:
            return f"row {number} does not go on from row {number - 1}: one of the two was put in or altered afterwards"
        before = row.digest
    return ""


def _absence(audit: Audit) -> str:
    return (
        ""
        if audit.path.exists()
        else f"there is no audit in {audit.path.parent}: nothing was done yet, or it was taken away"
    )


def _tail(audit: Audit, rows: Sequence[AuditRow]) -> str:
    """Tell rows that are gone from the end by the highest number that SQLite gave."""
    given = audit.given()
    if given == len(rows):
        return ""
    return f"row {len(rows) + 1} is missing, which was the last or stood before it: {given} rows were written"


def _unguarded(audit: Audit) -> str:
    gone = sorted(set(TRIGGERS) - audit.triggers())
    return f"what keeps rows as they are was taken out of the table: {', '.join(gone)}" if gone else ""


def _unknown(rows: Sequence[AuditRow], noted: str) -> str:
    if not noted or any(row.digest.startswith(noted) for row in rows):
        return ""
    return f"no row has the hash {noted}, which was noted: rows from that one on were written anew"


def _set_back(rows: Sequence[AuditRow]) -> list[str]:
    return [
        f"row {row.sequence} is dated {row.moment}, before row {earlier.sequence} ({earlier.moment}): a clock was set back"
        for earlier, row in pairwise(rows)
        if row.moment < earlier.moment
    ]
