"""How many connections a process has files for."""

import sys
from contextlib import suppress

OTHER_FILES = 128
"""Files that the process has open beside its connections: those of the index, of models, of connections to a cluster, and of probes."""
FILES_WITHOUT_BOUND = 8_192
"""Taken for the bound where the system names none: on Windows sockets are no files, and yet connections stay bounded."""


def most_connections() -> int:
    """Return how many connections may be open beside the files of the index, the log and probes; raises the system's bound as far as it may."""
    return max(1, _most_files() - OTHER_FILES)


def _most_files() -> int:
    """Raise the number of files that this process may have open as far as it may, and return it."""
    try:
        import resource
    except ImportError:
        return FILES_WITHOUT_BOUND
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    with suppress(ValueError, OSError):  # some systems refuse what they name as their bound
        resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
        soft = hard
    return soft if soft != resource.RLIM_INFINITY else sys.maxsize
