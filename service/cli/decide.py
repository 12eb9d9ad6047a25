"""The commands by which two persons decide about the models."""

import argparse
import json
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from address_match.service.cli.options.argument_types import line
from address_match.service.cli.options.command import Commands, add_command, add_group
from address_match.service.cli.options.models import add_registry, registry_of
from address_match.service.cli.options.person import add_by
from address_match.service.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from address_match.service.lifecycle.decisions.decision_log import Decided, DecisionLog


def add_decide(commands: Commands) -> None:
    """Add the commands that propose, approve and show decisions."""
    of_decide = add_group(
        commands, "decide", "Decide what is to be done about the models: one proposes, another approves."
    )
    propose = add_command(of_decide, "propose", decide_propose)
    propose.add_argument("file", nargs="?", type=Path, metavar="FILE", help="the decision, TOML or JSON")
    propose.add_argument(
        "--template", action="store_true", help="print a decision to fill in, and propose nothing"
    )
    propose.add_argument(
        "--report",
        type=Path,
        metavar="FILE",
        help="report whose finding the template takes, of `monitor report --json`",
    )
    propose.add_argument("--channel", metavar="NAME", help="channel of that report (the gravest)")
    propose.add_argument(
        "--schema", action="store_true", help="print the JSON schema of a decision, and propose nothing"
    )
    add_by(propose)
    approve = add_command(of_decide, "approve", decide_approve)
    _add_id(approve)
    approve.add_argument("--by", type=line, metavar="NAME", required=True, help="who approves it")
    listing = add_command(of_decide, "list", decide_list)
    show = add_command(of_decide, "show", decide_show)
    _add_id(show)
    for parser in (listing, show):
        parser.add_argument("--json", action="store_true", help="print JSON")
    for parser in (propose, approve, listing, show):
        add_registry(parser)


def decide_propose(arguments: argparse.Namespace) -> int:
    """Propose a decision: what is to be done, why, and what becomes of quality, series and cost.

    Prints its id. It is kept in the audit as it is, and is in force when another person approves it. With --template a file to
    fill in is printed, with what `monitor` found where --report names its report.
    """
    from address_match.service.lifecycle.decisions.model_decision import ModelDecision, read_decision
    from address_match.service.lifecycle.decisions.template import decision_template

    if arguments.template:
        print(decision_template(arguments.report, arguments.channel), end="")
    elif arguments.schema:
        print(json.dumps(ModelDecision.model_json_schema(), indent=2, ensure_ascii=False))
    elif arguments.file is None:
        raise UsageError(
            "there is nothing to propose: name the FILE of a decision, or ask for one with --template"
        )
    else:
        print(_log(arguments).propose(read_decision(arguments.file), by=arguments.by))
    return 0


def decide_approve(arguments: argparse.Namespace) -> int:
    """Approve a decision, as another person than proposed it; it stays in the audit who did."""
    decided = _log(arguments).approve(arguments.id, by=arguments.by)
    print(f"{decided.id}, {decided.decision.short}, is approved by {arguments.by}")
    return 0


def decide_list(arguments: argparse.Namespace) -> int:
    """List the decisions, oldest first: who proposed and approved them, whether they were carried out, when to look at them again."""
    decided = _log(arguments).all()
    if arguments.json:
        print(json.dumps([one.as_json() for one in decided], indent=2, ensure_ascii=False))
    else:
        _print(decided)
    return 0


def decide_show(arguments: argparse.Namespace) -> int:
    """Show a decision whole."""
    decided = _log(arguments).find(arguments.id).as_json()
    if arguments.json:
        print(json.dumps(decided, indent=2, ensure_ascii=False))
    else:
        _print_whole(decided)
    return 0


def _add_id(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("id", metavar="ID", help="id of the decision, D1 for one")


def _log(arguments: argparse.Namespace) -> "DecisionLog":
    from address_match.service.lifecycle.decisions.decision_log import DecisionLog

    return DecisionLog(registry_of(arguments).folder)


def _print(decided: "Sequence[Decided]") -> None:
    from rich.table import Table
    from rich.text import Text

    from address_match.service.cli.terminal.consoles import page_console

    columns = ("id", "what", "proposed", "approved", "carried out", "look again")
    table = Table(*columns, box=None, pad_edge=False, header_style="dim")
    for one in decided:
        rows = (one.proposed, one.approved, one.carried_out)
        acts = ("" if row is None else f"{row.by}, {row.moment[:10]}" for row in rows)
        again = one.decision.review_date
        due = " (due)" if again <= datetime.now(UTC).date() else ""
        table.add_row(one.id, one.decision.short, *map(Text, acts), f"{again}{due}")
    page_console().print(table if decided else "nothing was proposed")


def _print_whole(decided: dict[str, object]) -> None:
    from rich.table import Table
    from rich.text import Text

    from address_match.service.cli.terminal.consoles import page_console

    table = Table("", "", box=None, pad_edge=False, show_header=False)
    for name, value in decided.items():
        if isinstance(value, dict):
            told = "\n".join(f"{key.replace('_', ' ')}: {_told(one)}" for key, one in value.items())
        else:
            told = _told(value)
        table.add_row(name.replace("_", " "), Text(told))
    page_console().print(table)


def _told(value: object) -> str:
    if isinstance(value, list):
        return "".join(f"\n- {one}" for one in value) if len(value) > 1 else "; ".join(map(str, value))
    return "–" if value is None else str(value)
