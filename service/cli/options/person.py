"""Who says that he runs a command."""

from address_match.service.cli.command import Options
from address_match.service.cli.options.argument_types import line


def add_by(options: Options) -> None:
    """Add who does it, as the audit keeps it."""
    options.add_argument(
        "--by",
        type=line,
        metavar="NAME",
        default="",
        help="who does this, for the audit (the user of the machine)",
    )
