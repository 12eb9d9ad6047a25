"""The stores of facts that the commands of `monitor` name, and their channels."""

import argparse
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from address_match.service.errors import UsageError

if TYPE_CHECKING:
    from address_match.service.facts.store import FactStore


def add_store(parser: argparse.ArgumentParser) -> None:
    """Add the store whose facts are watched."""
    parser.add_argument("store", type=Path, metavar="STORE", help="folder of facts")


def add_reference(parser: argparse.ArgumentParser) -> None:
    """Add the store that holds the usual facts, where it is another one."""
    parser.add_argument(
        "--reference", type=Path, metavar="DIR", help="store in which the usual facts were accepted (STORE)"
    )


def store_of(arguments: argparse.Namespace) -> "FactStore":
    """Return the store that is named; raises UsageError where there is none."""
    from address_match.service.facts.store import FactStore

    if not arguments.store.is_dir():
        raise UsageError(
            f"{arguments.store} is no folder of facts: name the one that `serve` or `match --record` writes to"
        )
    return FactStore(arguments.store)


def reference_of(arguments: argparse.Namespace) -> "FactStore":
    """Return the store in which the usual facts were accepted."""
    from address_match.service.facts.store import FactStore

    return FactStore(arguments.reference or arguments.store)


def refuse_unknown_channels(store: "FactStore", channels: Sequence[str]) -> None:
    """Raise UsageError where a store has no facts of a channel."""
    unknown = sorted(set(channels) - set(store.channels()))
    if unknown:
        raise UsageError(
            f"{store.folder} has no channel {unknown[0]!r}; it has {', '.join(store.channels()) or 'none'}"
        )
