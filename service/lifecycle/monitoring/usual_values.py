"""How far windows of quiet facts stray by themselves: facts come in stretches that are alike, and a window holds few of
these.

The tests of the textbooks take facts for independent. Where a file or a street comes after the other, a quiet window
strays further than they say. So quiet windows are put together from stretches of the reference, drawn with replacement
(block bootstrap, Künsch 1989), and what is seen is compared with them. Beyond the largest few its tail is exponential,
as that of a chi-squared. Where windows as they came stray further than those put together, since more than a stretch is
alike, the statistic is divided by how much (Rao and Scott 1981).
"""

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from address_match.service.facts.projected_sums import STRETCH
from address_match.service.lifecycle.monitoring.two_samples import Compared, Counts, Numbers, compare
from address_match.service.lifecycle.monitoring.watched_values import CodedFacts, Kind, Watched, code

STEP = 50
"""How far apart the windows of the reference begin from which the least effect worth an alarm is learned."""
LEAST_WINDOWS = 20
"""Windows as they came, fewer of which say too little of how much they stray; where there are not so many, shorter ones
do.
"""
DRAWN = 2_000
"""Quiet windows that are put together."""
INDEPENDENT = 200
"""Windows of independent facts that are drawn beside them."""
TAIL_FROM = 0.97
"""Quantile of their statistic above which the tail is taken for exponential."""
LARGEST_QUIET = 0.995
"""Quantile of the effects of the reference's windows that a change has to exceed."""
MARGINS = (1.25, 2.0)
"""By how much the effect of a change has to exceed that, where facts are independent, and where a window holds few
stretches that are alike: 40 of those windows do not show how far the next may stray (benchmarks.monitoring).
"""
SHARE_MARGIN = 1.75
"""The larger of these for a share: what is counted is nought or one, so that windows stray less far beyond those that
were seen.
"""
ALIKE = 4.0
"""How many times further than independent facts windows stray from which the larger margin holds."""
LEAST_EXPECTED = 5.0
"""Facts of a category that a stretch is expected to hold, below which it is merged with the other rare ones (Cochran
1954).
"""
_SEED = 20_261_129


@dataclass(frozen=True, slots=True)
class Judged:
    """One watched thing in one window."""

    p_value: float
    """Of no change, in stretches that are as much alike as those of the reference."""
    effect: float
    floor: float
    """Effect that a quiet window hardly exceeds."""
    value: float | None
    """Mean in the window, of numbers."""
    usual_value: float | None
    """Mean in the reference."""


