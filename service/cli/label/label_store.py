"""The store of labels that a command line names."""

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from address_match.service.cli.options.command import CommandParser

if TYPE_CHECKING:
    from address_match.service.lifecycle.labels.store import LabelStore


def add_store(parser: CommandParser) -> None:
    """Add where samples and labels are kept."""
    parser.add_argument(
        "--store",
        type=Path,
        metavar="DIR",
        help="folder of samples and labels ($ADDRESS_MATCH_LABELS, else address-match/labels in your data folder)",
    )


def store_of(arguments: argparse.Namespace) -> "LabelStore":
    """Return the store that is named, else that of the settings, whether it is there or not."""
    from address_match.service.lifecycle.labels.store import LabelStore
    from address_match.service.settings.lifecycle_settings import LabelSettings

    return LabelStore(arguments.store or LabelSettings().labels)


def existing_store(arguments: argparse.Namespace) -> "LabelStore":
    """Return the store that is named; raises UsageError where there is none."""
    from address_match.service.lifecycle.labels.store import LabelStore

    return LabelStore.existing(store_of(arguments).folder)
