"""How commands are described to argparse, each beside the function that runs it."""

import argparse
from collections.abc import Callable
from inspect import cleandoc
from typing import NoReturn, TypeAlias

from address_match.service.commands.exit_code import USAGE

_MOST_LINES_OF_USAGE = 8
"""More would push what is wrong out of sight."""


class CommandParser(argparse.ArgumentParser):
    """Reads the arguments of a command; where they are wrong, `way_out` says what to write instead."""

    way_out: str = ""

    def error(self, message: str) -> NoReturn:
        """Print the usage where it is short, what is wrong and the way out, and exit 2."""
        usage = self.format_usage()
        if usage.count("\n") > _MOST_LINES_OF_USAGE:
            usage = f"{self.prog} --help says how it is used\n"
        said = f"{message}. {self.way_out}" if self.way_out else message
        self.exit(USAGE, f"{usage}{self.prog}: error: {said}\n")


Command = Callable[[argparse.Namespace], int]
"""What runs a command and returns its exit code; its docstring is the help."""
Commands: TypeAlias = "argparse._SubParsersAction[CommandParser]"  # noqa: SLF001 - argparse names it no other way
"""Where the commands of a program, or of a group, are added."""
Options: TypeAlias = "argparse._ActionsContainer"  # noqa: SLF001 - argparse names it no other way
"""Where options are declared: a command, or one heading of its help."""


def add_command(commands: Commands, name: str, run: Command) -> CommandParser:
    """Add a command, and return the parser that its options are declared on."""
    text = cleandoc(run.__doc__ or "")
    parser = commands.add_parser(
        name,
        help=text.splitlines()[0],
        description=text,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.set_defaults(run=run)
    return parser


def add_group(commands: Commands, name: str, text: str, *, way_out: str = "") -> Commands:
    """Add a command that has commands of its own, and return where these are added."""
    parser = commands.add_parser(name, help=text, description=text)
    parser.way_out = way_out
    return add_commands(parser)


def add_commands(parser: CommandParser) -> Commands:
    """Return where the commands of a parser are added; where none of them is named, `unfinished` holds the parser."""
    parser.set_defaults(unfinished=parser)
    return parser.add_subparsers(title="commands", metavar="COMMAND")
