def share_interval(part: int, whole: int) -> tuple[float, float]:
    """Return the 95 % interval of a share of independent trials (Wilson 1927); (0, 1) of no trials."""
    from scipy.stats import binomtest

    if not whole:
        return 0.0, 1.0
    found = binomtest(part, whole).proportion_ci(0.95, method="wilson")
    return float(found.low), float(found.high)
