"""Who says that he runs a command."""

from address_match.service.cli.options.argument_types import line
from address_match.service.cli.options.command import Options


def add_by(options: Options) -> None:
    """Add who does it, as the audit keeps it."""
    options.add_argument(
        "--by",
        type=line,
        metavar="NAME",
        default="",
        help="who does this, for the audit (the user of the machine)",
    )
