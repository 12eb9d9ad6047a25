"""The commands about the keys by which the service knows who asks."""

import argparse
import json
import sys
from dataclasses import asdict
from functools import partial
from typing import TYPE_CHECKING

from address_match.service.cli.options.argument_types import positive
from address_match.service.cli.options.command import Commands, add_command, add_group
from address_match.service.cli.options.keys import ROLES, access_of, add_keys
from address_match.service.cli.options.models import add_registry, registry_of
from address_match.service.cli.options.person import add_by

if TYPE_CHECKING:
    from address_match.service.access.api_key import ApiKey
    from address_match.service.access.key_file import KeyFile
    from address_match.service.lifecycle.audit.audit_row import Act


def add_key_commands(commands: Commands) -> None:
    """Add the commands that make, list and revoke keys of the service."""
    of_keys = add_group(commands, "keys", "Make, list and revoke the keys that `serve` asks for.")
    adding = add_command(of_keys, "add", keys_add)
    adding.add_argument("name", metavar="NAME", help="who is to hold the key")
    adding.add_argument(
        "--role",
        choices=ROLES,
        default="reader",
        help="reader, labeller and owner may ask for addresses, operator may not (%(default)s)",
    )
    adding.add_argument(
        "--rate",
        type=positive,
        metavar="N",
        default=0,
        help="requests a second at most ($ADDRESS_MATCH_KEY_RATE of the service, else 500)",
    )
    adding.add_argument(
        "--at-once",
        type=positive,
        metavar="N",
        default=0,
        help="requests at the same time at most ($ADDRESS_MATCH_KEY_AT_ONCE of the service, else 128)",
    )
    listing = add_command(of_keys, "list", keys_list)
    listing.add_argument("--json", action="store_true", help="print JSON")
    revoking = add_command(of_keys, "revoke", keys_revoke)
    revoking.add_argument("name", metavar="NAME|ID", help="whose key, or which")
    for parser in (adding, listing, revoking):
        add_keys(parser)
    for parser in (adding, revoking):
        add_by(parser)
        add_registry(parser)


def keys_add(arguments: argparse.Namespace) -> int:
    """Make a key and print it, this once: only a hash of it is kept.

    A running service takes it up within a second. The audit of the registry says who made it.
    """
    from address_match.service.access.api_key import Role
    from address_match.service.lifecycle.audit.audit_row import Act

    key, sent = _file(arguments).add(
        arguments.name,
        Role(arguments.role),
        rate=arguments.rate,
        at_once=arguments.at_once,
        witness=partial(_enter, arguments, Act.KEY_ADD),
    )
    print(sent)
    print(f"the key {key.id} of {key.name} is shown this once; keep it now", file=sys.stderr)
    return 0


def keys_list(arguments: argparse.Namespace) -> int:
    """List the keys, revoked ones too, with the day of their last use; the secret part of none is kept."""
    from address_match.service.access.last_use import LastUse

    file = _file(arguments)
    keys, used = file.read(), LastUse(file.path).days()
    if arguments.json:
        rows = [_as_json(key, used.get(key.id, "")) for key in keys]
        print(json.dumps({"file": str(file.path), "keys": rows}, indent=2, ensure_ascii=False))
    else:
        _print_keys(keys, used)
    return 0


def keys_revoke(arguments: argparse.Namespace) -> int:
    """Put a key out of force, for good; a running service refuses it within a second. The audit of the registry says who did."""
    from address_match.service.lifecycle.audit.audit_row import Act

    key = _file(arguments).revoke(arguments.name, witness=partial(_enter, arguments, Act.KEY_REVOKE))
    print(f"the key {key.id} of {key.name} is revoked")
    return 0


def _file(arguments: argparse.Namespace) -> "KeyFile":
    from address_match.service.access.key_file import KeyFile

    return KeyFile(access_of(arguments).keys)


def _enter(arguments: argparse.Namespace, act: "Act", key: "ApiKey") -> None:
    """Enter into the audit what is done with a key."""
    from address_match.service.lifecycle.audit.audit import Audit

    details = {"id": key.id, "role": key.role, "file": access_of(arguments).keys.name}
    Audit(registry_of(arguments).folder).append(act, key.name, details, by=arguments.by)


def _as_json(key: "ApiKey", last_use: str) -> dict[str, object]:
    return {name: value for name, value in asdict(key).items() if name != "digest"} | {"last_use": last_use}


def _print_keys(keys: "tuple[ApiKey, ...]", used: dict[str, str]) -> None:
    from rich.table import Table

    from address_match.service.cli.terminal.consoles import page_console

    columns = ("id", "name", "role", "limits", "made", "last used", "revoked")
    table = Table(*columns, box=None, pad_edge=False, header_style="dim")
    for key in keys:
        days = key.created[:10], used.get(key.id, "never"), key.revoked[:10]
        table.add_row(key.id, key.name, key.role, _limits(key), *days)
    page_console().print(table if keys else "there are no keys")


def _limits(key: "ApiKey") -> str:
    """Say what the key may ask where it has figures of its own."""
    rate = f"{key.rate} a second" if key.rate else ""
    return ", ".join(filter(None, (rate, f"{key.at_once} at once" if key.at_once else "")))
