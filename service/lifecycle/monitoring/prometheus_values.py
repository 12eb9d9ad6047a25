"""The values of a report for Prometheus, in a file that node_exporter's textfile collector reads."""

from datetime import datetime
from pathlib import Path

from prometheus_client import CollectorRegistry, Gauge, write_to_textfile

from address_match.service.lifecycle.monitoring.report import MonitorReport, accepted_share

_PREFIX = "address_match_monitor"


def write_values(report: MonitorReport, path: Path) -> None:
    """Write the values of each channel; the file is replaced whole. Raises OSError."""
    registry = CollectorRegistry()
    moment = Gauge(f"{_PREFIX}_report_seconds", "When the report was made, since 1970", registry=registry)
    moment.set(datetime.fromisoformat(report.moment).timestamp())
    level, acknowledged, answers, accepted, expected, lowest, labelled, labelled_low, p50, p95 = (
        Gauge(f"{_PREFIX}_{name}", meaning, ["channel"], registry=registry)
        for name, meaning in (
            ("level", "0 quiet, 1 notice, 2 warn, 3 act"),
            ("acknowledged", "1 where somebody has looked at its warning, else 0"),
            ("answers", "Since the reference"),
            ("accepted_share", "Of the answers of the last window"),
            ("expected_precision", "Share of the matched of the last window that is expected to be right"),
            ("expected_precision_low", "Lower end of its interval"),
            ("labelled_precision", "Share of the matched since the reference that is right by labels"),
            ("labelled_precision_low", "Lower end of its interval"),
            ("latency_p50_seconds", "Within which half of the answers of the last window were given"),
            ("latency_p95_seconds", "Within which 95 of 100 of them were given"),
        )
    )
    for one in report.channels:
        level.labels(one.channel).set(one.level)
        acknowledged.labels(one.channel).set(bool(one.acknowledgement))
        answers.labels(one.channel).set(one.facts)
        if one.by_labels is not None:
            labelled.labels(one.channel).set(one.by_labels.precision.value)
            labelled_low.labels(one.channel).set(one.by_labels.precision.low)
        if not one.windows:
            continue
        accepted.labels(one.channel).set(accepted_share(one.windows[-1]))
        if (estimated := one.windows[-1].expected_precision) is not None:
            expected.labels(one.channel).set(estimated.value)
            lowest.labels(one.channel).set(estimated.low)
        if (latency := one.windows[-1].latency) is not None:
            p50.labels(one.channel).set(latency.p50 / 1_000)
            p95.labels(one.channel).set(latency.p95 / 1_000)
    write_to_textfile(str(path), registry)
