"""Which registry and which bundle a command line names."""

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from address_match.models.registry import Registry


def registry_of(arguments: argparse.Namespace) -> "Registry":
    """Return the registry that is named by `--registry`, by the environment, or else the user's own."""
    from address_match.models.registry import Registry
    from address_match.service.settings import RegistrySettings

    return Registry(arguments.registry or RegistrySettings().registry)


def chosen_bundle(arguments: argparse.Namespace) -> Path | None:
    """Return the directory of the bundle that `--bundle` names, None where it names none.

    Raises `RegistryError` for what is neither a name nor a folder.
    """
    if arguments.bundle is None:
        return None
    return registry_of(arguments).directory(arguments.bundle)
