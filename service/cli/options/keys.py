"""Where a command line says that the keys of the service, and those who sign in, are kept."""

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from address_match.service.cli.options.command import Options

if TYPE_CHECKING:
    from address_match.service.settings.access_settings import AccessSettings

ROLES = ("reader", "labeller", "owner", "operator")


def add_keys(options: Options) -> None:
    """Add the file of the keys."""
    options.add_argument(
        "--keys",
        type=Path,
        metavar="FILE",
        help="file of the keys ($ADDRESS_MATCH_KEYS, else address-match/keys.json in your data folder)",
    )


def add_users(options: Options) -> None:
    """Add the file of the users."""
    options.add_argument(
        "--users",
        type=Path,
        metavar="FILE",
        help="file of those who may sign in ($ADDRESS_MATCH_USERS, else address-match/users.json in your data folder)",
    )


def access_of(arguments: argparse.Namespace) -> "AccessSettings":
    """Return what the options say of keys and users, else the environment, else the defaults."""
    from address_match.service.settings.access_settings import AccessSettings

    chosen = {name: getattr(arguments, name, None) for name in AccessSettings.model_fields}
    return AccessSettings().model_copy(update={name: value for name, value in chosen.items() if value})
