"""Whatever is done to an audit by other hands, the first row at fault is named."""

import sqlite3
from contextlib import closing
from dataclasses import astuple, replace
from pathlib import Path

import pytest

from address_match.service.lifecycle.audit.audit import AUDIT_FILE, TRIGGERS, Audit
from address_match.service.lifecycle.audit.audit_row import BEFORE_THE_FIRST, COLUMNS, Act, AuditRow
from address_match.service.lifecycle.audit.chain import broken_row, check


@pytest.fixture
def audit(tmp_path: Path) -> Audit:
    """Five rows."""
    audit = Audit(tmp_path)
    for number in range(1, 6):
        audit.append(Act.PROMOTE, f"bundle {number}", {"reason": "the new epoch"}, by="A. Owner")
    return audit


def tamper(audit: Audit, *changes: str) -> None:
    """Change the table as one who knows SQLite."""
    with closing(sqlite3.connect(audit.path)) as connection:
        for change in (*(f"DROP TRIGGER IF EXISTS {name}" for name in TRIGGERS), *changes):
            connection.execute(change)
        connection.commit()


def test_an_audit_that_nobody_touched_is_whole(audit: Audit) -> None:
    found = check(audit)
    assert (found.rows, found.problem, found.remarks) == (5, "", ())
    assert found.last == audit.rows()[-1].digest
    assert check(audit, noted=audit.rows()[2].digest[:12]).problem == ""


@pytest.mark.parametrize("column", COLUMNS[1:])
def test_a_row_of_which_anything_was_altered_is_named(audit: Audit, column: str) -> None:
    tamper(audit, f"UPDATE audit SET {column} = 'another' WHERE sequence = 3")  # noqa: S608 - of constants
    assert check(audit).problem.startswith("row 3 was altered")


@pytest.mark.parametrize("value", ["x'00ff'", "7"])
def test_what_is_no_text_is_an_alteration_as_well(audit: Audit, value: str) -> None:
    tamper(audit, f"UPDATE audit SET moment = {value} WHERE sequence = 3")  # noqa: S608 - of constants
    assert check(audit).problem.startswith("row 3 was altered")


def test_a_row_that_was_removed_is_named(audit: Audit) -> None:
    tamper(audit, "DELETE FROM audit WHERE sequence = 2")
    assert check(audit).problem == "row 2 is missing: row 3 stands in its place"


def test_a_row_that_was_removed_and_whose_number_was_given_to_the_next_is_named(audit: Audit) -> None:
    tamper(
        audit,
        "DELETE FROM audit WHERE sequence = 2",
        "UPDATE audit SET sequence = sequence - 1 WHERE sequence > 2",
    )
    assert check(audit).problem.startswith("row 2 was altered, or moved")


def test_rows_that_were_removed_from_the_end_are_named_also_after_others_came(audit: Audit) -> None:
    tamper(audit, "DELETE FROM audit WHERE sequence > 3")
    assert check(audit).problem.startswith("row 4 is missing")
    audit.append(Act.ROLLBACK, "default", {})
    assert check(audit).problem == "row 4 is missing: row 6 stands in its place"


def test_a_row_that_was_put_in_is_told_by_the_one_behind_it(audit: Audit) -> None:
    rows = audit.rows()
    foreign = replace(rows[2], subject="another").sealed()
    moved = replace(rows[2], sequence=4).sealed()
    assert broken_row([*rows[:2], foreign, moved]).startswith("row 4 does not go on from row 3")


def test_a_first_row_that_goes_on_from_another_is_none() -> None:
    row = AuditRow(1, "2026-11-29T12:00:00+00:00", "A", "a", "promote", "mine", "{}", "1" * 64).sealed()
    assert row.previous != BEFORE_THE_FIRST
    assert broken_row([row]).startswith("row 1 does not go on from row 0")


def test_rows_written_anew_with_fitting_hashes_are_told_by_a_hash_that_was_noted(audit: Audit) -> None:
    noted = audit.rows()[3].digest
    audit.path.unlink()
    for number in range(1, 6):
        audit.append(Act.PROMOTE, f"bundle {number}", {"reason": "another"}, by="B. Owner")
    assert check(audit).problem == ""
    assert check(audit, noted).problem.startswith(f"no row has the hash {noted}, which was noted")


def test_triggers_that_are_gone_are_named(audit: Audit) -> None:
    tamper(audit)
    assert "what keeps rows as they are was taken out" in check(audit).problem


def test_an_audit_that_is_gone_is_not_whole(tmp_path: Path) -> None:
    assert check(Audit(tmp_path)).problem.startswith("there is no audit in")


def test_a_clock_that_was_set_back_is_no_fault_and_is_told(tmp_path: Path) -> None:
    rows, before = [], BEFORE_THE_FIRST
    audit = Audit(tmp_path)
    audit.append(Act.PROMOTE, "mine", {})
    tamper(audit, "DELETE FROM audit")
    for number, moment in enumerate(("2026-11-29T12:00:00+00:00", "2026-11-28T12:00:00+00:00"), 1):
        rows.append(AuditRow(number, moment, "A", "a", "promote", "mine", "{}", before).sealed())
        before = rows[-1].digest
    with closing(sqlite3.connect(tmp_path / AUDIT_FILE)) as connection:
        connection.executemany("INSERT INTO audit VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)", map(astuple, rows))
        connection.commit()
    found = check(audit)
    assert broken_row(audit.rows()) == ""
    assert found.remarks == (
        "row 2 is dated 2026-11-28T12:00:00+00:00, before row 1 (2026-11-29T12:00:00+00:00): a clock was set back",
    )
