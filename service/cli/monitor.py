"""The commands that watch the facts of answers."""

import argparse
import json
import sys
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

from address_match.service.cli.options.argument_types import day, name, reason, share
from address_match.service.cli.options.command import CommandParser, Commands, add_command, add_group
from address_match.service.cli.options.models import add_bundle, add_registry, chosen_bundle, registry_of
from address_match.service.errors import UsageError
from address_match.service.lifecycle.monitoring.level import Level

if TYPE_CHECKING:
    from collections.abc import Sequence

    from address_match.service.facts.store import FactStore
    from address_match.service.lifecycle.labels.label_set import Label
    from address_match.service.lifecycle.monitoring.report import MonitorReport

EXIT_CODES = (0, 3, 4, 5)
"""Of the levels, quiet first."""


def add_monitor(commands: Commands) -> None:
    """Add the commands that compare facts of answers with those that are usual."""
    of_monitor = add_group(
        commands, "monitor", "Tell whether answers are still as usual, by the facts of them."
    )
    _add_report_options(add_command(of_monitor, "report", monitor_report))
    shadow = add_command(of_monitor, "shadow", monitor_shadow)
    _add_store(shadow)
    shadow.add_argument("--json", action="store_true", help="print JSON")
    _add_accept_options(add_command(of_monitor, "accept", monitor_accept))
    seen = add_command(of_monitor, "acknowledge", monitor_acknowledge)
    _add_store(seen)
    seen.add_argument("channel", metavar="CHANNEL", help="that warns")
    _add_reference(seen)
    seen.add_argument("--by", type=name, required=True, metavar="NAME", help="who has looked at it")
    seen.add_argument("--reason", type=reason, required=True, metavar="TEXT", help="what is behind it")


def _add_report_options(parser: CommandParser) -> None:
    _add_store(parser)
    parser.add_argument(
        "--channel",
        action="append",
        default=[],
        metavar="NAME",
        help="channel to report on, several if repeated (all)",
    )
    _add_reference(parser)
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


def _add_accept_options(parser: CommandParser) -> None:
    _add_store(parser)
    parser.add_argument("channel", metavar="CHANNEL", help="whose facts are usual")
    parser.add_argument("--first", type=day, metavar="DAY", help="first day, 2026-11-29 for one (the oldest)")
    parser.add_argument("--last", type=day, metavar="DAY", help="last day (the newest)")
    parser.add_argument(
        "--bundle",
        metavar="NAME|DIR",
        help="whose answers alone are usual, after another was promoted: a name or an @ALIAS of the registry, or a folder (all)",
    )
    add_registry(parser)
    parser.add_argument("--by", type=name, required=True, metavar="NAME", help="who accepts them")
    parser.add_argument("--reason", type=reason, required=True, metavar="TEXT", help="why they are usual")
    parser.add_argument(
        "--target-precision",
        type=share,
        metavar="P",
        help="share of the matched that shall be right at least (none)",
    )


def monitor_report(arguments: argparse.Namespace) -> int:
    """Compare the last answers of each channel with its reference, in windows of 1,000 and of 4,000.

    A channel of which nobody has accepted facts is compared with those that the bundle brings from its training, and is a notice. Name
    the bundle that answers; without --bundle it is the shipped one. Prints a line a channel: quiet, notice, warn or act, and why. Exits 0
    when all are quiet, 3 for notice, 4 for warn, 5 for act.
    """
    from address_match.models.bundle import load_bundle
    from address_match.service.facts.store import FactStore
    from address_match.service.lifecycle.monitoring.bundle_facts import bundle_facts
    from address_match.service.lifecycle.monitoring.prometheus_values import write_values
    from address_match.service.lifecycle.monitoring.report import line_of, report_store

    store = _store(arguments)
    _refuse_unknown(store, arguments.channel)
    report = report_store(
        store,
        FactStore(arguments.reference or store.folder),
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


def monitor_shadow(arguments: argparse.Namespace) -> int:
    """Say how far a candidate that answers beside (`serve --shadow`) agrees with what was answered, by channel.

    Whether it agrees with what is usual says `monitor report STORE/shadow --reference STORE`.
    """
    from address_match.service.facts.store import SHADOW, FactStore
    from address_match.service.lifecycle.monitoring.answers_beside import answers_beside, line_beside

    found = answers_beside(FactStore(_store(arguments).folder / SHADOW))
    if arguments.json:
        print(json.dumps([asdict(one) for one in found], indent=2))
    else:
        print("\n".join(map(line_beside, found)) or "nothing has answered beside yet")
    return 0


def monitor_accept(arguments: argparse.Namespace) -> int:
    """Accept the facts of a channel as usual: what comes after them is compared with them.

    Take days in which nothing was out of the ordinary, 40,000 facts or more if you can and 10,000 at least. They are kept beside the
    store's days, with who accepted them and why, until others are accepted.
    """
    from address_match.service.lifecycle.monitoring.accepted_facts import accept

    accepted = accept(
        _store(arguments),
        arguments.channel,
        first=arguments.first,
        last=arguments.last,
        by=arguments.by,
        reason=arguments.reason,
        target_precision=arguments.target_precision,
        bundle=registry_of(arguments).load(arguments.bundle).fingerprint if arguments.bundle else "",
    )
    print(f"{arguments.channel}: {len(accepted.table):,} facts are its reference")
    return 0


def monitor_acknowledge(arguments: argparse.Namespace) -> int:
    """Write down that somebody has looked at the warning of a channel, and what is behind it.

    It is kept beside the accepted facts. Reports name it, and webhooks are not told of it again, until something else differs as well or
    facts are accepted anew; the exit code stays. Where a decision is asked for, decide.
    """
    from address_match.service.facts.store import FactStore
    from address_match.service.lifecycle.monitoring.acknowledgement import acknowledge
    from address_match.service.lifecycle.monitoring.report import report_store

    store = _store(arguments)
    _refuse_unknown(store, [arguments.channel])
    reference = FactStore(arguments.reference or store.folder)
    (channel,) = report_store(store, reference, [arguments.channel]).channels
    found = acknowledge(reference.folder, channel, by=arguments.by, reason=arguments.reason)
    print(f"{arguments.channel}: {', '.join(found.findings)} acknowledged by {found.by}")
    return 0


def _refuse_unknown(store: "FactStore", channels: "Sequence[str]") -> None:
    unknown = sorted(set(channels) - set(store.channels()))
    if unknown:
        raise UsageError(
            f"{store.folder} has no channel {unknown[0]!r}; it has {', '.join(store.channels()) or 'none'}"
        )


def _add_reference(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--reference", type=Path, metavar="DIR", help="store in which the usual facts were accepted (STORE)"
    )


def _add_store(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("store", type=Path, metavar="STORE", help="folder of facts")


def _store(arguments: argparse.Namespace) -> "FactStore":
    from address_match.service.facts.store import FactStore

    if not arguments.store.is_dir():
        raise UsageError(
            f"{arguments.store} is no folder of facts: name the one that `serve` or `match --record` writes to"
        )
    return FactStore(arguments.store)
