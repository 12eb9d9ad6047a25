"""Aliases are set, listed and removed by commands, and named where a bundle is."""

import json
from pathlib import Path

import pytest

from address_match.service.cli.program.entry import main


@pytest.fixture(autouse=True)
def registry(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("ADDRESS_MATCH_REGISTRY", str(tmp_path / "registry"))
    return tmp_path / "registry"


def test_an_alias_is_set_listed_and_removed(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["model", "alias", "set", "@challenger", "default"]) == 0
    assert main(["model", "alias", "list"]) == 0
    assert capsys.readouterr().out == "@challenger: default\n" * 2
    assert main(["model", "list", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["aliases"] == {"challenger": "default"}
    assert main(["model", "list"]) == 0
    assert "@challenger: default\n" in capsys.readouterr().out
    assert main(["model", "alias", "remove", "challenger"]) == 0
    assert main(["model", "alias", "remove", "challenger"]) == 1


def test_a_challenger_is_promoted_under_its_own_name(index: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["model", "alias", "set", "challenger", "default"]) == 0
    assert main(["model", "promote", "@challenger", str(index)]) == 0
    capsys.readouterr()
    assert main(["model", "alias", "list"]) == 0
    assert capsys.readouterr().out == "@challenger: default\n@champion: default\n"


def test_an_alias_of_nothing_is_refused(registry: Path) -> None:
    assert main(["model", "alias", "set", "challenger", "no such bundle"]) == 1
    assert main(["model", "show", "@challenger"]) == 1
    assert not registry.exists()
