"""How long answers take in a window, against the reference of its channel."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pyarrow as pa

COLUMNS = ("milliseconds", "champion")
"""Of the facts that this needs."""
SLOW = 1.5
"""How many times longer than usual 95 of 100 answers may take before it is said."""
SLOW_WINDOWS = 2
"""Windows running that are slow before it is said: a machine is busy with something else now and then."""


@dataclass(frozen=True, slots=True)
class Latency:
    """Milliseconds in which half of the answers were given, and 95 of 100; in a batch, its time over its addresses."""

    p50: float
    p95: float
    usual_p50: float | None
    """Of the reference; None where that holds no times, as facts that a bundle brings along do not. So is the next."""
    usual_p95: float | None

    @property
    def is_slow(self) -> bool:
        """Whether 95 of 100 answers take more than `SLOW` times as long as usual."""
        return self.usual_p95 is not None and self.p95 > SLOW * self.usual_p95

    def as_text(self) -> str:
        """Write it for people.

        >>> Latency(3.21, 12.4, None, None).as_text()
        '3.2 and 12.4 ms'
        """
        return f"{self.p50:.1f} and {self.p95:.1f} ms"


def latencies(reference: pa.Table, facts: pa.Table, size: int) -> list[Latency | None]:
    """Return the latency of each window of so many facts; None where they hold no times that a client waited for."""
    usual = _quantiles(reference) or (None, None)
    windows = (_quantiles(facts.slice(number * size, size)) for number in range(len(facts) // size))
    return [found and Latency(*found, *usual) for found in windows]


def slow_sentence(windows: Sequence[Latency | None]) -> str:
    """Say that the last windows of a size were slow, oldest first; empty where they were not, or are too few."""
    last = windows[-SLOW_WINDOWS:]
    if len(last) < SLOW_WINDOWS or not all(one is not None and one.is_slow for one in last):
        return ""
    shown = ", ".join(f"{one.p95:.1f}" for one in last if one is not None)
    usual = next(one.usual_p95 for one in last if one is not None)
    return f"95 of 100 answers take up to {shown} ms in the last windows, more than {SLOW:g} times the usual {usual:.1f}"


def _quantiles(facts: pa.Table) -> tuple[float, float] | None:
    """Return the two quantiles, None where nobody waited: a candidate beside answers when the machine has nothing else
    to do.
    """
    if not len(facts) or COLUMNS[0] not in facts.column_names or _is_beside(facts):
        return None
    p50, p95 = np.quantile(facts.column(COLUMNS[0]).to_numpy(), (0.5, 0.95))
    return float(p50), float(p95)


def _is_beside(facts: pa.Table) -> bool:
    return COLUMNS[1] in facts.column_names and facts.column(COLUMNS[1]).null_count < len(facts)
