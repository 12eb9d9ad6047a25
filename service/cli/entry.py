import os
import sys
from collections.abc import Sequence

from address_match.service.cli.arguments import command_line
from address_match.service.cli.exit_codes import USAGE, exit_code, tell


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code: 0, 1 for a failure, 2 for a usage error; never a traceback."""
    arguments = command_line().parse_args(argv)
    if "run" not in arguments:
        arguments.unfinished.print_help(sys.stderr)
        return USAGE
    # One thread a process: the work is many small matrices, and on them a team of threads only waits for itself.
    os.environ.setdefault("OMP_NUM_THREADS", "1")
    try:
        code: int = arguments.run(arguments)
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
