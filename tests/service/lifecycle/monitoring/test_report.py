"""Reports of a store, and what they are made of."""

import json
import re
from pathlib import Path

import pytest

from address_match.service.cli.program.entry import main
from address_match.service.facts.fact import fact_table
from address_match.service.facts.store import FactStore
from address_match.service.lifecycle.monitoring.accepted_facts import Acceptance, AcceptedFacts, accept
from address_match.service.lifecycle.monitoring.channel_report import report_channel
from address_match.service.lifecycle.monitoring.level import Level
from address_match.service.lifecycle.monitoring.report import MonitorReport, line_of, report_store
from tests.service.lifecycle.monitoring.made_up_facts import some_facts, store_of

USUAL = some_facts(10_000)


def accepted(store: FactStore, target: float | None = None) -> None:
    accept(
        store, "file", first=None, last=None, by="A. Owner", reason="a quiet week", target_precision=target
    )


def reported(folder: Path, *parts: list, target: float | None = None) -> MonitorReport:  # type: ignore[type-arg]
    usual = store_of(folder / "usual", USUAL)
    accepted(usual, target)
    return report_store(store_of(folder / "facts", *parts), usual)


def test_a_channel_without_a_reference_is_to_be_looked_at(tmp_path: Path) -> None:
    report = report_store(store := store_of(tmp_path, some_facts(10)), store)
    assert report.level is Level.NOTICE
    assert report.channels[0].why[0].startswith("nothing to compare its 10 facts with")


def test_answers_as_usual_are_quiet(tmp_path: Path) -> None:
    report = reported(tmp_path, some_facts(4_600, seed=2, minute=2))
    assert (report.level, report.channels[0].waiting) == (Level.QUIET, 600)
    assert [window.size for window in report.channels[0].windows] == [1_000] * 4 + [4_000]


def test_fewer_accepted_answers_are_a_warning(tmp_path: Path) -> None:
    report = reported(tmp_path, some_facts(1_000, seed=2, minute=2, accepted=0.7))
    assert report.level is Level.WARN
    said = [why for why in report.channels[0].why if why.startswith("accepted differs in the last 1,000")]
    assert len(said) == 1


def test_more_accepted_answers_are_a_notice_and_twice_running_a_warning(tmp_path: Path) -> None:
    once = reported(tmp_path / "once", some_facts(1_000, seed=2, minute=2, accepted=0.9))
    twice = reported(tmp_path / "twice", some_facts(2_000, seed=2, minute=2, accepted=0.9))
    assert (once.level, twice.level) == (Level.NOTICE, Level.WARN)


def test_a_change_that_is_over_is_quiet_again(tmp_path: Path) -> None:
    changed = some_facts(1_000, seed=2, minute=2, accepted=0.6)
    report = reported(tmp_path, changed, some_facts(1_000, seed=3, minute=3))
    assert [bool(window.differing) for window in report.channels[0].windows] == [True, False]
    assert report.level is Level.QUIET


def test_an_expected_precision_below_the_wanted_one_twice_running_asks_for_a_decision(tmp_path: Path) -> None:
    worse = some_facts(2_000, seed=2, minute=2, unsure=0.5)
    assert reported(tmp_path / "a", worse, target=0.97).level is Level.ACT
    assert reported(tmp_path / "b", worse, target=0.90).level is Level.WARN


def test_a_wide_interval_alone_demands_nothing(tmp_path: Path) -> None:
    report = reported(tmp_path, some_facts(2_000, seed=2, minute=2), target=0.965)
    expected = report.channels[0].windows[1].expected_precision
    assert expected is not None
    assert expected.low < 0.965 < expected.demand_low
    assert report.level is Level.QUIET


def test_another_bundle_is_said(tmp_path: Path) -> None:
    report = reported(tmp_path, some_facts(100, minute=2, bundle="other"))
    assert report.channels[0].why == ("another bundle answers than that of the reference: other",)


def test_a_reference_that_is_old_is_to_be_looked_at(tmp_path: Path) -> None:
    store = store_of(tmp_path, some_facts(1_000, seed=2, minute=2))
    acceptance = Acceptance("file", "A. Owner", "a quiet week", "2026-01-01T00:00:00+00:00", None)
    report = report_channel(store, "file", AcceptedFacts(fact_table(USUAL), acceptance))
    assert report.level is Level.NOTICE
    assert re.fullmatch(r"its reference was accepted \d+ days ago: accept newer days", report.why[0])


def test_a_reference_outlives_the_days_that_it_came_from(tmp_path: Path) -> None:
    store = store_of(tmp_path, USUAL)
    accepted(store)
    day = store.days()[0][0]
    store.forget_before(day.replace(year=day.year + 2), 1)
    report = report_store(store_of(tmp_path, some_facts(1_000, minute=2)), store)
    assert report.channels[0].reference_facts == 10_000


def run(*arguments: str) -> int:
    return main(["monitor", *arguments])


@pytest.fixture
def store(tmp_path: Path) -> FactStore:
    """A store whose first facts were accepted, and whose last 1,000 have changed."""
    store = store_of(tmp_path / "facts", USUAL)
    accept_it = ["--by", "A. Owner", "--reason", "a quiet week"]
    assert run("accept", str(store.folder), "file", *accept_it) == 0
    return store_of(tmp_path / "facts", some_facts(1_000, seed=2, minute=2, accepted=0.7))


