"""Keys are made, listed and revoked by commands, and shown once."""

import json
from pathlib import Path

import pytest

from address_match.service.cli import main
from tests.service.cli.conftest import Run


@pytest.fixture
def keys(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("ADDRESS_MATCH_KEYS", str(tmp_path / "keys.json"))
    monkeypatch.setenv("ADDRESS_MATCH_REGISTRY", str(tmp_path / "registry"))
    return tmp_path / "keys.json"


def shown(capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    assert main(["keys", *arguments]) == 0
    return capsys.readouterr().out


def test_a_key_is_printed_once_and_alone(keys: Path, capsys: pytest.CaptureFixture[str]) -> None:
    sent = shown(capsys, "add", "census").strip()
    assert sent.startswith("amk_")
    assert sent not in shown(capsys, "list") + shown(capsys, "list", "--json") + keys.read_text()


def test_keys_are_listed_with_their_last_use(keys: Path, capsys: pytest.CaptureFixture[str]) -> None:
    shown(capsys, "add", "watch", "--role", "operator", "--rate", "5", "--at-once", "2")
    key = json.loads(shown(capsys, "list", "--json"))["keys"][0]
    assert (key["name"], key["role"], key["last_use"], key["revoked"]) == ("watch", "operator", "", "")
    keys.with_name("keys.json.used").write_text(json.dumps({key["id"]: "2026-02-03"}))
    listed = shown(capsys, "list")
    assert "2026-02-03" in listed
    assert "5 a second, 2 at once" in listed
    assert "digest" not in key


@pytest.mark.parametrize("by", ["name", "id"])
def test_a_key_is_revoked_by_its_name_or_id(keys: Path, capsys: pytest.CaptureFixture[str], by: str) -> None:
    shown(capsys, "add", "census")
    key = json.loads(shown(capsys, "list", "--json"))["keys"][0]
    assert shown(capsys, "revoke", key[by]) == f"the key {key['id']} of census is revoked\n"
    assert main(["keys", "revoke", key[by]]) == 2


def test_a_list_of_no_keys_says_so(keys: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert not keys.exists()
    assert shown(capsys, "list") == "there are no keys\n"


@pytest.mark.parametrize("more", [["--host", "0.0.0.0"], ["--keys", "none.json"]])  # noqa: S104 - what is to be guarded
def test_a_service_that_nothing_would_guard_is_not_started(
    run: Run, index: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, more: list[str]
) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    done = run("serve", "--index", index, "--port", "0", *more)
    assert done.returncode == 2
    assert "make one with `address-match keys add NAME`" in done.stderr