class UsualValues:
    """A watched thing in a reference, for windows of one size."""

    def __init__(self, watched: Watched, reference: pa.Table, window: int) -> None:
        self._watched = watched
        coded = code(watched, reference)
        self._kept = _large(coded)
        self._facts = coded.grouped(self._kept) if watched.kind is Kind.CATEGORY else coded
        self._total = self._facts.counts()
        self._quiet = np.sort(self._inflation(window) * self._put_together(window))
        self._floor = self._margin(window) * self._largest_quiet_effect(window)

    def judge(self, facts: pa.Table, size: int) -> list[Judged]:
        """Compare each window of so many facts with the reference; what fills no window is left out."""
        values, windows, usual = self._both(code(self._watched, facts), size)
        numbers = _as_numbers(self._watched.kind, values)
        found = compare(self._watched.kind, windows, usual, numbers)
        means, usual_mean = _mean_of(windows, numbers), _mean_of(usual, numbers)[0]
        said = (windows.sum(axis=1) > 0).tolist()
        judged = zip(tail(self._quiet, found.statistic), found.effect.tolist(), means, said, strict=True)
        return [
            Judged(p_value, effect, self._floor, mean, usual_mean)
            if is_said and usual.any()
            else Judged(1.0, 0.0, self._floor, None, usual_mean)
            for p_value, effect, mean, is_said in judged
        ]

    def _both(self, facts: CodedFacts, size: int) -> tuple[tuple[object, ...], Counts, Counts]:
        """Return the values of both, and how often each occurs in the windows and in the reference."""
        if self._watched.kind is Kind.CATEGORY:
            windows = np.diff(facts.grouped(self._kept).running_counts(size), axis=0)
            return self._facts.values, windows, self._total[None]
        values = sorted({*self._facts.values, *facts.values}, key=_number)
        place = {value: number for number, value in enumerate(values)}
        counts = np.diff(facts.running_counts(size), axis=0)
        windows, usual = (np.zeros((rows, len(values)), dtype=np.int64) for rows in (len(counts), 1))
        windows[:, [place[value] for value in facts.values]] = counts
        usual[0, [place[value] for value in self._facts.values]] = self._total
        return tuple(values), windows, usual

    def _put_together(self, window: int) -> Numbers:
        """Return the statistic of quiet windows that are put together from stretches, shape (DRAWN,)."""
        stretches = self._stretches(STRETCH, STRETCH).astype(np.float64)
        drawn = draws(len(stretches), window // STRETCH) @ stretches
        found = self._compared(drawn.astype(np.int64), self._total[None])
        # The reference strays by itself as well, which it does not beside what was drawn from it.
        return found.statistic * (1 + window / len(self._facts.codes))

    def _inflation(self, window: int) -> float:
        """Return by how much windows as they came stray further than those put together, at least 1."""
        length = min(window, len(self._facts.codes) // LEAST_WINDOWS // STRETCH * STRETCH)
        came = self._stretches(length, length)
        statistic = self._compared(came, self._total - came).statistic
        return max(1.0, float(statistic.mean() / max(self._put_together(length).mean(), 1e-12)))

    def _margin(self, window: int) -> float:
        """Return what the largest quiet effect is multiplied by: more, the further windows stray than those of
        independent facts.
        """
        shares = self._total / max(1, self._total.sum())
        independent = np.random.default_rng(_SEED).multinomial(window, shares, INDEPENDENT)
        usual = float(self._compared(independent, self._total[None]).statistic.mean())
        further = float(self._quiet.mean()) / max(usual, 1e-12)
        least, most = MARGINS
        is_share = self._watched.kind is Kind.MEAN and {*self._facts.values} <= {0.0, 1.0}
        return float(np.interp(further, (1.0, ALIKE), (least, SHARE_MARGIN if is_share else most)))

    def _largest_quiet_effect(self, window: int) -> float:
        """Return the effect that hardly any of the reference's own windows exceeds, which overlap."""
        length = min(window, len(self._facts.codes) // 2)
        came = self._stretches(length, STEP)
        return float(np.quantile(self._compared(came, self._total - came).effect, LARGEST_QUIET))

    def _stretches(self, length: int, apart: int) -> Counts:
        """Count the values of stretches of the reference that begin so far apart, shape (stretches, values)."""
        running = self._facts.running_counts(STEP)
        starts = np.arange(0, len(running) - length // STEP, apart // STEP)
        counts: Counts = running[starts + length // STEP] - running[starts]
        return counts

    def _compared(self, windows: Counts, others: Counts) -> Compared:
        kind = self._watched.kind
        return compare(kind, windows, others, _as_numbers(kind, self._facts.values))


def tail(quiet: Numbers, statistic: Numbers) -> list[float]:
    """Return how often a quiet window's statistic would be as large; those of `quiet` windows ascend."""
    beyond = float(np.quantile(quiet, TAIL_FROM))
    exceeded = 1 - np.searchsorted(quiet, statistic, side="left") / len(quiet)
    excess = float((quiet[quiet > beyond] - beyond).mean()) if quiet[-1] > beyond else 1.0
    rare = (1 - TAIL_FROM) * np.exp(-(statistic - beyond) / max(excess, 1e-12))
    found: list[float] = np.where(statistic > beyond, rare, exceeded).tolist()
    return found


@lru_cache(maxsize=8)
def draws(stretches: int, of_window: int) -> NDArray[np.float64]:
    """Return how often each stretch is drawn for each window that is put together, shape (DRAWN, stretches)."""
    rng = np.random.default_rng(_SEED)
    return rng.multinomial(of_window, np.full(stretches, 1 / stretches), DRAWN).astype(np.float64)


def _large(coded: CodedFacts) -> tuple[object, ...]:
    """Return the values that a stretch is expected to hold often enough for chi-squared."""
    counts = coded.counts()
    expected = counts / max(1, counts.sum()) * STRETCH
    return tuple(
        value for value, count in zip(coded.values, expected, strict=True) if count >= LEAST_EXPECTED
    )


def _number(value: object) -> float:
    return float(str(value))


def _mean_of(counts: Counts, values: Numbers | None) -> list[float | None]:
    """Return the mean of each row; None of categories, and where nothing is counted."""
    if values is None:
        return [None] * len(counts)
    sums: list[float] = (counts @ values).tolist()
    sizes: list[int] = counts.sum(axis=1).tolist()
    return [total / size if size else None for total, size in zip(sums, sizes, strict=True)]


def _as_numbers(kind: Kind, values: tuple[object, ...]) -> Numbers | None:
    return None if kind is Kind.CATEGORY else np.array(values, dtype=np.float64)
