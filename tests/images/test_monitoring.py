"""What the board and the alerts ask of Prometheus is what a service tells."""

import json
import re
from typing import Any

import pytest
import yaml
from prometheus_client.parser import text_string_to_metric_families

from address_match.service.http.watching.answered_request import AnsweredRequest
from tests.images.dockerfile import DOCKER
from tests.service.factories import absent, matched
from tests.service.http.service_under_test import metrics_of, running

OF_PROMETHEUS = {"job", "instance", "le"}
"""Labels that a scrape adds, and that of the buckets."""
_NAME = re.compile(r"\b(?:address_match|process)_[a-z_]+\b|\bup\b")
_LABELS = re.compile(r"(?:\bby \(([a-z_, ]+)\))|\{\{([a-z]+)\}\}|([a-z_]+)(?:=~|!=|=)\"")


def rules() -> list[dict[str, Any]]:
    read = yaml.safe_load((DOCKER / "monitoring" / "alerts.yaml").read_text(encoding="utf-8"))
    return [rule for group in read["groups"] for rule in group["rules"]]


def panels() -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads((DOCKER / "monitoring" / "board.json").read_text("utf-8"))[
        "panels"
    ]
    return found


def expressions() -> list[str]:
    return [rule["expr"] for rule in rules()] + [t["expr"] for panel in panels() for t in panel["targets"]]


@pytest.fixture(scope="module")
def told() -> dict[str, set[str]]:
    """The labels of each metric that a service tells, by its name, once it has answered something."""
    with running() as client:
        client.get("/v1/addresses?input=1+mill+lane")
        metrics = metrics_of(client)
        for name in ("connections", "connections_bound", "queue_bound"):
            metrics.show(name, "set by the server", lambda: 1)
        metrics.count_request(AnsweredRequest("/v1/parse", "GET", 200, 0.1, ""))
        metrics.time_stage("rank", 0.1)
        for answer in (matched(), absent()):
            metrics.count_answer(answer)
        samples = [s for f in text_string_to_metric_families(metrics.text().decode()) for s in f.samples]
    found: dict[str, set[str]] = {"up": set()}
    for sample in samples:
        found.setdefault(sample.name, set()).update(sample.labels)
    return found


@pytest.mark.parametrize("expression", expressions())
def test_every_metric_and_label_that_is_asked_for_is_told(expression: str, told: dict[str, set[str]]) -> None:
    names = set(_NAME.findall(expression))
    assert names
    assert names <= told.keys()
    labels = {name for groups in _LABELS.findall(expression) for name in re.split(", ?", "".join(groups))}
    assert labels <= OF_PROMETHEUS.union(*(told[name] for name in names))


def test_a_name_that_is_not_told_is_found(told: dict[str, set[str]]) -> None:
    assert not set(_NAME.findall("rate(address_match_request_total[5m])")) <= told.keys()


def test_every_alert_says_what_it_means_and_how_grave_it_is() -> None:
    for rule in rules():
        assert rule.keys() == {"alert", "expr", "for", "labels", "annotations"}
        assert rule["labels"]["severity"] in {"warning", "critical"}
        assert rule["annotations"].keys() == {"summary", "description"}


def test_every_metric_of_ours_stands_on_the_board(told: dict[str, set[str]]) -> None:
    shown = {
        name for panel in panels() for target in panel["targets"] for name in _NAME.findall(target["expr"])
    }
    ours = {name for name in told if name.startswith("address_match") and not name.endswith("_created")}
    families = {re.sub(r"_(?:bucket|sum|count)$", "", name) for name in ours}
    assert families <= {re.sub(r"_(?:bucket|sum|count)$", "", name) for name in shown}


def test_panels_do_not_lie_on_each_other() -> None:
    places = [panel["gridPos"] for panel in panels()]
    cells = [
        (x, y) for p in places for x in range(p["x"], p["x"] + p["w"]) for y in range(p["y"], p["y"] + p["h"])
    ]
    assert len(cells) == len(set(cells))
    assert max(x for x, _ in cells) < 24
