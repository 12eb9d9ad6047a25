import os
import sys
from collections.abc import Sequence
from functools import partial

from address_match.service.cli.program.command_line import command_line
from address_match.service.cli.terminal.outcome import outcome
from address_match.service.commands.exit_code import USAGE


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code: 0, 1 for a failure, 2 for a usage error; never a traceback."""
    arguments = command_line().parse_args(argv)
    if "run" not in arguments:
        arguments.unfinished.print_help(sys.stderr)
        return USAGE
    # One thread a process: the work is many small matrices, and on them a team of threads only waits for itself.
    os.environ.setdefault("OMP_NUM_THREADS", "1")
    return outcome(partial(arguments.run, arguments))
