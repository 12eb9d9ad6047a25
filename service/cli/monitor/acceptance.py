"""The commands by which an owner says what is usual, and that a warning was looked at."""

import argparse

from address_match.service.cli.monitor.fact_stores import (
    add_reference,
    add_store,
    reference_of,
    refuse_unknown_channels,
    store_of,
)
from address_match.service.cli.options.argument_types import day, name, reason, share
from address_match.service.cli.options.command import Commands, add_command
from address_match.service.cli.options.models import add_registry, registry_of


def add_accept(commands: Commands) -> None:
    """Add the command that accepts facts as usual."""
    parser = add_command(commands, "accept", monitor_accept)
    add_store(parser)
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


def add_acknowledge(commands: Commands) -> None:
    """Add the command that writes down that a warning was looked at."""
    parser = add_command(commands, "acknowledge", monitor_acknowledge)
    add_store(parser)
    parser.add_argument("channel", metavar="CHANNEL", help="that warns")
    add_reference(parser)
    parser.add_argument("--by", type=name, required=True, metavar="NAME", help="who has looked at it")
    parser.add_argument("--reason", type=reason, required=True, metavar="TEXT", help="what is behind it")


def monitor_accept(arguments: argparse.Namespace) -> int:
    """Accept the facts of a channel as usual: what comes after them is compared with them.

    Take days in which nothing was out of the ordinary, 40,000 facts or more if you can and 10,000 at least. They are kept beside the
    store's days, with who accepted them and why, until others are accepted.
    """
    from address_match.service.lifecycle.monitoring.accepted_facts import accept

    accepted = accept(
        store_of(arguments),
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

    It is kept beside the accepted facts. Reports name it, and webhooks are not notified of it again, until something else differs as well or
    facts are accepted anew; the exit code stays. Where a decision is asked for, decide.
    """
    from address_match.service.lifecycle.monitoring.acknowledgement import acknowledge
    from address_match.service.lifecycle.monitoring.report import report_store

    store = store_of(arguments)
    refuse_unknown_channels(store, [arguments.channel])
    reference = reference_of(arguments)
    (channel,) = report_store(store, reference, [arguments.channel]).channels
    found = acknowledge(reference.folder, channel, by=arguments.by, reason=arguments.reason)
    print(f"{arguments.channel}: {', '.join(found.findings)} acknowledged by {found.by}")
    return 0
