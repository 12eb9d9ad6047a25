"""The command that compares facts of answers with those that are usual, and tells of what differs."""

import argparse
import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from address_match.service.cli.monitor.fact_stores import (
    add_reference,
    add_store,
    reference_of,
    refuse_unknown_channels,
    store_of,
)
from address_match.service.cli.options.command import Commands, add_command
from address_match.service.cli.options.models import add_bundle, chosen_bundle
from address_match.service.lifecycle.monitoring.level import Level

if TYPE_CHECKING:
    from address_match.service.lifecycle.labels.label_set import Label
    from address_match.service.lifecycle.monitoring.report import MonitorReport

EXIT_CODES = (0, 3, 4, 5)
"""Of the levels, quiet first."""


def add_report(commands: Commands) -> None:
    """Add the command that reports."""
    parser = add_command(commands, "report", monitor_report)
    add_store(parser)
    parser.add_argument(
        "--channel",
        action="append",
        default=[],
        metavar="NAME",
        help="channel to report on, several if repeated (all)",
    )
    add_reference(parser)
    add_bundle(parser)
    parser.add_argument(
        "--labels",
        type=Path,
        metavar="DIR",
        help="store of labels: those of addresses that a service kept say which share of the matched is right (none)",
    )
    parser.add_argument("--html", type=Path, metavar="FILE", help="write the report as a page as well")
    parser.add_argument("--json", action="store_true", help="print JSON")
    parser.add_argument(
        "--textfile",
        type=Path,
        metavar="FILE.prom",
        help="write the values of each channel for Prometheus, as node_exporter's textfile collector reads them",
    )
    parser.add_argument(
        "--webhook",
        metavar="URL",
        help="tell this URL of channels of --webhook-level, by a POST of JSON ($ADDRESS_MATCH_MONITOR_WEBHOOK)",
    )
    parser.add_argument(
        "--webhook-level",
        choices=[level.word for level in Level if level],
        default=Level.WARN.word,
        metavar="LEVEL",
        help="least level that the URL is told of: notice, warn or act (warn)",
    )


def monitor_report(arguments: argparse.Namespace) -> int:
    """Compare the last answers of each channel with its reference, in windows of 1,000 and of 4,000.

    A channel of which nobody has accepted facts is compared with those that the bundle brings from its training, and is a notice. Name
    the bundle that answers; without --bundle it is the shipped one. Prints a line a channel: quiet, notice, warn or act, and why. Exits 0
    when all are quiet, 3 for notice, 4 for warn, 5 for act.
    """
    from address_match.models.bundle import load_bundle
    from address_match.service.lifecycle.monitoring.bundle_facts import bundle_facts
    from address_match.service.lifecycle.monitoring.prometheus_values import write_values
    from address_match.service.lifecycle.monitoring.report import line_of, report_store

    store = store_of(arguments)
    refuse_unknown_channels(store, arguments.channel)
    report = report_store(
        store,
        reference_of(arguments),
        arguments.channel,
        of_bundle=bundle_facts(load_bundle(chosen_bundle(arguments))),
        labels=_labels_of(arguments),
    )
    if arguments.html:
        arguments.html.write_text(report.as_html(), encoding="utf-8")
    if arguments.textfile:
        write_values(report, arguments.textfile)
    if arguments.json:
        print(json.dumps(report.as_json(), indent=2, ensure_ascii=False))
    elif not report.channels:
        print(f"{store.folder}: notice, it holds no facts; `serve` and `match --record` write them")
    else:
        for channel in report.channels:
            print("\n".join([line_of(channel), *(f"  not read: {file}" for file in channel.skipped)]))
    _tell_webhook(report, arguments)
    return EXIT_CODES[report.level]


def _labels_of(arguments: argparse.Namespace) -> "tuple[Label, ...]":
    """Return the labels of the store that is named; raises UsageError where there is none."""
    from address_match.service.lifecycle.labels.label_set import label_set
    from address_match.service.lifecycle.labels.store import LabelStore

    if arguments.labels is None:
        return ()
    return label_set(LabelStore.existing(arguments.labels)).labels


def _tell_webhook(report: "MonitorReport", arguments: argparse.Namespace) -> None:
    """Tell the URL that is named of what is grave enough; that nobody took it is said, and changes nothing else."""
    from address_match.service.lifecycle.monitoring.notice import notice_of
    from address_match.service.settings.lifecycle_settings import MonitorSettings
    from address_match.service.webhook import host_of, is_taken

    url = arguments.webhook or MonitorSettings().webhook.get_secret_value()
    if not url:
        return
    host, notice = host_of(url), notice_of(report, Level[arguments.webhook_level.upper()])
    if notice is not None and not is_taken(url, notice):
        print(f"address-match: the webhook at {host} did not take the notice", file=sys.stderr)
