"""Who says that he runs a command."""

from address_match.service.cli.command import CommandParser
from address_match.service.cli.options.argument_types import line


def add_by(parser: CommandParser) -> None:
    """Add who does it, as the audit keeps it."""
    parser.add_argument(
        "--by",
        type=line,
        metavar="NAME",
        default="",
        help="who does this, for the audit (the user of the machine)",
    )
