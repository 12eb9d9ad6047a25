"""Which share of the matched is right by labels of addresses that a service kept, told of all its answers by their
facts.

A label says under which channel, in which minute and by which bundle its address was answered; facts say how many
answers were matched as surely there. The two meet in these counts alone, so that no fact has to name an address, nor
any id of one.
"""

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from address_match.service.evaluation.hand_check import EDGES, CheckedStratum, estimate_right, strata_of
from address_match.service.evaluation.intervals import NORMAL_95, EstimatedShare
from address_match.service.lifecycle.labels.label_set import Label
from address_match.service.lifecycle.labels.verdict import Verdict
from address_match.service.lifecycle.monitoring.watched_values import EXPECTED_PRECISION
from address_match.service.matching.answer import Status

LEAST_LABELS = 20
"""Fewer say next to nothing."""
_ALPHA = 0.05
_TUNED_FOR = 200
"""Labels at which the interval for every look is narrowest."""
_RATIO = (-2 * math.log(_ALPHA) + math.log(-2 * math.log(_ALPHA)) + 1) / _TUNED_FOR
"""Square of rho, the deviation of the mixture (Waudby-Smith and others, Annals of Statistics 52, 2024, B.2)."""


@dataclass(frozen=True, slots=True)
class PrecisionByLabels:
    """Which share of the matched answers is right, by what people say of some."""

    labels: int
    right: int
    """Of the labels; they are drawn by strata, so that this is no share of the answers."""
    matched: int
    """Answers that they stand for."""
    precision: EstimatedShare
    """By strata, with the interval of one look."""
    at_every_look: EstimatedShare
    """With the interval that holds however often one looks while labels come in."""

    def as_json(self) -> dict[str, object]:
        """Give it as a JSON object."""
        counts = {name: getattr(self, name) for name in ("labels", "right", "matched")}
        shares = {name: getattr(self, name).as_json() for name in ("precision", "at_every_look")}
        return {**counts, **shares}

    def is_below(self, target: float) -> bool:
        """Return whether the labels prove that fewer are right."""
        return self.at_every_look.high < target


def labels_between(labels: Iterable[Label], begins: datetime, ends: datetime) -> list[Label]:
    """Return those of the labels whose addresses were answered from one minute to another, both included."""
    first, last = begins.timestamp(), ends.timestamp()
    return [one for one in labels if first <= one.answer.moment <= last]


def precision_by_labels(facts: pa.Table, labels: Iterable[Label]) -> PrecisionByLabels | None:
    """Estimate which share of the matched among facts is right by labels of some of them; None where these are too few."""
    probability = EXPECTED_PRECISION.values(facts).drop_null().to_numpy()
    of_matched = [
        one for one in labels if one.answer.status == Status.MATCHED.value and one.judgement.is_known
    ]
    if len(of_matched) < LEAST_LABELS or not len(probability):
        return None
    found = estimate_right(_strata(_rows_of_bands(probability), of_matched))
    if found is None:
        return None
    right = sum(map(_is_right, of_matched))
    count = len(of_matched)
    return PrecisionByLabels(count, right, len(probability), found, at_every_look(found, count))


def at_every_look(share: EstimatedShare, labels: int) -> EstimatedShare:
    """Widen the interval of one look so that it holds at all of them: the mixture of Robbins (1970) over normal
    alternatives.
    """
    spent = labels * _RATIO
    factor = math.sqrt(2 * (spent + 1) / spent * math.log(math.sqrt(spent + 1) / _ALPHA)) / NORMAL_95
    low = share.value - factor * (share.value - share.low)
    high = share.value + factor * (share.high - share.value)
    return EstimatedShare(share.value, max(0.0, low), min(1.0, high))


def _rows_of_bands(probability: NDArray[np.float64]) -> list[int]:
    rows: list[int] = np.bincount(strata_of(probability), minlength=len(EDGES) + 1).tolist()
    return rows


def _strata(matched: Sequence[int], labels: Sequence[Label]) -> list[CheckedStratum]:
    """Count labels by how sure their answers are and how likely they were drawn, the unsure first.

    The facts say how many answers are as sure; the weights of the labels say how many of these were as likely to be
    drawn.
    """
    # Facts keep probabilities to .001, and a label has to fall to the same stratum as its fact.
    band_of = strata_of(np.round([one.answer.probability for one in labels], 3)).tolist()
    cells = [(band, one.answer.inclusion) for band, one in zip(band_of, labels, strict=True)]
    checked = Counter(cells)
    right = Counter(cell for cell, one in zip(cells, labels, strict=True) if _is_right(one))
    weight_of_band: defaultdict[int, float] = defaultdict(float)
    for band, inclusion in cells:
        weight_of_band[band] += 1 / inclusion
    found = []
    for band, rows in enumerate(matched):
        here = sorted(cell for cell in checked if cell[0] == band)
        for cell in here:
            share = checked[cell] / cell[1] / weight_of_band[band]
            found.append(CheckedStratum(max(checked[cell], round(rows * share)), checked[cell], right[cell]))
        if not here and rows:
            found.append(CheckedStratum(rows, 0, 0))
    return found


def _is_right(label: Label) -> bool:
    return label.judgement.verdict is Verdict.RIGHT
