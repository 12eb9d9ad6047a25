"""One window of facts against the reference of its channel."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from address_match.service.evaluation.intervals import EstimatedShare
from address_match.service.lifecycle.monitoring.expected_precision import (
    ExpectedPrecision,
    absent_share,
    expected_precision,
)
from address_match.service.lifecycle.monitoring.latency import Latency
from address_match.service.lifecycle.monitoring.precision_by_labels import PrecisionByLabels
from address_match.service.lifecycle.monitoring.usual_shift import UsualShift
from address_match.service.lifecycle.monitoring.usual_values import Judged, UsualValues
from address_match.service.lifecycle.monitoring.watched_values import WATCHED, Kind

FALSE_DISCOVERY = 0.0015
"""Rate of false discoveries among the tests of a window: of 20 quiet windows of 1,000, and the 5 of 4,000 in them, one
differs at most once in 25 times.
"""


@dataclass(frozen=True, slots=True)
class Finding:
    """What is watched, in a window."""

    name: str
    differs: bool
    """Whether it differs from the reference: significantly, and by more than quiet windows do."""
    p_value: float
    effect: float
    floor: float
    value: float | None
    usual_value: float | None


@dataclass(frozen=True, slots=True)
class JudgedWindow:
    """A window, and what differs in it."""

    size: int
    begins: datetime
    ends: datetime
    findings: tuple[Finding, ...]
    expected_precision: ExpectedPrecision | None
    """Of the matched; None where nothing is matched."""
    absent: EstimatedShare | None
    """Share of the addresses that the reference does not hold; None where none could be read."""
    by_labels: PrecisionByLabels | None = None
    """Of the matched; None where too few of them are labelled."""
    latency: Latency | None = None
    """None where nobody waited for the answers."""

    @property
    def differing(self) -> tuple[Finding, ...]:
        """What differs, the surest first."""
        return tuple(sorted((one for one in self.findings if one.differs), key=lambda one: one.p_value))


class Usual(Protocol):
    """What a reference says of one watched thing, in windows of a size."""

    def judge(self, facts: pa.Table, size: int) -> list[Judged]:
        """Compare each window of so many facts with the reference."""
        ...


def usual_values(reference: pa.Table, window: int) -> Mapping[str, Usual]:
    """Learn from a reference how all that is watched strays in windows of a size."""
    return {
        watched.name: UsualShift(reference, window)
        if watched.kind is Kind.SHIFT
        else UsualValues(watched, reference, window)
        for watched in WATCHED
    }


def judge_windows(usual: Mapping[str, Usual], facts: pa.Table, size: int) -> list[JudgedWindow]:
    """Compare each window of so many facts with the reference in all that is watched."""
    judged = {name: values.judge(facts, size) for name, values in usual.items()}
    return [
        _judged_window(
            {name: of_windows[number] for name, of_windows in judged.items()},
            facts.slice(number * size, size),
        )
        for number in range(len(facts) // size)
    ]


def _judged_window(judged: Mapping[str, Judged], window: pa.Table) -> JudgedWindow:
    rejected = rejected_by_false_discovery([one.p_value for one in judged.values()], FALSE_DISCOVERY)
    findings = tuple(
        Finding(
            name=name,
            differs=is_rejected and one.effect > one.floor,
            p_value=one.p_value,
            effect=one.effect,
            floor=one.floor,
            value=one.value,
            usual_value=one.usual_value,
        )
        for (name, one), is_rejected in zip(judged.items(), rejected, strict=True)
    )
    moments = pc.min_max(window.column("moment")).as_py()
    return JudgedWindow(
        size=len(window),
        begins=moments["min"],
        ends=moments["max"],
        findings=findings,
        expected_precision=expected_precision(window),
        absent=absent_share(window),
    )


def rejected_by_false_discovery(p_values: Sequence[float], rate: float) -> list[bool]:
    """Return which hypotheses are rejected at a rate of false discoveries (Benjamini and Hochberg 1995)."""
    ordered = np.sort(np.asarray(p_values, dtype=np.float64))
    below = np.flatnonzero(ordered <= rate * np.arange(1, len(ordered) + 1) / max(1, len(ordered)))
    largest = float(ordered[below[-1]]) if len(below) else -1.0
    return [value <= largest for value in p_values]
