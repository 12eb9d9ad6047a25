"""How long each stage of the matching takes, reported to a listener of the running thread; without one, it costs
nothing.
"""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Literal, TypeAlias

Stage: TypeAlias = Literal["parse_and_encode", "retrieve", "rank", "calibrate", "decide"]
"""`rank` compares as well."""
StageListener: TypeAlias = Callable[[Stage, float], None]
"""Takes a stage and the seconds that it took for one batch."""

_listener: ContextVar[StageListener | None] = ContextVar("stage_listener", default=None)


def listen_to_stages(listener: StageListener | None) -> None:
    """Report the stages of the running thread to a listener, or to nobody any more."""
    _listener.set(listener)


@contextmanager
def timed(stage: Stage) -> Iterator[None]:
    """Tell how long the block takes, unless it fails."""
    listener = _listener.get()
    if listener is None:
        yield
        return
    begun = time.perf_counter()
    yield
    listener(stage, time.perf_counter() - begun)
