"""What a deployment costs: the time of addresses that are answered one by one, and memory."""

import time
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import closing
from functools import partial
from multiprocessing import get_context
from pathlib import Path

import numpy as np

from address_match.service.batch.matcher import AddressMatcher, OpenMatcher
from address_match.service.fault_isolation import match_each

ONE_BY_ONE = 500
"""Addresses at most that are answered one by one: time enough for the slowest of a hundred to show."""
IN_BULK = 5_000
"""Addresses at most that are answered at once while memory is taken."""
_STATUS = Path("/proc/self/status")
_PEAK = "VmHWM:"


def slowest_of_100(matcher: AddressMatcher, texts: Sequence[str]) -> float:
    """Return the CPU seconds within which 99 of 100 addresses are answered as a service does, one by one; 0 where there
    are none.
    """
    taken, match = [], partial(matcher.match, top=5, thorough=True)
    for text in texts[:ONE_BY_ONE]:
        begun = time.process_time()
        match_each(match, [text])
        taken.append(time.process_time() - begun)
    return float(np.quantile(taken, 0.99)) if taken else 0.0


def peak_mebibytes(opener: OpenMatcher, texts: Sequence[str]) -> float | None:
    """Return the most memory that a process takes which opens a pipeline and answers addresses; None where the system
    does not say.
    """
    if not _STATUS.exists():
        return None
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as process:
        return process.submit(_peak, opener, list(texts[:IN_BULK])).result()


def times(candidate: float | None, champion: float | None) -> float | None:
    """Return how many times that of the champion the candidate takes; None where either was not taken."""
    return candidate / champion if candidate is not None and champion else None


def _peak(opener: OpenMatcher, texts: Sequence[str]) -> float:
    with closing(opener()) as matcher:
        match_each(partial(matcher.match, top=1), texts)
    # Not what getrusage tells: a process inherits that from the one that started it.
    lines = _STATUS.read_text(encoding="ascii").splitlines()
    return int(next(line for line in lines if line.startswith(_PEAK)).split()[1]) / 1024
