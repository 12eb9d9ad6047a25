import resource
import signal
from collections.abc import Iterator
from types import FrameType

import pytest


@pytest.fixture
def small_disk() -> Iterator[None]:
    """No file may grow over 64 KiB, as on a disk that is full: writing fails with an OSError."""

    def ignore(_signal: int, _frame: FrameType | None) -> None: ...

    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    handler = signal.signal(signal.SIGXFSZ, ignore)
    resource.setrlimit(resource.RLIMIT_FSIZE, (65_536, before[1]))
    yield
    resource.setrlimit(resource.RLIMIT_FSIZE, before)
    signal.signal(signal.SIGXFSZ, handler)
