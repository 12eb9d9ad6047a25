"""The command that goes back to the generation of an index before."""

import argparse
import json
from pathlib import Path

from address_match.service.cli.options.command import Commands, add_command


def add_index_rollback(commands: Commands) -> None:
    """Add the command, to those about an index."""
    parser = add_command(commands, "rollback", index_rollback)
    parser.add_argument("index", type=Path, metavar="DIR", help="folder of the index")
    parser.add_argument(
        "--to",
        default="",
        metavar="GENERATION",
        help="a generation that is held, to go forward again for one",
    )
    parser.add_argument("--json", action="store_true", help="print JSON")


def index_rollback(arguments: argparse.Namespace) -> int:
    """Put the generation of an index before the one in force in force again, once all its files were verified.

    An update, or a build with --force, leaves the generation before beside the new one, until the next is built. A service goes on
    with the generation that it opened: go back there with `model rollback`, or start it again.
    """
    from address_match.indexer.local.writing.generations import roll_back

    manifest = roll_back(arguments.index, arguments.to)
    if arguments.json:
        print(json.dumps({"generation": manifest.generation, "created": manifest.created}))
        return 0
    print(
        f"{manifest.generation} is in force again at {arguments.index}: {manifest.texts:,} texts of {manifest.premises:,} premises, "
        f"built {manifest.created} from {manifest.reference}"
    )
    return 0
