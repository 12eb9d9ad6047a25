"""Everything that an evaluation tells: the scores with their intervals, by class and by damaged field, and the curves."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from address_match.service.evaluation import measures
from address_match.service.evaluation.bootstrap import bootstrap_intervals
from address_match.service.evaluation.curves import (
    AbsencePoint,
    CoveragePoint,
    ReliabilityBin,
    by_absence,
    precision_coverage,
    reliability,
)
from address_match.service.evaluation.damage import FIELDS, Damage
from address_match.service.evaluation.evaluation_query import EvaluationQuery
from address_match.service.evaluation.outcome import Outcomes, judge
from address_match.service.evaluation.scores import Scores, evaluate
from address_match.service.matching.answer import Answer

UNDAMAGED = "nothing"
"""Name of the row of queries that say every field as the reference does."""


@dataclass(frozen=True, slots=True)
class FieldScores:
    """How the present queries fare that leave a field out, or say it otherwise; a query may stand in several rows."""

    field: str
    damage: str
    """A `Damage`; empty for UNDAMAGED."""
    queries: int
    rank_1: float | None
    recall: float | None


@dataclass(frozen=True, slots=True)
class Findings:
    """The result of an evaluation; its fields are those of the JSON."""

    overall: Scores
    by_class: dict[str, Scores]
    not_held: int
    """Present queries of whose right UPRNs the reference holds none: by mistake, or because it is another reference."""
    intervals: dict[str, tuple[float, float]]
    """95 % intervals of the overall measures, by name."""
    by_field: tuple[FieldScores, ...]
    reliability: tuple[ReliabilityBin, ...]
    precision_coverage: tuple[CoveragePoint, ...]
    by_absence: tuple[AbsencePoint, ...]


def findings_of(
    queries: Sequence[EvaluationQuery],
    answers: Sequence[Answer],
    damaged: Sequence[Mapping[str, Damage] | None],
) -> Findings:
    """Score answers against the truth; all three have the same order and length; `damaged` is of `damage_of`."""
    outcomes, report = judge(queries, answers), evaluate(queries, answers)
    return Findings(
        overall=report.overall,
        by_class=report.by_class,
        not_held=sum(q.present and d is None for q, d in zip(queries, damaged, strict=True)),
        intervals=bootstrap_intervals(outcomes),
        by_field=_by_field(outcomes, damaged),
        reliability=reliability(outcomes),
        precision_coverage=precision_coverage(outcomes),
        by_absence=by_absence(outcomes),
    )


def _by_field(outcomes: Outcomes, damaged: Sequence[Mapping[str, Damage] | None]) -> tuple[FieldScores, ...]:
    parts = [(UNDAMAGED, "", [fields == {} for fields in damaged])]
    for field in FIELDS:
        for kind in Damage:
            chosen = [fields is not None and fields.get(field) is kind for fields in damaged]
            parts.append((field, kind.value, chosen))
    rows = []
    for field, name, chosen in parts:
        part = outcomes.at(np.flatnonzero(chosen))
        if len(part):
            rows.append(FieldScores(field, name, len(part), measures.rank_1(part), measures.recall(part)))
    return tuple(rows)
