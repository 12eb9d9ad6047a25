"""Which models a command works with, and where: the options, and what they name."""

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from address_match.service.cli.options.command import Options

if TYPE_CHECKING:
    from address_match.models.registry import Registry


def add_bundle(options: Options) -> None:
    """Add which models to use."""
    options.add_argument(
        "--bundle",
        metavar="NAME|DIR",
        help="models to use: a name or an @ALIAS of the registry, or a folder (those the index was built with; else the shipped ones)",
    )
    add_registry(options)


def add_one_bundle(options: Options, name: str) -> None:
    """Add a bundle that has to be named."""
    options.add_argument(
        name, metavar="NAME|DIR", help="a bundle of the registry by name or @ALIAS, or its folder"
    )


def add_registry(options: Options) -> None:
    """Add where bundles are kept by name."""
    options.add_argument(
        "--registry",
        type=Path,
        metavar="DIR",
        help="folder of named bundles ($ADDRESS_MATCH_REGISTRY, else address-match/registry in your data folder)",
    )


def add_device(options: Options) -> None:
    """Add where a transformer encodes and, of an embedded index, vectors are searched."""
    options.add_argument(
        "--device",
        default="auto",
        metavar="NAME",
        help="cpu, cuda, or cuda:1 for the second GPU (auto: a GPU where there is one)",
    )


def registry_of(arguments: argparse.Namespace) -> "Registry":
    """Return the registry that is named by `--registry`, by the environment, or else the user's own."""
    from address_match.models.registry import Registry
    from address_match.service.settings.lifecycle_settings import RegistrySettings

    return Registry(arguments.registry or RegistrySettings().registry)


def chosen_bundle(arguments: argparse.Namespace) -> Path | None:
    """Return the directory of the bundle that `--bundle` names, None where it names none.

    Raises `RegistryError` for what is neither a name nor a folder.
    """
    if arguments.bundle is None:
        return None
    return registry_of(arguments).directory(arguments.bundle)
