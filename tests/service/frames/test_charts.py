"""What charts say: their values, and that Vega-Lite's schema holds for them."""

import json
import subprocess
import sys
from dataclasses import replace
from typing import Any

import pytest

from address_match import charts
from address_match.service.errors import UsageError
from address_match.service.evaluation.evaluation_query import EvaluationQuery
from address_match.service.evaluation.findings import Findings, findings_of
from address_match.service.matching.explanation.explanation import Explanation, FieldEvidence
from address_match.service.matching.features.feature import Field
from tests.service.factories import absent, explained, matched


def values(chart: Any) -> list[list[dict[str, Any]]]:
    """The rows of each layer of a chart, as it is written for a browser."""
    written = json.loads(chart.to_json())
    layers = written.get("layer", [written])
    named = [layer.get("data", written.get("data"))["name"] for layer in layers]
    return [written["datasets"][name] for name in named]


@pytest.fixture(scope="module")
def findings() -> Findings:
    truth = ("100", "100", "200", "")
    queries = [EvaluationQuery("1 MILL LANE", frozenset({uprn} - {""}), "") for uprn in truth]
    answers = [matched(), matched(probability=0.95), matched(probability=0.92), absent()]
    return findings_of(queries, answers, [{}, {}, {}, {}])


def test_a_reliability_chart_holds_the_bins_of_the_findings(findings: Findings) -> None:
    drawn = values(charts.reliability(findings))[-1]
    assert [row["queries"] for row in drawn] == [one.queries for one in findings.reliability]
    assert [(row["low"], row["high"]) for row in drawn] == [
        (one.low, one.high) for one in findings.reliability
    ]


def test_a_precision_coverage_chart_holds_every_point(findings: Findings) -> None:
    drawn = values(charts.precision_coverage(findings))[0]
    assert [(row["coverage"], row["precision"]) for row in drawn] == [
        (one.coverage, one.precision) for one in findings.precision_coverage
    ]


@pytest.fixture
def explanation() -> Explanation:
    """An explanation of two pieces of evidence that weigh, and two that hardly do."""
    told = explained("1 MILL LANE", matched())
    weights = {"the start": -4.0, "number 1 agrees": 6.5, "no flat": 0.01, "no floor": 0.02}
    evidence = tuple(FieldEvidence(Field.NUMBER, words, weight, ()) for words, weight in weights.items())
    best = replace(told.candidates[0], evidence=evidence, log_odds=sum(weights.values()))
    return replace(told, candidates=(best,))


def test_the_bars_of_a_waterfall_lead_to_the_log_odds(explanation: Explanation) -> None:
    bars = values(charts.waterfall(explanation))[0]
    spans = [(bar["words"], round(bar["begins"], 2), round(bar["ends"], 2), bar["kind"]) for bar in bars]
    assert spans == [
        ("the start", 0.0, -4.0, "against"),
        ("number 1 agrees", -4.0, 2.5, "for"),
        ("all else", 2.5, 2.53, "for"),
        ("log-odds", 0.0, 2.53, "sum"),
    ]


@pytest.mark.parametrize("rank", [0, 2])
def test_a_rank_that_is_not_listed_is_refused(explanation: Explanation, rank: int) -> None:
    with pytest.raises(UsageError, match=f"there is no candidate {rank}"):
        charts.waterfall(explanation, rank=rank)


def test_without_altair_it_is_said_how_to_install_it() -> None:
    program = "import sys; sys.modules['altair'] = None; import address_match.charts"
    run = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)
    assert "pip install 'address-match[charts]'" in run.stderr
