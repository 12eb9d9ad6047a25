import os
import sys
from collections.abc import Callable

from address_match.service.cli.terminal.exit_codes import exit_code, tell
from address_match.service.errors import UsageError


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
