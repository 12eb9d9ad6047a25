import os
import sys
from collections.abc import Callable, Sequence
from functools import partial

from address_match.service.cli.arguments import command_line
from address_match.service.cli.exit_codes import exit_code, tell
from address_match.service.commands.exit_code import USAGE
from address_match.service.errors import UsageError


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code: 0, 1 for a failure, 2 for a usage error; never a traceback."""
    arguments = command_line().parse_args(argv)
    if "run" not in arguments:
        arguments.unfinished.print_help(sys.stderr)
        return USAGE
    # One thread a process: the work is many small matrices, and on them a team of threads only waits for itself.
    os.environ.setdefault("OMP_NUM_THREADS", "1")
    return outcome(partial(arguments.run, arguments))


def outcome(command: Callable[[], int]) -> int:
    """Run what a command does, tell how it fails, and return its exit code; never a traceback."""
    try:
        _refuse_closed_output()
        code = command()
        sys.stdout.flush()
    except (Exception, KeyboardInterrupt) as error:
        if os.environ.get("ADDRESS_MATCH_DEBUG"):
            raise
        tell(error)
        if isinstance(error, BrokenPipeError):
            # The interpreter flushes standard output once more at its end; give it somewhere to go.
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return exit_code(error)
    return code


def _refuse_closed_output() -> None:
    """Raise `UsageError` where nobody can be answered; else a file that is opened could take the place of standard output."""
    if sys.stdout is None:
        raise UsageError("standard output is closed; send it somewhere, to /dev/null for instance")
