"""What is measured of a matcher on queries with a known truth, the same for one that states probabilities and one that
states weights.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from address_match.service.evaluation import measures
from address_match.service.evaluation.evaluation_query import EvaluationQuery
from address_match.service.evaluation.outcome import Outcomes
from benchmarks.harness.matchers import Best
from benchmarks.harness.result import Figure

MARGINS = (0.0, 1.0, 2.0, 5.0, 10.0)
"""Least distances to the next candidate that are tried for a matcher that states one: it gets its best."""


@dataclass(frozen=True, slots=True)
class MatchingScores:
    """Shares in [0, 1]; None where there is nothing to divide by."""

    queries: int
    absent: int
    rank_1: Figure
    precision: Figure
    """Of what is accepted as shipped; an absent one that is accepted is wrong."""
    recall: Figure
    """As shipped."""
    absent_accepted: Figure
    """As shipped: share of the absent queries that were given an answer."""
    best_f1: Figure
    """At the best threshold of the score."""
    recall_at_99_precision: Figure
    expected_calibration_error: Figure
    """None for a matcher that states no probability."""


def score_matching(
    queries: Sequence[EvaluationQuery], best: Sequence[Best], *, states_probability: bool
) -> MatchingScores:
    """Score the best candidates of the queries, both in the same order."""
    if states_probability:
        outcomes = _outcomes(queries, best, [each.score for each in best])
        tried = [outcomes]
    else:
        tried = [_outcomes(queries, best, _ranks(best, margin)) for margin in MARGINS]
        outcomes = tried[0]
    return MatchingScores(
        queries=len(outcomes),
        absent=int((~outcomes.present).sum()),
        rank_1=measures.rank_1(outcomes),
        precision=measures.precision(outcomes),
        recall=measures.recall(outcomes),
        absent_accepted=measures.absent_accepted(outcomes),
        best_f1=_most([best_f1(each) for each in tried]),
        recall_at_99_precision=_most([measures.recall_at_precision(each, 0.99) for each in tried]),
        expected_calibration_error=measures.expected_calibration_error(outcomes)
        if states_probability
        else None,
    )


def best_f1(outcomes: Outcomes) -> Figure:
    """Return the highest F1 among the thresholds of the probability; None without a present query."""
    present = int(outcomes.present.sum())
    if not present:
        return None
    tried = measures.thresholds(outcomes)
    return float((2 * tried.right / (tried.accepted + present)).max())


def _ranks(best: Sequence[Best], least_margin: float) -> list[float]:
    """Bring scores of any scale into [0, 1] by their order; candidates too close to the next come last."""
    keys = [(each.margin >= least_margin, each.score) for each in best]
    places = {key: place for place, key in enumerate(sorted(set(keys)))}
    return [places[key] / max(len(places) - 1, 1) for key in keys]


def _outcomes(
    queries: Sequence[EvaluationQuery], best: Sequence[Best], probabilities: Sequence[float]
) -> Outcomes:
    pairs = list(zip(queries, best, strict=True))
    return Outcomes(
        present=np.array([query.present for query, _ in pairs], dtype=np.bool_),
        right=np.array([each.uprn in query.accepted for query, each in pairs], dtype=np.bool_),
        accepted=np.array([each.accepted for each in best], dtype=np.bool_),
        probability=np.array(probabilities, dtype=np.float64),
        kind=np.array([query.kind for query in queries], dtype=np.str_),
    )


def _most(figures: Sequence[Figure]) -> Figure:
    found = [figure for figure in figures if figure is not None and not math.isnan(figure)]
    return max(found) if found else None
