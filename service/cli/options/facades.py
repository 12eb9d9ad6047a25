"""The façades of a service: below which paths it answers in the manner of others."""

import argparse
from typing import TYPE_CHECKING

from address_match.service.cli.options.command import Options

if TYPE_CHECKING:
    from address_match.service.settings.facade_settings import Facades


def add_facades(options: Options) -> None:
    """Add the prefix of each."""
    options.add_argument(
        "--aims-prefix",
        metavar="PATH",
        help="path below which clients of the ONS Address Index are answered, /aims for one (none; $ADDRESS_MATCH_AIMS_PREFIX)",
    )
    options.add_argument(
        "--os-prefix",
        metavar="PATH",
        help="path below which clients of OS Places and OS Match & Cleanse are answered, /os for one (none; $ADDRESS_MATCH_OS_PREFIX)",
    )


def facades_of(arguments: argparse.Namespace) -> "Facades":
    """Return what the options say of each, else the environment."""
    from address_match.service.settings.facade_settings import AimsSettings, Facades, OsPlacesSettings

    aims, os_places = arguments.aims_prefix, arguments.os_prefix
    return Facades(
        AimsSettings() if aims is None else AimsSettings(prefix=aims),
        OsPlacesSettings() if os_places is None else OsPlacesSettings(prefix=os_places),
    )
