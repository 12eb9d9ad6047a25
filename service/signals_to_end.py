"""The signals by which a command or a service is told to end."""

import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType


@contextmanager
def signals_to_end_taken_by(take: Callable[[int, FrameType | None], object]) -> Iterator[None]:
    """Have SIGINT, SIGTERM and SIGHUP handled by `take`; put the handlers of before back afterwards. For the main thread.

    SIGHUP, by which a terminal says that it is gone, is left alone where it is ignored, as `nohup` has it.
    """
    before = {number: signal.signal(number, take) for number in _signals_to_end()}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _signals_to_end() -> list[signal.Signals]:
    hang_up = getattr(signal, "SIGHUP", None)  # which Windows has not
    heard = hang_up is not None and signal.getsignal(hang_up) is not signal.SIG_IGN
    return [signal.SIGINT, signal.SIGTERM, *([hang_up] if heard and hang_up is not None else [])]
