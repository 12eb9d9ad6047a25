"""One table from errors to exit codes and messages."""

import errno
import sys
from tempfile import gettempdir

from address_match.indexer.errors import IndexerError
from address_match.models.errors import DeviceError, DeviceMemoryError, ModelError, PrecisionError
from address_match.parser.errors import ParserError, TextTooLongError
from address_match.service.commands.exit_code import FAILURE, USAGE
from address_match.service.errors import ServiceError, UsageError

EXIT_CODES: tuple[tuple[type[BaseException], int], ...] = (
    (UsageError, USAGE),
    (PrecisionError, USAGE),
    (ServiceError, FAILURE),
    (IndexerError, FAILURE),
    (DeviceMemoryError, FAILURE),
    (DeviceError, USAGE),
    (ModelError, FAILURE),
    (TextTooLongError, USAGE),
    (ParserError, FAILURE),
    (OSError, FAILURE),
    (KeyboardInterrupt, FAILURE),
    (MemoryError, FAILURE),
    (Exception, FAILURE),
)
"""The first class that fits an error decides."""


def exit_code(error: BaseException) -> int:
    """Return the exit code of an error."""
    return next(code for kind, code in EXIT_CODES if isinstance(error, kind))


def message(error: BaseException) -> str:
    """Return what went wrong in one line, for the person at the terminal."""
    if isinstance(error, ServiceError | IndexerError | ModelError | ParserError):
        return str(error)
    if isinstance(error, OSError):
        place = f" {error.filename}:" if error.filename else ""
        return f"{place} {error.strerror or error}{_way_out(error)}".strip()
    if isinstance(error, KeyboardInterrupt):
        return "interrupted"
    if isinstance(error, MemoryError):
        return "memory ran out; try fewer --jobs"
    from address_match.service.error_place import place_of

    # What an error says itself may quote an address; one of an import names modules alone.
    what = f": {error}" if isinstance(error, ImportError) else f" in {place_of(error)}"
    return (
        f"unexpected {type(error).__name__}{what}; set ADDRESS_MATCH_DEBUG=1 to see all of it, and report it"
    )


def _way_out(error: OSError) -> str:
    if error.errno not in {errno.ENOSPC, errno.EDQUOT}:
        return ""
    return f". Nothing half-written was put in place; free some disk where the output lies and in {gettempdir()}, and begin again"


def tell(error: BaseException) -> None:
    """Write an error's message to standard error; a reader that went away needs none."""
    if not isinstance(error, BrokenPipeError):
        print(f"address-match: {message(error)}", file=sys.stderr)
