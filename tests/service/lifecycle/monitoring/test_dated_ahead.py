"""What a clock that was set back leaves behind is said, and neither judged nor taken for usual."""

from datetime import UTC, datetime
from pathlib import Path

import pyarrow.compute as pc
import pytest

from address_match.service.errors import UsageError
from address_match.service.facts.fact import fact_table
from address_match.service.lifecycle.monitoring.accepted_facts import Acceptance, AcceptedFacts, accept
from address_match.service.lifecycle.monitoring.channel_report import ChannelReport, report_channel
from address_match.service.lifecycle.monitoring.level import Level
from tests.service.lifecycle.monitoring.made_up_facts import some_facts, store_of

AHEAD = int(datetime(2400, 1, 1, tzinfo=UTC).timestamp()) // 60
"""A minute that is yet to come."""
SAID = "answers are dated after now: the clock was set back"


def reported(folder: Path, *parts: list, usual_minute: int = 1) -> ChannelReport:  # type: ignore[type-arg]
    usual = fact_table(some_facts(10_000, minute=usual_minute))
    moment = datetime.now(UTC).isoformat(timespec="seconds")
    reference = AcceptedFacts(usual, Acceptance("file", "A. Owner", "a quiet week", moment, None))
    return report_channel(store_of(folder, *parts), "file", reference)


def test_what_is_answered_now_is_judged_though_other_facts_are_dated_later(tmp_path: Path) -> None:
    ahead = some_facts(1_000, seed=2, minute=AHEAD)
    report = reported(tmp_path, ahead, some_facts(1_000, seed=3, minute=2, accepted=0.6))
    assert (report.level, report.facts) == (Level.WARN, 1_000)
    assert any(SAID in why and why.startswith("1,000 ") for why in report.why)


def test_facts_dated_ahead_are_to_be_looked_at(tmp_path: Path) -> None:
    report = reported(tmp_path, some_facts(1_000, seed=2, minute=AHEAD))
    assert (report.level, report.facts) == (Level.NOTICE, 0)


def test_a_reference_that_ends_ahead_is_not_quiet(tmp_path: Path) -> None:
    report = reported(tmp_path, some_facts(1_000, minute=2), usual_minute=AHEAD)
    assert report.level is Level.NOTICE
    assert report.why[0].startswith("its reference ends at 2400-01-01 00:00, which is yet to come")


def test_without_a_reference_it_is_said_as_well(tmp_path: Path) -> None:
    store = store_of(tmp_path, some_facts(5, minute=AHEAD), some_facts(7))
    report = report_channel(store, "file", None)
    assert report.facts == 7
    assert any(SAID in why for why in report.why)


def test_facts_dated_ahead_are_not_taken_for_usual(tmp_path: Path) -> None:
    named = {"first": None, "last": None, "by": "A", "reason": "b", "target_precision": None}
    store = store_of(tmp_path, some_facts(10_000), some_facts(10_000, minute=AHEAD))
    assert pc.max(accept(store, "file", **named).table.column("moment")).as_py().year == 1970  # type: ignore[arg-type]
    with pytest.raises(UsageError, match="has 0 facts in these days"):
        accept(store_of(tmp_path / "b", some_facts(10_000, minute=AHEAD)), "file", **named)  # type: ignore[arg-type]
