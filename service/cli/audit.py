"""The commands about the audit of a registry."""

import argparse
import json
import sys
from typing import TYPE_CHECKING

from address_match.service.cli.options.argument_types import digest_beginning
from address_match.service.cli.options.command import Commands, add_command, add_group
from address_match.service.cli.options.models import add_registry, registry_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from address_match.service.lifecycle.audit.audit_row import AuditRow


def add_audit(commands: Commands) -> None:
    """Add the commands that show and verify what was done to a registry."""
    of_audit = add_group(
        commands,
        "audit",
        "Show who put what into service, gave out keys and decided, and verify that record.",
    )
    listing = add_command(of_audit, "list", audit_list)
    verify = add_command(of_audit, "verify", audit_verify)
    verify.add_argument(
        "--noted",
        type=digest_beginning,
        metavar="HASH",
        help="hash of a row, or 12 digits of it, that was noted elsewhere: it has to be there still",
    )
    export = add_command(of_audit, "export", audit_export)
    for parser in (listing, verify, export):
        add_registry(parser)


def audit_list(arguments: argparse.Namespace) -> int:
    """List what was done, oldest first: promotions, rollbacks, keys made and revoked, with who did it."""
    from address_match.service.lifecycle.audit.audit import Audit

    audit = Audit(registry_of(arguments).folder)
    rows = audit.rows()
    if rows:
        _print(rows)
    else:
        print(f"there is no audit in {audit.path.parent}")
    return 0


def audit_verify(arguments: argparse.Namespace) -> int:
    """Verify that no row was altered, removed or put in since it was written; fails with the first that was.

    Prints the hash of the last row. Whoever can write to the file can write it anew: note that hash elsewhere, and name it with
    --noted at the next time. Fails, too, where something else is in force than was promoted last.
    """
    from address_match.service.lifecycle.promotion import verify_audit

    found = verify_audit(registry_of(arguments), arguments.noted or "")
    for remark in found.remarks:
        print(f"address-match: {remark}", file=sys.stderr)
    if found.problem:
        print(f"address-match: {found.problem}", file=sys.stderr)
        return 1
    print(f"whole, {found.rows:,} {'row' if found.rows == 1 else 'rows'}; the last has the hash {found.last}")
    return 0


def audit_export(arguments: argparse.Namespace) -> int:
    """Print every row as a JSON object, one a line, oldest first."""
    from address_match.service.lifecycle.audit.audit import Audit

    for row in Audit(registry_of(arguments).folder).rows():
        print(json.dumps(row.as_object(), ensure_ascii=False))
    return 0


def _print(rows: "Sequence[AuditRow]") -> None:
    from rich.table import Table
    from rich.text import Text

    from address_match.service.cli.terminal.consoles import page_console

    table = Table(
        "row", "when", "who", "act", "of what", "more", box=None, pad_edge=False, header_style="dim"
    )
    for row in rows:
        who = row.by if row.by == row.account else f"{row.by} ({row.account})"
        table.add_row(str(row.sequence), row.moment, *map(Text, (who, row.act, row.subject, row.told)))
    page_console().print(table)
