"""Keeps signals to end that come while a service is still put together."""

from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType
from typing import TYPE_CHECKING

from address_match.service.signals_to_end import signals_to_end_taken_by

if TYPE_CHECKING:
    import uvicorn


class EarlyEnd:
    """What signals to end do where the server's own handlers are not in force, which it has for SIGINT and SIGTERM alone.

    Before the server runs a signal is kept for it. The server raises a signal that ended it once more afterwards, which changes
    nothing.
    """

    def __init__(self) -> None:
        """Begin with no signal and no server."""
        self._came = False
        self._server: uvicorn.Server | None = None

    def hand_to(self, server: "uvicorn.Server") -> None:
        """Have the server end as soon as it has started if a signal came, or comes before its own handlers are in force."""
        self._server = server
        if self._came:
            server.should_exit = True

    def take(self, _number: int, _frame: FrameType | None) -> None:
        """Take a signal; a handler for `signal.signal`."""
        self._came = True
        if self._server is not None:
            self._server.should_exit = True


@contextmanager
def ended_well_by_signals() -> Iterator[EarlyEnd]:
    """Keep signals to end for the server that will run. For the main thread."""
    early = EarlyEnd()
    with signals_to_end_taken_by(early.take):
        yield early
