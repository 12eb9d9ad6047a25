import math

NORMAL_95 = 1.959964
"""Quantile of the normal distribution that leaves 2.5 % above."""


def share_interval(part: int, whole: int, quantile: float = NORMAL_95) -> tuple[float, float]:
    """Return the 95 % interval of a share of independent trials (Wilson 1927); (0, 1) of no trials."""
    if not whole:
        return 0.0, 1.0
    share, spread = part / whole, quantile**2 / whole
    middle = (share + spread / 2) / (1 + spread)
    half = math.sqrt(share * (1 - share) * spread + spread**2 / 4) / (1 + spread)
    return max(0.0, middle - half), min(1.0, middle + half)
