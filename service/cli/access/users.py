"""The commands about the people who sign in to the pages of the service by a password."""

import argparse
import json
import sys
from functools import partial
from getpass import getpass
from typing import TYPE_CHECKING

from address_match.service.cli.options.command import Commands, add_command, add_group
from address_match.service.cli.options.keys import ROLES, access_of, add_users
from address_match.service.cli.options.models import add_registry, registry_of
from address_match.service.cli.options.person import add_by
from address_match.service.errors import UsageError

if TYPE_CHECKING:
    from address_match.service.access.user_file import User, UserFile
    from address_match.service.lifecycle.audit.audit_row import Act


def add_user_commands(commands: Commands) -> None:
    """Add the commands that add, list and remove users of the service."""
    of_users = add_group(
        commands, "users", "Add, list and remove those who sign in to the pages of the service."
    )
    adding = add_command(of_users, "add", users_add)
    adding.add_argument(
        "name", metavar="NAME", help="by which he signs in, and by which the audit and labels speak of him"
    )
    adding.add_argument(
        "--role",
        action="append",
        choices=ROLES,
        help="reader and labeller and owner see addresses, operator does not; may be given again (reader)",
    )
    listing = add_command(of_users, "list", users_list)
    listing.add_argument("--json", action="store_true", help="print JSON")
    removing = add_command(of_users, "remove", users_remove)
    changing = add_command(of_users, "passwd", users_passwd)
    for parser in (removing, changing):
        parser.add_argument("name", metavar="NAME", help="who")
    for parser in (adding, listing, removing, changing):
        add_users(parser)
    for parser in (adding, removing, changing):
        add_by(parser)
        add_registry(parser)


def users_add(arguments: argparse.Namespace) -> int:
    """Add a user, whose password is asked for at the terminal, or is one line of standard input.

    A running service that lets people sign in takes it up within a second. The audit of the registry says who added him.
    """
    from address_match.service.access.api_key import Role
    from address_match.service.lifecycle.audit.audit_row import Act

    roles = [Role(role) for role in arguments.role or ["reader"]]
    witness = partial(_enter, arguments, Act.USER_ADD)
    user = _file(arguments).add(arguments.name, roles, _password(), witness=witness)
    print(f"{user.name} may sign in, as {', '.join(user.roles)}")
    return 0


def users_list(arguments: argparse.Namespace) -> int:
    """List the users with their roles; no password is kept."""
    file = _file(arguments)
    users = file.read()
    if arguments.json:
        rows = [{"name": user.name, "roles": user.roles, "created": user.created} for user in users]
        print(json.dumps({"file": str(file.path), "users": rows}, indent=2, ensure_ascii=False))
    else:
        _print_users(users)
    return 0


def users_remove(arguments: argparse.Namespace) -> int:
    """Remove a user; a running service ends his sessions within a second. The audit of the registry says who did it."""
    from address_match.service.lifecycle.audit.audit_row import Act

    user = _file(arguments).remove(arguments.name, witness=partial(_enter, arguments, Act.USER_REMOVE))
    print(f"{user.name} is removed")
    return 0


def users_passwd(arguments: argparse.Namespace) -> int:
    """Give a user another password, asked for as `users add` asks; his sessions end. The audit of the registry says who did it."""
    from address_match.service.lifecycle.audit.audit_row import Act

    witness = partial(_enter, arguments, Act.USER_PASSWORD)
    user = _file(arguments).set_password(arguments.name, _password(), witness=witness)
    print(f"{user.name} has another password")
    return 0


def _file(arguments: argparse.Namespace) -> "UserFile":
    from address_match.service.access.user_file import UserFile

    return UserFile(access_of(arguments).users)


def _password() -> str:
    """Ask for a password, at a terminal twice; raises UsageError where the two are not the same."""
    if not sys.stdin.isatty():
        return sys.stdin.readline().rstrip("\r\n")
    password = getpass("Password: ")
    if getpass("The same again: ") != password:
        raise UsageError("these were two passwords; nothing was changed")
    return password


def _enter(arguments: argparse.Namespace, act: "Act", user: "User") -> None:
    """Enter into the audit what is done with a user."""
    from address_match.service.lifecycle.audit.audit import Audit

    details = {"roles": user.roles, "file": access_of(arguments).users.name}
    Audit(registry_of(arguments).folder).append(act, user.name, details, by=arguments.by)


def _print_users(users: "tuple[User, ...]") -> None:
    from rich.table import Table

    from address_match.service.cli.terminal.consoles import page_console

    table = Table("name", "roles", "added", box=None, pad_edge=False, header_style="dim")
    for user in users:
        table.add_row(user.name, ", ".join(user.roles), user.created[:10])
    page_console().print(table if users else "there are no users")
