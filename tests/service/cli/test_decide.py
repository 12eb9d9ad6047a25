"""One person proposes, another approves, and then something is promoted."""

import json
from pathlib import Path

import pytest

from address_match.models.registry import Registry
from address_match.service.cli.program.entry import main
from address_match.service.lifecycle.decisions.promotion_rules import PROMOTION_FILE
from tests.service.lifecycle.decisions.factories import content


@pytest.fixture(autouse=True)
def registry(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Registry:
    """A registry that asks for decisions, and a decision to propose."""
    monkeypatch.setenv("ADDRESS_MATCH_REGISTRY", str(tmp_path))
    monkeypatch.chdir(tmp_path)
    (tmp_path / PROMOTION_FILE).write_text("needs_decision = true\n")
    (tmp_path / "decision.json").write_text(json.dumps(content()))
    return Registry(tmp_path)


def promote(index: Path, *options: str) -> int:
    return main(["model", "promote", "default", str(index), *options])


def test_what_one_proposes_and_another_approves_is_promoted(
    registry: Registry, index: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["decide", "propose", "decision.json", "--by", "A. Owner"]) == 0
    assert capsys.readouterr().out == "D1\n"
    assert promote(index, "--decision", "D1", "--by", "B. Owner") == 1
    assert main(["decide", "approve", "D1", "--by", "B. Owner"]) == 0
    assert promote(index, "--decision", "d1", "--by", "A. Owner") == 1
    assert registry.promotions.in_force() is None
    assert promote(index, "--decision", "d1", "--by", "B. Owner") == 0
    assert promote(index, "--decision", "D1", "--by", "B. Owner") == 1
    assert "D1 was carried out by B. Owner" in capsys.readouterr().err
    assert len(registry.promotions.events()) == 1
    assert main(["audit", "verify"]) == 0


def test_nothing_is_promoted_without_a_decision_where_the_owner_asks_for_one(
    registry: Registry, index: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert promote(index, "--override", "in a hurry") == 1
    assert "address-match decide propose FILE" in capsys.readouterr().err
    assert registry.promotions.in_force() is None


def test_a_decision_may_be_named_where_none_is_asked_for_and_has_to_permit_it(
    registry: Registry, index: Path
) -> None:
    (registry.folder / PROMOTION_FILE).unlink()
    assert main(["decide", "propose", "decision.json", "--by", "A. Owner"]) == 0
    assert promote(index, "--decision", "D1", "--by", "B. Owner") == 1
    assert promote(index) == 0


def test_decisions_are_listed_and_shown(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["decide", "list"]) == 0
    assert capsys.readouterr().out == "nothing was proposed\n"
    assert main(["decide", "propose", "decision.json", "--by", "A. Owner"]) == 0
    assert main(["decide", "approve", "D1", "--by", "B. Owner"]) == 0
    capsys.readouterr()
    assert main(["decide", "list"]) == 0
    assert "recalibrate" in (listed := capsys.readouterr().out)
    assert "B. Owner" in listed
    assert main(["decide", "show", "D1"]) == 0
    assert "cost effectiveness: cheaper than checking by hand" in capsys.readouterr().out
    assert main(["decide", "show", "D1", "--json"]) == 0
    shown = json.loads(capsys.readouterr().out)
    assert (shown["id"], shown["approved"]["by"], shown["carried_out"]) == ("D1", "B. Owner", None)
    assert shown["quality"] == content()["quality"]


def test_nothing_to_propose_is_said_with_the_way_out(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["decide", "propose"]) == 2
    assert "--template" in capsys.readouterr().err


def test_a_template_and_a_schema_are_printed_and_nothing_is_proposed(
    registry: Registry, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["decide", "propose", "--template"]) == 0
    assert 'kind = ""' in capsys.readouterr().out
    assert main(["decide", "propose", "--schema"]) == 0
    assert "review_date" in json.loads(capsys.readouterr().out)["required"]
    assert not (registry.folder / "audit.sqlite").exists()