def test_the_command_prints_a_line_a_channel_and_exits_by_the_level(
    store: FactStore, capsys: pytest.CaptureFixture[str]
) -> None:
    capsys.readouterr()
    assert run("report", str(store.folder)) == 4
    line = capsys.readouterr().out
    assert line.startswith("file: warn, 1,000 answers since the reference, 7")
    assert " % accepted" in line


def test_what_is_worse_is_said_before_what_is_only_otherwise(tmp_path: Path) -> None:
    report = reported(tmp_path, some_facts(2_000, seed=2, minute=2, accepted=0.6, unsure=0.3))
    said = [why.partition(" ")[0] for why in report.channels[0].why]
    assert {*said[:2]} == {"accepted", "expected_precision"}
    assert len(said) > 3


def test_the_line_gives_the_gravest_reasons_and_counts_the_others(tmp_path: Path) -> None:
    report = reported(tmp_path, some_facts(1_000, seed=2, minute=2, accepted=0.7, bundle="other"))
    (channel,) = report.channels
    assert len(channel.why) > 4
    assert re.match(
        r"accepted differs in the last 1,000 answers: 0\.\d{3} for 0\.\d{3} \(share of the answers",
        channel.why[0],
    )
    said = line_of(channel)
    assert channel.why[2] in said
    assert channel.why[3] not in said
    assert said.endswith(f"; {len(channel.why) - 3} more in the page and --json")


def test_the_report_as_json_says_who_accepted_what_and_each_finding(
    store: FactStore, capsys: pytest.CaptureFixture[str]
) -> None:
    capsys.readouterr()
    run("report", str(store.folder), "--json")
    (channel,) = json.loads(capsys.readouterr().out)["channels"]
    assert (channel["level"], channel["reference"]["by"]) == ("warn", "A. Owner")
    assert {"accepted", "probability", "named"} <= {one["name"] for one in channel["windows"][0]["findings"]}


def test_the_page_needs_no_network_and_escapes_what_people_wrote(tmp_path: Path) -> None:
    store = store_of(tmp_path / "facts", USUAL)
    accept(store, "file", first=None, last=None, by="<b>Owner</b>", reason="a & b", target_precision=None)
    store_of(tmp_path / "facts", some_facts(1_000, minute=2))
    run("report", str(store.folder), "--html", str(tmp_path / "page.html"))
    page = (tmp_path / "page.html").read_text(encoding="utf-8")
    assert "&lt;b&gt;Owner&lt;/b&gt;" in page
    assert "default-src 'none'" in page
    assert not re.search(r"https?://(?!www\.w3\.org/2000/svg\b)|<script|src=", page)


def test_the_page_draws_what_is_accepted_and_what_is_expected_to_be_right(tmp_path: Path) -> None:
    page = reported(tmp_path, some_facts(4_000, seed=2, minute=2)).as_html()
    drawn = re.findall(
        r"<figcaption>(.*?), in windows of ([\d,]+); the dashed line is usual</figcaption><svg", page
    )
    assert [size for _, size in drawn] == ["1,000", "1,000", "4,000", "4,000"]
    assert drawn[0][0] == "share of the answers that are matched"


def test_a_torn_file_is_named(store: FactStore, capsys: pytest.CaptureFixture[str]) -> None:
    torn = next(store.folder.glob("day=*/*/part-*.parquet")).with_name("part-torn-0001.parquet")
    torn.write_bytes(b"PAR1")
    capsys.readouterr()
    run("report", str(store.folder))
    assert "  not read: day=" in capsys.readouterr().out


def test_a_store_without_facts_is_not_quiet(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("report", str(tmp_path)) == 3
    assert capsys.readouterr().out == (
        f"{tmp_path}: notice, it holds no facts; `serve` and `match --record` write them\n"
    )


def test_too_few_facts_are_no_reference(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    store_of(tmp_path, some_facts(9_999))
    assert run("accept", str(tmp_path), "file", "--by", "A", "--reason", "b") == 2
    assert "has 9,999 facts in these days, and a reference needs 10,000" in capsys.readouterr().err


def test_the_answers_of_one_bundle_alone_may_be_accepted(tmp_path: Path) -> None:
    store = store_of(tmp_path, USUAL, some_facts(10_001, seed=2, bundle="0123456789ab"))
    of_bundle = accept(
        store,
        "file",
        first=None,
        last=None,
        by="A",
        reason="b",
        target_precision=None,
        bundle="0123456789abcdef",
    )
    assert len(of_bundle.table) == 10_001


def test_a_bundle_that_answered_too_little_is_named(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    store_of(tmp_path, USUAL)
    assert run("accept", str(tmp_path), "file", "--bundle", "default", "--by", "A", "--reason", "b") == 2
    assert re.search(r"has 0 facts of the bundle [0-9a-f]{12} in these days", capsys.readouterr().err)


def test_a_damaged_reference_is_refused_with_the_way_out(
    store: FactStore, capsys: pytest.CaptureFixture[str]
) -> None:
    (store.folder / "accepted" / "file.parquet").write_bytes(b"PAR1")
    assert run("report", str(store.folder)) == 2
    assert "accept a quiet stretch of the channel anew" in capsys.readouterr().err


def test_a_folder_that_is_no_store_and_a_channel_that_is_none_are_refused(
    store: FactStore, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("report", str(tmp_path / "nowhere")) == 2
    assert run("report", str(store.folder), "--channel", "other") == 2
    assert "has no channel 'other'; it has file" in capsys.readouterr().err
