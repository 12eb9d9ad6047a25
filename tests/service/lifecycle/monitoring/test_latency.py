"""How long answers take, window by window, and when that is said."""

import json
import re
from pathlib import Path

import pytest
from prometheus_client.parser import text_string_to_metric_families

from address_match.service.cli.program.entry import main
from address_match.service.facts.fact import Fact, fact_table
from address_match.service.lifecycle.monitoring.accepted_facts import accept
from address_match.service.lifecycle.monitoring.latency import Latency, latencies, slow_sentence
from address_match.service.lifecycle.monitoring.level import Level
from address_match.service.lifecycle.monitoring.report import MonitorReport, report_store
from tests.service.lifecycle.monitoring.made_up_facts import some_facts, store_of


def took(facts: list[Fact], milliseconds: float, slowest: float | None = None) -> list[Fact]:
    """Facts that took so long, and each tenth of them as long as the slowest."""
    last = milliseconds if slowest is None else slowest
    return [fact._replace(milliseconds=last if n % 10 == 9 else milliseconds) for n, fact in enumerate(facts)]


def reported(folder: Path, *parts: list[Fact]) -> MonitorReport:
    usual = store_of(folder / "usual", took(some_facts(10_000), 2.0, 8.0))
    accept(usual, "file", first=None, last=None, by="A", reason="b", target_precision=None)
    return report_store(store_of(folder / "facts", *parts), usual)


def window(slowest: float, *, seed: int) -> list[Fact]:
    return took(some_facts(1_000, seed=seed, minute=seed), 2.0, slowest)


def test_half_and_95_of_100_answers_are_told_beside_the_usual() -> None:
    facts = fact_table(took(some_facts(2_500), 3.0, 9.0))
    found = latencies(fact_table(took(some_facts(1_000), 2.0)), facts, 1_000)
    assert found == [Latency(3.0, 9.0, 2.0, 2.0)] * 2


def test_two_slow_windows_running_are_a_notice_and_one_is_none(tmp_path: Path) -> None:
    twice = reported(tmp_path / "twice", window(12.1, seed=2), window(13.0, seed=3))
    assert twice.level is Level.NOTICE
    (why,) = twice.channels[0].why
    assert why.endswith("take up to 12.1, 13.0 ms in the last windows, more than 1.5 times the usual 8.0")
    assert reported(tmp_path / "once", window(8.0, seed=2), window(13.0, seed=3)).level is Level.QUIET
    assert reported(tmp_path / "over", window(13.0, seed=2), window(8.0, seed=3)).level is Level.QUIET


def test_one_and_a_half_times_is_not_yet_slow() -> None:
    assert slow_sentence([Latency(2.0, 12.0, 2.0, 8.0)] * 2) == ""
    assert slow_sentence([Latency(2.0, 12.1, 2.0, 8.0)]) == ""
    assert slow_sentence([Latency(2.0, 99.0, None, None)] * 2) == ""
    assert slow_sentence([None, None]) == ""


def test_a_reference_without_times_and_a_candidate_beside_say_nothing() -> None:
    facts = fact_table(some_facts(1_000))
    assert latencies(facts.drop_columns(["milliseconds"]), facts, 1_000) == [Latency(2.0, 2.0, None, None)]
    beside = fact_table([fact._replace(champion="b") for fact in some_facts(1_000)])
    assert latencies(facts, beside, 1_000) == [None]


def test_line_json_page_and_prometheus_say_it(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    store = store_of(tmp_path / "facts", took(some_facts(10_000), 2.0))
    accept(store, "file", first=None, last=None, by="A", reason="b", target_precision=None)
    store_of(store.folder, window(4.0, seed=2))
    page, values = tmp_path / "page.html", tmp_path / "values.prom"
    report = ["monitor", "report", str(store.folder)]
    assert main([*report, "--html", str(page), "--textfile", str(values)]) == 0
    assert ", half and 95 of 100 of them within 2.0 and 4.0 ms" in capsys.readouterr().out
    assert re.search(r'class="number differs">2\.0 and 4\.0 ms<', page.read_text(encoding="utf-8"))
    families = text_string_to_metric_families(values.read_text(encoding="utf-8"))
    samples = {one.name: one.value for family in families for one in family.samples}
    assert samples["address_match_monitor_latency_p95_seconds"] == pytest.approx(0.004)
    assert main([*report, "--json"]) == 0
    (channel,) = json.loads(capsys.readouterr().out)["channels"]
    latency = {"p50": 2.0, "p95": 4.0, "usual_p50": 2.0, "usual_p95": 2.0}
    assert channel["windows"][0]["latency"] == latency
