"""The commands that watch the facts of answers; here that for a candidate that answers beside."""

import argparse
import json
from dataclasses import asdict

from address_match.service.cli.monitor.acceptance import add_accept, add_acknowledge
from address_match.service.cli.monitor.fact_stores import add_store, store_of
from address_match.service.cli.monitor.report import add_report
from address_match.service.cli.options.command import Commands, add_command, add_group


def add_monitor(commands: Commands) -> None:
    """Add the commands that compare facts of answers with those that are usual."""
    of_monitor = add_group(
        commands, "monitor", "Tell whether answers are still as usual, by the facts of them."
    )
    add_report(of_monitor)
    shadow = add_command(of_monitor, "shadow", monitor_shadow)
    add_store(shadow)
    shadow.add_argument("--json", action="store_true", help="print JSON")
    add_accept(of_monitor)
    add_acknowledge(of_monitor)


def monitor_shadow(arguments: argparse.Namespace) -> int:
    """Say how far a candidate that answers beside (`serve --shadow`) agrees with what was answered, by channel.

    Whether it agrees with what is usual says `monitor report STORE/shadow --reference STORE`.
    """
    from address_match.service.facts.store import SHADOW, FactStore
    from address_match.service.lifecycle.monitoring.answers_beside import answers_beside, line_beside

    found = answers_beside(FactStore(store_of(arguments).folder / SHADOW))
    if arguments.json:
        print(json.dumps([asdict(one) for one in found], indent=2))
    else:
        print("\n".join(map(line_beside, found)) or "nothing has answered beside yet")
    return 0
