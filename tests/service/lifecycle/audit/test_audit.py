"""An audit takes rows and gives none back."""

import sqlite3
import subprocess
import sys
from contextlib import closing
from multiprocessing import get_context
from pathlib import Path

import pytest

from address_match.service.errors import RunFailedError
from address_match.service.lifecycle.audit.audit import AUDIT_FILE, Audit
from address_match.service.lifecycle.audit.audit_row import BEFORE_THE_FIRST, Act
from address_match.service.lifecycle.audit.chain import check

KILLED = """
import os, sqlite3, sys
audit = sqlite3.connect(sys.argv[1], isolation_level=None)
audit.execute("PRAGMA cache_size = 1")
audit.execute("BEGIN IMMEDIATE")
for number in range(3, 400):
    audit.execute("INSERT INTO audit VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)", [number] + ["x" * 1000] * 8)
os._exit(9)
"""
"""Writes more than fits into memory, and ends before it has written all."""


def enter(folder: Path, count: int) -> None:
    for number in range(count):
        Audit(folder).append(Act.PROMOTE, f"bundle {number}", {"of": count}, by="A. Owner")


def test_rows_come_back_as_they_were_added(tmp_path: Path) -> None:
    first = Audit(tmp_path).append(
        Act.PROMOTE, "mine", {"override": "a trial", "deployment": {"b": 1}}, by="A"
    )
    second = Audit(tmp_path).append(Act.ROLLBACK, "default", {})
    assert Audit(tmp_path).rows() == (first, second)
    assert (first.sequence, first.by, first.previous) == (1, "A", BEFORE_THE_FIRST)
    assert first.details == '{"deployment":{"b":1},"override":"a trial"}'
    assert (second.sequence, second.by, second.previous) == (2, second.account, first.digest)


def test_there_is_no_file_before_the_first_row(tmp_path: Path) -> None:
    assert Audit(tmp_path / "new").rows() == ()
    assert not (tmp_path / "new").exists()


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE audit SET by = 'B. Owner' WHERE sequence = 1",
        "DELETE FROM audit WHERE sequence = 2",
        "INSERT OR REPLACE INTO audit SELECT 1, moment, 'B', account, act, subject, details, previous, digest FROM audit",
    ],
)
def test_the_table_refuses_what_changes_a_row(tmp_path: Path, change: str) -> None:
    enter(tmp_path, 2)
    with (
        closing(sqlite3.connect(tmp_path / AUDIT_FILE)) as connection,
        pytest.raises(sqlite3.IntegrityError, match="the audit keeps its rows"),
    ):
        connection.execute(change)


def test_processes_that_write_at_once_lose_nothing_and_keep_the_chain(tmp_path: Path) -> None:
    context = get_context("spawn")
    writers = [context.Process(target=enter, args=(tmp_path, 20)) for _ in range(3)]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    assert check(Audit(tmp_path)).problem == ""
    assert len(Audit(tmp_path).rows()) == 60


def test_what_a_killed_writer_left_half_done_is_taken_back(tmp_path: Path) -> None:
    enter(tmp_path, 2)
    assert subprocess.run([sys.executable, "-c", KILLED, tmp_path / AUDIT_FILE], check=False).returncode == 9
    assert (tmp_path / f"{AUDIT_FILE}-journal").exists()
    assert check(Audit(tmp_path)).problem == ""
    assert len(Audit(tmp_path).rows()) == 2


def test_a_file_that_is_none_is_told_with_the_way_out_and_nothing_is_written(tmp_path: Path) -> None:
    (tmp_path / AUDIT_FILE).write_text("no database")
    with pytest.raises(RunFailedError, match=r"cannot be read: .* move a damaged file away and keep it"):
        Audit(tmp_path).rows()
    with pytest.raises(RunFailedError, match="cannot be written, and nothing was done"):
        enter(tmp_path, 1)


def test_an_audit_of_a_later_release_is_left_alone(tmp_path: Path) -> None:
    enter(tmp_path, 1)
    with closing(sqlite3.connect(tmp_path / AUDIT_FILE)) as connection:
        connection.execute("PRAGMA user_version = 2")
    with pytest.raises(RunFailedError, match="has format 2, this release writes 1"):
        enter(tmp_path, 1)
