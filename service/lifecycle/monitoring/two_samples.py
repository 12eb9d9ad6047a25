"""Statistics of a window against a reference, from the counts of values; each for many windows at once.

A window is a row of counts, shape (windows, values), and so is what it is compared with.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from address_match.service.lifecycle.monitoring.watched_values import Kind

Counts = NDArray[np.int64]
Numbers = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Compared:
    """What comes of comparing windows."""

    statistic: Numbers
    """Shape (windows,): grows with the number of facts where there is a change."""
    effect: Numbers
    """Shape (windows,): how large the change is, whatever the number of facts; never below 0."""


def compare(kind: Kind, windows: Counts, others: Counts, values: Numbers | None) -> Compared:
    """Compare windows with others, row by row; `values` are those of the columns, of numbers."""
    if kind is Kind.CATEGORY:
        return chi_squared(windows, others)
    if values is None:
        raise ValueError(f"{kind} is of numbers, and there are none")
    return kolmogorov(windows, others, values) if kind is Kind.NUMBER else means(windows, others, values)


def chi_squared(windows: Counts, others: Counts) -> Compared:
    """Return Pearson's chi-squared of two samples, and Cramér's V as of two samples of one size; cells are large enough
    for it.
    """
    sizes, of_others = _sizes(windows), _sizes(others)
    pooled = (windows + others) / (sizes + of_others)
    shares, usual = windows / sizes, others / of_others
    difference = np.square(shares - usual)
    terms = np.divide(difference, pooled, out=np.zeros_like(difference), where=pooled > 0)
    statistic = terms.sum(axis=1) / (1 / sizes + 1 / of_others)[:, 0]
    both = shares + usual
    balanced = np.divide(difference, 2 * both, out=np.zeros_like(difference), where=both > 0)
    return Compared(statistic, np.sqrt(balanced.sum(axis=1)))


def kolmogorov(windows: Counts, others: Counts, values: Numbers) -> Compared:
    """Return the square of Kolmogorov's statistic, and Wasserstein's distance in standard deviations of the others."""
    sizes, of_others = _sizes(windows), _sizes(others)
    apart = np.abs(np.cumsum(windows / sizes, axis=1) - np.cumsum(others / of_others, axis=1))
    statistic = np.square(apart.max(axis=1)) / (1 / sizes + 1 / of_others)[:, 0]
    distance = (apart[:, :-1] * np.diff(values)).sum(axis=1)
    return Compared(statistic, distance / _deviation(others, values))


def means(windows: Counts, others: Counts, values: Numbers) -> Compared:
    """Return the square of the difference of means in its standard errors, and that difference."""
    sizes, of_others = _sizes(windows)[:, 0], _sizes(others)[:, 0]
    difference = windows @ values / sizes - others @ values / of_others
    error = np.square(_deviation(others, values)) * (1 / sizes + 1 / of_others)
    return Compared(np.square(difference) / error, np.abs(difference))


def _sizes(counts: Counts) -> Counts:
    """Return the facts of each row, at least 1, shape (windows, 1)."""
    sizes: Counts = np.maximum(1, counts.sum(axis=1, keepdims=True))
    return sizes


def _deviation(counts: Counts, values: Numbers) -> Numbers:
    """Return the standard deviation of each row's values, and a small number where all are one."""
    sizes = _sizes(counts)[:, 0]
    mean = counts @ values / sizes
    variance = counts @ np.square(values) / sizes - np.square(mean)
    return np.sqrt(np.maximum(variance, 1e-12))
