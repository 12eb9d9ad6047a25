"""Which answers to check by hand, and what the verdicts say of all of them."""

import math
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from address_match.service.evaluation.intervals import EstimatedShare, share_interval

EDGES = (0.95, 0.99, 0.999)
"""Probabilities that part the strata of matched rows: the unsure, where errors are, from the sure, which are most."""
_LEAST_WRONG = 0.005
"""Share of wrong rows, and of right ones, that is expected of any stratum at least: that sure answers are right is what
is to be checked.
"""
_LEAST_DRAWN = 2
POINT = 0.01
"""Half of the width of an interval by which a share is known well."""
_COUNTS = (
    *(20, 30, 40, 50, 60, 80, 100, 120, 150, 200, 250, 300, 400, 500, 600, 800),
    *(1_000, 1_200, 1_500, 2_000, 2_500, 3_000, 4_000, 5_000, 6_000, 8_000, 10_000),
)
"""How many rows somebody may be asked to check: round numbers."""


@dataclass(frozen=True, slots=True)
class DrawnRow:
    """A matched row to check by hand."""

    position: int
    """Among the matched."""
    weight: float
    """Matched rows that it stands for."""


@dataclass(frozen=True, slots=True)
class CheckedStratum:
    """What is known of the matched rows whose probability is alike."""

    rows: int
    checked: int
    right: int


def strata_of(probabilities: NDArray[np.float64]) -> NDArray[np.intp]:
    """Return the stratum of each matched row, the unsure first, shape (rows,)."""
    return np.searchsorted(EDGES, probabilities, side="right")


def draw_rows(probabilities: NDArray[np.float64], count: int, seed: int) -> list[DrawnRow]:
    """Draw at most `count` matched rows at random out of each stratum, in their order; the same seed draws the same.

    Strata of which more is to be learned give more rows: the allocation of Neyman (1934), in whole rows by the
    priorities of Wright (The American Statistician 66, 2012).
    """
    rng = np.random.default_rng(seed)
    strata = strata_of(probabilities)
    members = [np.flatnonzero(strata == stratum) for stratum in range(len(EDGES) + 1)]
    spreads = [spread(probabilities[rows]) for rows in members]
    drawn: list[DrawnRow] = []
    for rows, size in zip(members, allocated([len(m) for m in members], spreads, count), strict=True):
        drawn += [DrawnRow(int(row), len(rows) / size) for row in rng.choice(rows, size, replace=False)]
    return sorted(drawn, key=lambda row: row.position)


def rows_for_a_point(probabilities: NDArray[np.float64], matched: int, right: float) -> int:
    """Return how many of `matched` rows are to be checked to know which share is right to within a point on either
    side.

    `probabilities` are of a sample of them, `right` is the share that is expected. The rows are taken as `draw_rows`
    takes them, and the verdicts as they are expected; where chance has it otherwise, the interval is wider or narrower.
    All rows at most.
    """
    strata = strata_of(probabilities)
    members = [probabilities[strata == stratum] for stratum in range(len(EDGES) + 1)]
    sizes = [round(len(member) * matched / len(probabilities)) for member in members]
    spreads = [spread(member) for member in members]
    scale = (1 - right) / max(1 - float(probabilities.mean()), 1e-9)
    wrong = [min(1.0, scale * (1 - float(member.mean()))) if len(member) else 0.0 for member in members]

    def known(count: int) -> bool:
        drawn = allocated(sizes, spreads, count)
        found = estimate_right(
            [
                CheckedStratum(size, number, number - round(share * number))
                for size, number, share in zip(sizes, drawn, wrong, strict=True)
            ]
        )
        return found is not None and max(found.value - found.low, found.high - found.value) <= POINT

    place = bisect_left(_COUNTS, True, key=known)
    return min(_COUNTS[place], matched) if place < len(_COUNTS) else matched


def estimate_right(strata: Sequence[CheckedStratum]) -> EstimatedShare | None:
    """Estimate which share of all matched rows is right; None where none is checked.

    The stratified mean is unbiased (Cochran, Sampling Techniques, 1977, 5.3). A stratum without a verdict is joined
    with the next surer one (collapsed strata, 5A.12). The interval joins the exact ones of the strata, each narrower by
    the share of its rows that is checked: the method of variance estimates recovery (Zou & Donner, Statistics in
    Medicine 27, 2008).
    """
    known = _collapsed(strata)
    rows = sum(stratum.rows for stratum in known)
    if not known:
        return None
    value, below, above = 0.0, 0.0, 0.0
    for stratum in known:
        weight, share = stratum.rows / rows, stratum.right / stratum.checked
        unchecked = 1 - stratum.checked / stratum.rows
        low, high = share_interval(stratum.right, stratum.checked, "exact")
        value += weight * share
        below += unchecked * (weight * (share - low)) ** 2
        above += unchecked * (weight * (high - share)) ** 2
    return EstimatedShare(value, max(0.0, value - math.sqrt(below)), min(1.0, value + math.sqrt(above)))


def spread(probabilities: NDArray[np.float64]) -> float:
    """Return the standard deviation that is expected of right and wrong in a stratum."""
    if not len(probabilities):
        return 0.0
    wrong = min(max(_LEAST_WRONG, 1 - float(probabilities.mean())), 1 - _LEAST_WRONG)
    return math.sqrt(wrong * (1 - wrong))


def allocated(sizes: Sequence[int], spreads: Sequence[float], count: int) -> list[int]:
    """Share at most `count` rows out to strata: Neyman's allocation in whole rows, at least two a stratum that has
    them.
    """
    found = [0] * len(sizes)

    def priority(stratum: int) -> tuple[bool, float]:
        size = found[stratum]
        return size < _LEAST_DRAWN, sizes[stratum] * spreads[stratum] / math.sqrt(size * (size + 1) or 1)

    for _ in range(min(count, sum(sizes))):
        found[max((s for s in range(len(sizes)) if found[s] < sizes[s]), key=priority)] += 1
    return found


def _collapsed(strata: Sequence[CheckedStratum]) -> list[CheckedStratum]:
    """Join strata without a verdict with the next surer one, and the last with the one before."""
    joined: list[CheckedStratum] = []
    waiting = 0
    for stratum in strata:
        if stratum.checked:
            joined.append(CheckedStratum(stratum.rows + waiting, stratum.checked, stratum.right))
            waiting = 0
        else:
            waiting += stratum.rows
    if joined and waiting:
        last = joined[-1]
        joined[-1] = CheckedStratum(last.rows + waiting, last.checked, last.right)
    return joined
