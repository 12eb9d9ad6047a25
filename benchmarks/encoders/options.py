import argparse
from pathlib import Path

from address_match.models.bundle import load_bundle


def add_encoder_option(parser: argparse.ArgumentParser) -> None:
    """Add the option that names what is measured."""
    parser.add_argument(
        "--encoder",
        type=_named,
        action="append",
        metavar="NAME=DIR",
        help="an encoder to measure, again for each (that of the bundle, as static)",
    )


def chosen_encoders(options: argparse.Namespace) -> dict[str, Path]:
    """Return the directories of the encoders that were named, by their names; else the one of the bundle."""
    return dict(options.encoder or [("static", load_bundle(options.bundle).encoder_path)])


def _named(argument: str) -> tuple[str, Path]:
    name, equals, directory = argument.partition("=")
    if not (name and equals and Path(directory).is_dir()):
        raise argparse.ArgumentTypeError(f"{argument!r} is not NAME=DIR with the directory of an encoder")
    return name, Path(directory)
