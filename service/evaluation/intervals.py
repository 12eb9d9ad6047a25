"""Shares that were estimated, and where they lie with 95 % confidence."""

from dataclasses import dataclass
from typing import Literal

NORMAL_95 = 1.96
"""Deviations to either side of the mean of a normal distribution between which 95 of 100 values lie."""


@dataclass(frozen=True, slots=True)
class EstimatedShare:
    """A share in [0, 1] that was not counted, and where it lies with 95 % confidence."""

    value: float
    low: float
    high: float

    def as_json(self) -> dict[str, float]:
        """Give it as a JSON object."""
        return {"value": round(self.value, 4), "low": round(self.low, 4), "high": round(self.high, 4)}

    def as_text(self) -> str:
        """Give it in per cent.

        >>> EstimatedShare(0.991, 0.986, 0.994).as_text()
        '99.1 % (98.6–99.4)'
        """
        return f"{100 * self.value:.1f} % ({100 * self.low:.1f}–{100 * self.high:.1f})"


def share_interval(
    part: int, whole: int, method: Literal["wilson", "exact"] = "wilson"
) -> tuple[float, float]:
    """Return the 95 % interval of a share of independent trials; (0, 1) of no trials.

    Wilson's (1927) holds the truth 95 times in a hundred on average, the exact one (Clopper & Pearson 1934) at least as
    often whatever the share is.
    """
    from scipy.stats import binomtest

    if not whole:
        return 0.0, 1.0
    found = binomtest(part, whole).proportion_ci(0.95, method=method)
    return float(found.low), float(found.high)
