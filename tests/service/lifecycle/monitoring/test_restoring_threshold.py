"""Where a decision is demanded, the threshold that restores the target is proposed."""

import json
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pytest

from address_match.service.cli.program.entry import main
from address_match.service.facts.fact import fact_table
from address_match.service.lifecycle.monitoring.accepted_facts import accept
from address_match.service.lifecycle.monitoring.expected_precision import expected_precision
from address_match.service.lifecycle.monitoring.restoring_threshold import restoring_threshold
from tests.service.facts.kept_facts import a_fact
from tests.service.lifecycle.monitoring.made_up_facts import some_facts, store_of


def matched(*counts: tuple[float, int]) -> pa.Table:
    """Matched facts, so many of each probability."""
    return fact_table(
        [
            a_fact(status="matched", reason="", probability=probability, absent_probability=0.0)
            for probability, count in counts
            for _ in range(count)
        ]
    )


def test_the_unsure_are_left_out_until_nothing_would_be_demanded() -> None:
    facts = matched((0.95, 200), (0.99, 300), (0.998, 700))
    found = restoring_threshold(facts, 0.99)
    assert found is not None
    assert found.threshold == 0.998
    assert found.kept == pytest.approx(700 / 1_200)
    kept = facts.filter(pc.greater_equal(facts.column("probability"), found.threshold))
    left = expected_precision(kept)
    assert left is not None
    assert left.demand_low >= 0.99


def test_as_many_stay_matched_as_can() -> None:
    found = restoring_threshold(matched((0.9, 100), (0.99, 300), (0.999, 800)), 0.985)
    assert found is not None
    assert found.threshold == 0.99


def test_where_more_than_half_would_be_lost_there_is_none() -> None:
    assert restoring_threshold(matched((0.95, 700), (0.999, 300)), 0.99) is None
    assert restoring_threshold(matched((0.95, 1_000)), 0.99) is None


def test_of_facts_without_a_match_there_is_none() -> None:
    assert restoring_threshold(fact_table([a_fact()] * 10), 0.9) is None


def test_the_report_proposes_it_with_the_demand(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    store = store_of(tmp_path, some_facts(10_000))
    accept(store, "file", first=None, last=None, by="A", reason="b", target_precision=0.97)
    store_of(tmp_path, some_facts(2_500, seed=2, minute=2, unsure=0.4))
    assert main(["monitor", "report", str(tmp_path), "--json"]) == 5
    (channel,) = json.loads(capsys.readouterr().out)["channels"]
    assert channel["restoring"] == {"threshold": 0.99, "kept": pytest.approx(0.6, abs=0.05)}
    assert any(why.startswith("from a threshold of 0.99 on it is expected again") for why in channel["why"])


def test_nothing_is_proposed_where_nothing_is_demanded(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    store = store_of(tmp_path, some_facts(10_000))
    accept(store, "file", first=None, last=None, by="A", reason="b", target_precision=0.9)
    store_of(tmp_path, some_facts(2_000, seed=2, minute=2))
    assert main(["monitor", "report", str(tmp_path), "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["channels"][0]["restoring"] is None
