"""Measures as curves: what probabilities are worth, what a threshold buys, what absence does to a file."""

from dataclasses import dataclass

import numpy as np

from address_match.service.evaluation.intervals import share_interval
from address_match.service.evaluation.measures import calibration_bins, thresholds
from address_match.service.evaluation.outcome import Outcomes

ABSENCE_RATES = tuple(rate / 20 for rate in range(20))
"""From no absent address to nineteen in twenty."""
MOST_POINTS = 200
"""Of a precision-coverage curve; more cannot be seen."""


@dataclass(frozen=True, slots=True)
class ReliabilityBin:
    """The queries whose best candidate's probability lies in one tenth of [0, 1]."""

    queries: int
    claimed: float
    """Mean probability of the best candidates."""
    right: float
    """Share of them that are right."""
    low: float
    high: float
    """95 % interval of that share."""


@dataclass(frozen=True, slots=True)
class CoveragePoint:
    """What comes of accepting every best candidate from one probability on."""

    threshold: float
    coverage: float
    """Share of all queries that are accepted."""
    precision: float
    """Share of the accepted that are right."""
    recall: float
    """Share of the present queries that are accepted and right."""


@dataclass(frozen=True, slots=True)
class AbsencePoint:
    """What the decisions come to in a file with another share of absent addresses."""

    rate: float
    false_matches: float
    """Share of all addresses that are matched wrongly."""
    wrong_of_matched: float
    """Share of the matched that are wrong; 0 where nothing is matched."""


def reliability(outcomes: Outcomes) -> tuple[ReliabilityBin, ...]:
    """Return the bins of the calibration error that hold a query, ascending."""
    bins = calibration_bins(outcomes.probability)
    found = []
    for tenth in np.unique(bins).tolist():
        inside = bins == tenth
        right, queries = int(outcomes.right[inside].sum()), int(inside.sum())
        low, high = share_interval(right, queries)
        claimed = float(outcomes.probability[inside].mean())
        found.append(ReliabilityBin(queries, claimed, right / queries, low, high))
    return tuple(found)


def precision_coverage(outcomes: Outcomes) -> tuple[CoveragePoint, ...]:
    """Return the points of the thresholds, the surest answers first; of many, MOST_POINTS spread evenly over the
    queries.
    """
    probability, accepted, right = thresholds(outcomes)
    shown = np.arange(len(accepted))
    if len(accepted) > MOST_POINTS:
        shown = np.unique(np.searchsorted(accepted, np.linspace(1, len(outcomes), MOST_POINTS)))
    present = max(1, int(outcomes.present.sum()))
    return tuple(
        CoveragePoint(
            threshold=float(probability[i]),
            coverage=int(accepted[i]) / len(outcomes),
            precision=int(right[i]) / int(accepted[i]),
            recall=int(right[i]) / present,
        )
        for i in shown.tolist()
    )


def by_absence(outcomes: Outcomes) -> tuple[AbsencePoint, ...]:
    """Return what the decisions would come to at each of ABSENCE_RATES; none where present or absent queries lack.

    Present and absent queries are weighed as such a file would hold them; the decisions stay those that were made.
    """
    present, absent = outcomes.present, ~outcomes.present
    if not present.any() or not absent.any():
        return ()
    accepted = float(outcomes.accepted[present].mean())
    wrong = float((outcomes.accepted & ~outcomes.right)[present].mean())
    absent_accepted = float(outcomes.accepted[absent].mean())
    points = []
    for rate in ABSENCE_RATES:
        false = (1 - rate) * wrong + rate * absent_accepted
        matched = (1 - rate) * accepted + rate * absent_accepted
        points.append(AbsencePoint(rate, false, false / matched if matched else 0.0))
    return tuple(points)
