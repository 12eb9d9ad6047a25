"""What is done to a registry is in its audit, and the commands show and verify it."""

import json
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from address_match.service.cli.program.entry import main
from address_match.service.lifecycle.audit.audit import AUDIT_FILE, TRIGGERS


@pytest.fixture(autouse=True)
def registry(tmp_path: Path, index: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A registry in which something was promoted twice and taken back once, and a key given out."""
    monkeypatch.setenv("ADDRESS_MATCH_REGISTRY", str(tmp_path))
    monkeypatch.setenv("ADDRESS_MATCH_KEYS", str(tmp_path / "keys.json"))
    assert main(["model", "promote", "default", str(index), "--by", "A. Owner"]) == 0
    assert main(["model", "promote", "default", str(index), "--by", "B.  Owner"]) == 0
    assert main(["model", "rollback", "--reason", "a trial"]) == 0
    assert main(["keys", "add", "census", "--by", "A. Owner"]) == 0
    assert main(["keys", "revoke", "census"]) == 0
    return tmp_path


def exported(capsys: pytest.CaptureFixture[str]) -> list[dict[str, object]]:
    capsys.readouterr()
    assert main(["audit", "export"]) == 0
    return [json.loads(line) for line in capsys.readouterr().out.splitlines()]


def test_each_act_has_a_row_with_who_did_it(capsys: pytest.CaptureFixture[str]) -> None:
    rows = exported(capsys)
    account = rows[0]["account"]
    assert [(row["by"], row["act"], row["subject"]) for row in rows] == [
        ("A. Owner", "promote", "default"),
        ("B. Owner", "promote", "default"),
        (account, "rollback", "default"),
        ("A. Owner", "key-add", "census"),
        (account, "key-revoke", "census"),
    ]
    assert isinstance(rows[2]["details"], dict)
    assert rows[2]["details"]["reason"] == "a trial"


def test_no_row_holds_a_key(registry: Path, capsys: pytest.CaptureFixture[str]) -> None:
    capsys.readouterr()
    assert main(["keys", "add", "survey"]) == 0
    secret = capsys.readouterr().out.strip().rpartition("_")[2]
    assert secret not in json.dumps(exported(capsys))
    kept = json.loads((registry / "keys.json").read_text())["keys"][-1]["digest"]
    assert kept not in json.dumps(exported(capsys))


def test_what_is_refused_is_in_no_row(index: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["keys", "revoke", "nobody"]) == 2
    assert main(["model", "promote", "no such bundle", str(index)]) == 1
    assert main(["model", "rollback"]) == 1
    assert len(exported(capsys)) == 5


def test_the_list_shows_who_did_what_and_why(capsys: pytest.CaptureFixture[str]) -> None:
    capsys.readouterr()
    assert main(["audit", "list"]) == 0
    said = capsys.readouterr().out
    assert "A. Owner" in said
    assert "reason: a trial" in said


def test_a_whole_audit_is_verified_with_its_last_hash(capsys: pytest.CaptureFixture[str]) -> None:
    last = exported(capsys)[-1]["digest"]
    assert main(["audit", "verify"]) == 0
    assert capsys.readouterr().out == f"whole, 5 rows; the last has the hash {last}\n"
    assert main(["audit", "verify", "--noted", str(last)[:12]]) == 0
    assert main(["audit", "verify", "--noted", "0" * 12]) == 1


def test_an_altered_row_is_named(registry: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with closing(sqlite3.connect(registry / AUDIT_FILE)) as connection:
        for name in TRIGGERS:
            connection.execute(f"DROP TRIGGER {name}")
        connection.execute("UPDATE audit SET by = 'C. Owner' WHERE sequence = 2")
        connection.commit()
    assert main(["audit", "verify"]) == 1
    assert "row 2 was altered" in capsys.readouterr().err


def test_what_was_put_in_force_beside_the_commands_is_told(
    registry: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    promotions = registry / "promotions.json"
    promotions.write_text(promotions.read_text().replace("g000001", "g000009"))
    assert main(["audit", "verify"]) == 1
    assert "what is in force is not what row 3 put in force" in capsys.readouterr().err


def test_nothing_is_promoted_where_the_audit_cannot_be_written(
    registry: Path, index: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = (registry / "promotions.json").read_text()
    (registry / AUDIT_FILE).write_text("no database")
    assert main(["model", "promote", "default", str(index)]) == 1
    assert main(["keys", "add", "survey"]) == 1
    assert "nothing was done" in capsys.readouterr().err
    assert (registry / "promotions.json").read_text() == before
    assert "survey" not in (registry / "keys.json").read_text()
