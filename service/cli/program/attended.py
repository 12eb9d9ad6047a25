"""Runs one command for a program that attends to it: it ends with that program, and leaves its files to their owner.

`python -m address_match.service.cli.program.attended [--behind] match …`, with a pipe as its standard input; `--behind` those who wait for an
answer, it gives way to them.
"""

import os
import sys
import threading

from address_match.service.cli.program.entry import main

BEHIND = "--behind"
_NICENESS = 10
_STANDARD_INPUT = 0


def _end_with_who_began() -> None:
    """End this process when the other end of standard input is gone; nothing is ever written to it."""
    # Not by sys.stdin, whose lock this thread would hold while the interpreter ends.
    while os.read(_STANDARD_INPUT, 1):
        pass
    os._exit(1)


if __name__ == "__main__":
    arguments = sys.argv[1:]
    os.umask(0o077)
    if arguments[:1] == [BEHIND]:
        del arguments[0]
        if hasattr(os, "nice"):
            os.nice(_NICENESS)
    threading.Thread(target=_end_with_who_began, daemon=True, name="attended").start()
    sys.exit(main(arguments))
