"""A decision says all that is to be said, or is none."""

import json
import tomllib
from pathlib import Path
from typing import Any, get_args

import pytest

from address_match.service.errors import UsageError
from address_match.service.lifecycle.decisions.model_decision import (
    DecisionScope,
    ModelDecision,
    read_decision,
)
from address_match.service.lifecycle.decisions.template import decision_template
from address_match.service.lifecycle.model_runs.scope import FROM_LABELS, Scope
from address_match.service.lifecycle.monitoring.report import report_store
from tests.service.lifecycle.decisions.factories import content, decision
from tests.service.lifecycle.monitoring.made_up_facts import some_facts, store_of


def refused(path: Path, changed: dict[str, Any]) -> str:
    path.write_text(json.dumps(changed), encoding="utf-8")
    with pytest.raises(UsageError) as error:
        read_decision(path)
    return str(error.value)


def test_a_decision_is_read_from_json_and_toml_alike(tmp_path: Path) -> None:
    (tmp_path / "d.json").write_text(json.dumps(content()), encoding="utf-8")
    top = [
        f"{name} = {json.dumps(value)}" for name, value in content().items() if not isinstance(value, dict)
    ]
    tables = [
        f"[{name}]\n" + "\n".join(f"{key} = {json.dumps(one)}" for key, one in content()[name].items())
        for name in ("finding", "quality")
    ]
    (tmp_path / "d.toml").write_text("\n".join([*top, *tables]), encoding="utf-8")
    assert read_decision(tmp_path / "d.json") == read_decision(tmp_path / "d.toml") == decision()


@pytest.mark.parametrize(
    "name", ["kind", "reason", "effect_on_series", "cost", "review_date", "finding", "quality"]
)
def test_nothing_may_be_left_out(tmp_path: Path, name: str) -> None:
    changed = content()
    del changed[name]
    assert f"{name}: Field required" in refused(tmp_path / "d.json", changed)


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"kind": "pray"}, "kind: Input should be 'nothing', 'recalibrate'"),
        ({"reason": "  "}, "reason: String should have at least 1 character"),
        ({"kind": "retrain"}, "scope is named with kind retrain, and only with it"),
        ({"scope": "ranker"}, "scope is named with kind retrain, and only with it"),
        ({"review_date": "soon"}, "review_date: Input should be a valid date"),
        ({"approved_by": "A. Owner"}, "approved_by: Extra inputs are not permitted"),
        ({"quality": {"accuracy": "good"}}, "quality.timeliness: Field required"),
        (
            {"finding": {"level": "warn", "moment": "now", "why": []}},
            "finding.why: Tuple should have at least 1 item",
        ),
    ],
)
def test_what_cannot_be_is_named(tmp_path: Path, changes: dict[str, Any], said: str) -> None:
    assert said in refused(tmp_path / "d.json", content(**changes))


def test_retraining_names_its_scope() -> None:
    assert decision(kind="retrain", scope="ranker").short == "retrain ranker"
    assert decision().short == "recalibrate"


def test_its_scopes_are_those_of_retraining_that_need_more_than_labels() -> None:
    assert [scope.value for scope in Scope if scope not in FROM_LABELS] == list(get_args(DecisionScope))


@pytest.mark.parametrize("text", ["", "{", "[1]", '{"kind": 1'])
def test_a_file_that_is_none_is_refused(tmp_path: Path, text: str) -> None:
    (tmp_path / "d.json").write_text(text)
    with pytest.raises(UsageError):
        read_decision(tmp_path / "d.json")


def test_a_template_asks_for_every_field_and_is_no_decision_before_it_is_filled_in(tmp_path: Path) -> None:
    asked = tomllib.loads(decision_template())
    assert set(asked) == set(ModelDecision.model_fields) - {"scope"}
    assert set(asked["quality"]) == set(content()["quality"])
    (tmp_path / "d.toml").write_text(decision_template(), encoding="utf-8")
    with pytest.raises(UsageError, match="reason: String should have at least 1 character"):
        read_decision(tmp_path / "d.toml")


def test_a_template_takes_the_gravest_finding_of_a_report_or_that_of_a_channel(tmp_path: Path) -> None:
    channels = [
        {"channel": "a", "level": "quiet", "why": []},
        {"channel": 'the "b" file', "level": "act", "why": ["one \\ thing", "another"]},
    ]
    report = tmp_path / "report.json"
    report.write_text(json.dumps({"moment": "2026-11-29T10:00:00+00:00", "channels": channels}))
    assert tomllib.loads(decision_template(report))["finding"] == {
        "channel": 'the "b" file',
        "level": "act",
        "moment": "2026-11-29T10:00:00+00:00",
        "why": ["one \\ thing", "another"],
    }
    assert tomllib.loads(decision_template(report, "a"))["finding"]["why"] == ["nothing differs"]
    with pytest.raises(UsageError, match=r"has no channel 'c'; it has the \"b\" file, a"):
        decision_template(report, "c")


def test_a_report_of_the_monitor_is_taken_as_it_is_written(tmp_path: Path) -> None:
    store = store_of(tmp_path / "facts", some_facts(10), channel="council-a")
    report = report_store(store, store)
    (tmp_path / "report.json").write_text(json.dumps(report.as_json()), encoding="utf-8")
    found = tomllib.loads(decision_template(tmp_path / "report.json"))["finding"]
    assert found == {
        "channel": "council-a",
        "level": "notice",
        "moment": report.moment,
        "why": list(report.channels[0].why),
    }


def test_a_report_that_is_none_is_refused_with_the_command_that_writes_one(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="monitor report STORE --json"):
        decision_template(tmp_path / "none.json")
