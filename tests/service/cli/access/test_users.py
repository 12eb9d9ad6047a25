"""Users are added, listed and removed by commands; their passwords come from standard input, and are shown nowhere."""

import io
import json
from pathlib import Path

import pytest

from address_match.service.cli import main
from address_match.service.lifecycle.audit.audit import Audit

PASSWORD = "seven plain words"  # noqa: S105 - made up


@pytest.fixture
def users(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("ADDRESS_MATCH_USERS", str(tmp_path / "users.json"))
    monkeypatch.setenv("ADDRESS_MATCH_REGISTRY", str(tmp_path / "registry"))
    return tmp_path / "users.json"


def said(monkeypatch: pytest.MonkeyPatch, *arguments: str, given: str = PASSWORD) -> int:
    monkeypatch.setattr("sys.stdin", io.StringIO(f"{given}\n"))
    return main(["users", *arguments])


@pytest.mark.usefixtures("users")
def test_a_user_is_added_listed_and_removed(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    assert said(monkeypatch, "add", "ann", "--role", "labeller", "--role", "owner", "--by", "Olga") == 0
    assert said(monkeypatch, "passwd", "ann", given="another of some words") == 0
    capsys.readouterr()
    assert main(["users", "list", "--json"]) == 0
    [user] = json.loads(capsys.readouterr().out)["users"]
    assert (user["name"], user["roles"]) == ("ann", ["labeller", "owner"])
    assert "password" not in user
    assert main(["users", "remove", "ann"]) == 0
    assert main(["users", "list"]) == 0
    assert capsys.readouterr().out.endswith("there are no users\n")
    rows = Audit(tmp_path / "registry").rows()
    assert [(row.act, row.subject) for row in rows] == [
        ("user-add", "ann"),
        ("user-password", "ann"),
        ("user-remove", "ann"),
    ]
    assert rows[0].by == "Olga"


def test_a_password_is_shown_and_kept_nowhere(
    users: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert said(monkeypatch, "add", "ann") == 0
    shown = capsys.readouterr()
    audit = users.with_name("registry") / "audit.sqlite"
    assert PASSWORD not in shown.out + shown.err + users.read_text()
    assert PASSWORD.encode() not in audit.read_bytes()


def test_a_password_that_cannot_be_adds_nobody(
    users: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert said(monkeypatch, "add", "ann", given="short") == 2
    assert "a password has 12 to 1,000 characters" in capsys.readouterr().err
    assert not users.exists()
