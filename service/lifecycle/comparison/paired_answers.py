"""The same addresses answered by two deployments, the champion and the candidate, and what the difference is worth."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from address_match.service.evaluation import measures
from address_match.service.evaluation.evaluation_query import EvaluationQuery
from address_match.service.evaluation.intervals import NORMAL_95
from address_match.service.evaluation.outcome import Outcomes, judge
from address_match.service.matching.answer import Answer

Flags = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class PairedAnswers:
    """Queries with the answers of both."""

    queries: Sequence[EvaluationQuery]
    champion: Sequence[Answer]
    candidate: Sequence[Answer]


@dataclass(frozen=True, slots=True)
class Figures:
    """How one of them answered."""

    matched: int
    precision: float | None
    recall: float | None
    absent_accepted: float | None
    calibration_error: float | None


@dataclass(frozen=True, slots=True)
class Slice:
    """Some of the addresses, and what of them was answered well: matched rightly, or left unmatched where none is held."""

    name: str
    rows: int
    champion: float
    candidate: float
    low: float
    """Lower end of the 95 % interval of candidate minus champion, of pairs."""
    high: float


@dataclass(frozen=True, slots=True)
class Comparison:
    """What comes of it."""

    rows: int
    changed: int
    """Answers with another status, or of another premises."""
    lost: int
    """Answered well by the champion alone."""
    gained: int
    """Answered well by the candidate alone."""
    worse_p_value: float
    """Of as many lost or more if both were equally good: McNemar's exact test, one-sided."""
    champion: Figures
    candidate: Figures
    slices: tuple[Slice, ...]
    hard_rows: int = 0
    """Of a list of addresses that are known to be hard; 0 where there was none."""
    hard_lost: int = 0
    """Of these, answered well by the champion alone."""
    unlabelled_rows: int = 0
    """Of addresses without their truth; 0 where there were none."""
    unlabelled_alike: int = 0
    """Of these, with the same status, and of the same premises."""
    slower: float | None = None
    """CPU time of the candidate on the addresses, over that of the champion; None where it was not taken."""
    slower_single: float | None = None
    """That within which 99 of 100 addresses are answered one by one, over that of the champion; None where it was not
    taken.
    """
    more_memory: float | None = None
    """Most memory of the candidate over that of the champion, each in a process of its own; None where it was not
    taken.
    """
    labels_days: float | None = None
    """Age of the newest label of the store that was named; None where none was named, or it is empty."""


def compare_answers(paired: PairedAnswers, least_rows: int) -> Comparison:
    """Compare the answers of both; slices have that many rows at least."""
    from scipy.stats import binomtest

    before, after = judge(paired.queries, paired.champion), judge(paired.queries, paired.candidate)
    well_before, well_after = _is_well(before), _is_well(after)
    lost, gained = int((well_before & ~well_after).sum()), int((well_after & ~well_before).sum())
    return Comparison(
        rows=len(before),
        changed=int(changed_rows(paired).sum()),
        lost=lost,
        gained=gained,
        worse_p_value=float(binomtest(lost, lost + gained, alternative="greater").pvalue) if lost else 1.0,
        champion=_figures(before),
        candidate=_figures(after),
        slices=tuple(
            _slice(name, well_before[rows], well_after[rows])
            for name, rows in _rows_of_slices(before)
            if rows.sum() >= least_rows
        ),
    )


def lost_rows(paired: PairedAnswers) -> Flags:
    """Return which queries the champion alone answers well, shape (queries,)."""
    before, after = judge(paired.queries, paired.champion), judge(paired.queries, paired.candidate)
    lost: Flags = _is_well(before) & ~_is_well(after)
    return lost


def changed_rows(paired: PairedAnswers) -> Flags:
    """Return which answers have another status, or are of another premises, shape (queries,)."""
    pairs = zip(paired.champion, paired.candidate, strict=True)
    return np.array([not alike(a, b) for a, b in pairs], dtype=np.bool_)


def alike(one: Answer, other: Answer) -> bool:
    """Return whether two answers are of the same status, and of the same premises."""
    return (one.status, one.uprn) == (other.status, other.uprn)


def _is_well(outcomes: Outcomes) -> Flags:
    return np.where(outcomes.present, outcomes.right & outcomes.accepted, ~outcomes.accepted)


def _rows_of_slices(outcomes: Outcomes) -> Iterator[tuple[str, Flags]]:
    yield "held", outcomes.present
    yield "absent", ~outcomes.present
    for kind in sorted({kind for kind in outcomes.kind.tolist() if kind}):
        yield f"class {kind}", outcomes.kind == kind


def _slice(name: str, before: Flags, after: Flags) -> Slice:
    difference = after.astype(np.int64) - before.astype(np.int64)
    mean, error = float(difference.mean()), float(difference.std() / np.sqrt(len(difference)))
    return Slice(
        name=name,
        rows=len(difference),
        champion=float(before.mean()),
        candidate=float(after.mean()),
        low=mean - NORMAL_95 * error,
        high=mean + NORMAL_95 * error,
    )


def _figures(outcomes: Outcomes) -> Figures:
    return Figures(
        int(outcomes.accepted.sum()),
        measures.precision(outcomes),
        measures.recall(outcomes),
        measures.absent_accepted(outcomes),
        measures.expected_calibration_error(outcomes),
    )
