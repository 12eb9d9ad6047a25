"""How a command is described, and options that several commands have."""

import argparse
from collections.abc import Callable
from inspect import cleandoc
from pathlib import Path

Command = Callable[[argparse.Namespace], int]


def add_command(
    commands: "argparse._SubParsersAction[argparse.ArgumentParser]", name: str, run: Command
) -> argparse.ArgumentParser:
    """Add a command; its function's contract is its help."""
    text = cleandoc(run.__doc__ or "")
    parser = commands.add_parser(
        name,
        help=text.splitlines()[0],
        description=text,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.set_defaults(run=run)
    return parser


def add_bundle(parser: argparse.ArgumentParser) -> None:
    """Add which models to use."""
    parser.add_argument(
        "--bundle",
        metavar="NAME|DIR",
        help="models to use: a name of the registry, or a folder (those the index was built with; else the shipped ones)",
    )
    add_registry(parser)


def add_one_bundle(parser: argparse.ArgumentParser, name: str) -> None:
    """Add a bundle that has to be named."""
    parser.add_argument(name, metavar="NAME|DIR", help="a bundle of the registry, or its folder")


def add_registry(parser: argparse.ArgumentParser) -> None:
    """Add where bundles are kept by name."""
    parser.add_argument(
        "--registry",
        type=Path,
        metavar="DIR",
        help="folder of named bundles ($ADDRESS_MATCH_REGISTRY, else address-match/registry in your data folder)",
    )


def add_device(parser: argparse.ArgumentParser) -> None:
    """Add where a transformer encodes and, of an embedded index, vectors are searched."""
    parser.add_argument(
        "--device",
        default="auto",
        metavar="NAME",
        help="cpu, cuda, or cuda:1 for the second GPU (auto: a GPU where there is one)",
    )
