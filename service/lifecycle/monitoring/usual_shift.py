"""How far the mean of the vectors of quiet windows strays, by their projected sums: Hotelling's T².

Its covariance is that of the stretches of a reference, shrunk since they may be few (Ledoit and Wolf 2004), so that
what is alike within a stretch is in it. Quiet windows are put together from stretches, as for all else; where windows
as they came stray further from the others than that, the statistic is divided by how much, which makes up for a
covariance that was fitted to few as well.
"""

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from address_match.service.facts.projected_sums import NUMBERS, STRETCH, Sums
from address_match.service.lifecycle.monitoring.two_samples import Numbers
from address_match.service.lifecycle.monitoring.usual_values import (
    LARGEST_QUIET,
    LEAST_WINDOWS,
    MARGINS,
    Judged,
    draws,
    tail,
)

LEAST_SUMS = 20
"""Of a reference; fewer say too little of how its means stray."""

LEAST_VARIANCE = 1e-6
"""Of the mean of a stretch, in each number; 1/250 is that of independent addresses. Texts that are all one have none."""


class UsualShift:
    """The projected vectors of a reference, for windows of one size."""

    def __init__(self, reference: pa.Table, window: int) -> None:
        sums, _, encoders = _sums_of(reference)
        self._encoder = encoders[-1] if encoders else ""
        self._usual = sums[[one == self._encoder for one in encoders]] / STRETCH
        self._learned = len(self._usual) >= LEAST_SUMS
        if self._learned:
            self._mean, self._precision = _mean_and_precision(self._usual)
            self._learn_quiet(window // STRETCH)

    def judge(self, facts: pa.Table, size: int) -> list[Judged]:
        """Compare each window of so many facts with the reference; one without sums of the reference's encoder does not
        differ.
        """
        windows = len(facts) // size
        unsaid = [Judged(1.0, 0.0, 0.0, None, None)] * windows
        if not self._learned:
            return unsaid
        sums, rows, encoders = _sums_of(facts)
        places = rows // size
        held = np.array([one == self._encoder for one in encoders], dtype=bool) & (places < windows)
        counts = np.bincount(places[held], minlength=windows)
        totals = np.zeros((windows, NUMBERS))
        np.add.at(totals, places[held], sums[held] / STRETCH)
        distance = _distance(totals / np.maximum(1, counts)[:, None] - self._mean, self._precision)
        judged = zip(tail(self._quiet, counts * distance), np.sqrt(distance), counts, unsaid, strict=True)
        return [
            Judged(p_value, float(effect), self._floor, None, None) if count else nothing
            for p_value, effect, count, nothing in judged
        ]

    def _learn_quiet(self, of_window: int) -> None:
        count = len(self._usual)
        length = max(1, min(of_window, count // LEAST_WINDOWS))
        came = length * self._as_they_came(length, length)
        further = max(1.0, float(came.mean() / max(self._put_together(length).mean(), 1e-12)))
        self._quiet = np.sort(further * self._put_together(of_window))
        largest = np.quantile(self._as_they_came(min(of_window, count // 2), 1), LARGEST_QUIET)
        self._floor = float(np.sqrt(largest)) * MARGINS[1]  # sums do not show whether stretches are alike

    def _put_together(self, of_window: int) -> Numbers:
        """Return the statistic of quiet windows that are put together from stretches, shape (draws,)."""
        drawn = draws(len(self._usual), of_window) @ self._usual / of_window
        quiet = of_window * _distance(drawn - self._mean, self._precision)
        # The reference strays by itself as well, which it does not beside what was drawn from it.
        return quiet * (1 + of_window / len(self._usual))

    def _as_they_came(self, length: int, apart: int) -> Numbers:
        """Return the distance of windows of the reference, each from the rest of it, shape (windows,)."""
        found = []
        for start in range(0, len(self._usual) - length + 1, apart):
            within = np.arange(start, start + length)
            mean, precision = _mean_and_precision(np.delete(self._usual, within, axis=0))
            found.append(_distance((self._usual[within].mean(axis=0) - mean)[None], precision)[0])
        return np.array(found)


def _sums_of(facts: pa.Table) -> tuple[Sums, np.ndarray[tuple[int], np.dtype[np.int64]], list[str]]:
    """Return the sums among some facts, shape (sums, NUMBERS), the row of each, and the encoder of each; facts of
    before have none.
    """
    if "projected" not in facts.column_names:
        return np.empty((0, NUMBERS)), np.empty(0, dtype=np.int64), []
    column = facts.column("projected").combine_chunks()
    rows = np.flatnonzero(column.is_valid().to_numpy(zero_copy_only=False))
    sums = np.array(column.drop_null().to_pylist(), dtype=np.float64).reshape(-1, NUMBERS)
    return sums, rows, pc.take(facts.column("encoder").cast(pa.string()), pa.array(rows)).to_pylist()


def _mean_and_precision(means: Sums) -> tuple[Sums, Sums]:
    """Return the mean of rows, and the inverse of their covariance, shrunk towards one number on its diagonal."""
    mean = means.mean(axis=0)
    centred = means - mean
    count, width = centred.shape
    covariance = centred.T @ centred / count + np.eye(width) * LEAST_VARIANCE
    target = np.eye(width) * np.trace(covariance) / width
    apart = np.square(covariance - target).sum()
    strays = (np.square(np.square(centred).sum(axis=1)).mean() - np.square(covariance).sum()) / count
    shrunk = float(np.clip(strays / max(apart, LEAST_VARIANCE**2), 0.0, 1.0))
    return mean, np.linalg.inv(shrunk * target + (1 - shrunk) * covariance)


def _distance(shifts: Sums, precision: Sums) -> Numbers:
    """Return the square of Mahalanobis' distance of each row from nought."""
    found: Numbers = np.round(np.einsum("wi,ij,wj->w", shifts, precision, shifts), 9)
    return found
