"""A signal ends a run: in order, and with what stands on the disk said."""

import signal
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

from address_match.service.errors import RunInterruptedError
from address_match.service.signals_to_end import signals_to_end_taken_by


class Interruption:
    """Remembers whether a signal came that ends the run."""

    def __init__(self) -> None:
        self._signal: signal.Signals | None = None
        self.leaves = "no output was written"
        """What stands on the disk where the run ends by a signal, in words."""

    def check(self) -> None:
        """Raise `RunInterruptedError` if a signal came, even one whose exception was lost on its way."""
        if self._signal is not None:
            raise RunInterruptedError(f"interrupted by {self._signal.name}; {self.leaves}")

    def receive(self, number: int, _frame: FrameType | None) -> None:
        """Handle a signal: the first ends the run, further ones leave its clearing up alone."""
        if self._signal is None:
            self._signal = signal.Signals(number)
            self.check()


@contextmanager
def interruptible() -> Iterator[Interruption]:
    """Make SIGINT, SIGTERM and SIGHUP raise `RunInterruptedError` within the block; works in the main thread only."""
    interruption = Interruption()
    with signals_to_end_taken_by(interruption.receive):
        yield interruption
