"""The pictures of an evaluation; each is None where there is nothing to draw."""

import math
from collections.abc import Iterable

from address_match.service.evaluation.curves import AbsencePoint, CoveragePoint, ReliabilityBin
from address_match.service.evaluation.findings import FieldScores
from address_match.service.evaluation.intervals import share_interval
from address_match.service.evaluation.scores import Scores
from address_match.service.evaluation.svg import Axis, Frame, Row, rows_chart

LOW_ENDS = (0.0, 0.5, 0.8, 0.9)
"""Where an axis of shares may begin, so that its five steps are round."""


def reliability_chart(bins: tuple[ReliabilityBin, ...]) -> str | None:
    """Lay what came true against what was claimed; on the diagonal the probabilities mean what they say."""
    if not bins:
        return None
    frame = Frame(Axis("probability of the best candidate"), Axis("share that is right"))
    dots = [
        frame.dot(
            (one.claimed, one.right),
            one.low,
            one.high,
            f"{one.queries:,} queries claimed {one.claimed:.3f}, right {one.right:.3f} ({one.low:.3f} to {one.high:.3f})",
        )
        for one in bins
    ]
    return frame.chart("Reliability of the probabilities", [frame.line([(0, 0), (1, 1)], "ideal"), *dots])


def coverage_chart(points: tuple[CoveragePoint, ...]) -> str | None:
    """Lay precision against the share of the addresses that are accepted."""
    if not points:
        return None
    frame = Frame(
        Axis("share of all addresses accepted"),
        Axis("precision", low=_below(p.precision for p in points)),
    )
    return frame.chart(
        "Precision against coverage", [frame.line([(p.coverage, p.precision) for p in points], "curve")]
    )


def absence_chart(points: tuple[AbsencePoint, ...]) -> str | None:
    """Lay wrong matches against the share of absent addresses, of all addresses and of the matched."""
    if not points:
        return None
    highest = max(p.wrong_of_matched for p in points)
    frame = Frame(
        Axis("share of the addresses that the reference does not hold"),
        Axis("wrong matches", high=max(0.02, math.ceil(highest * 50) / 50)),
    )
    return frame.chart(
        "Wrong matches against the share of absent addresses",
        [
            frame.line([(p.rate, p.wrong_of_matched) for p in points], "curve"),
            frame.line([(p.rate, p.false_matches) for p in points], "curve second"),
        ],
    )


def classes_chart(by_class: dict[str, Scores]) -> str | None:
    """Draw rank-1 of each class that has present queries."""
    rows = [
        _row(name, scores.rank_1, scores.present)
        for name, scores in by_class.items()
        if scores.rank_1 is not None
    ]
    return _shares("Best candidate right, by class", rows)


def fields_chart(by_field: tuple[FieldScores, ...]) -> str | None:
    """Draw rank-1 of the queries that leave a field out or say it otherwise."""
    rows = [
        _row(f"{one.field} {one.damage}".strip(), one.rank_1, one.queries)
        for one in by_field
        if one.rank_1 is not None
    ]
    return _shares("Best candidate right, by damaged field", rows)


def _shares(title: str, rows: list[Row]) -> str | None:
    if not rows:
        return None
    axis = Axis("best candidate right, of the present", low=_below(row.low for row in rows))
    return rows_chart(title, rows, axis)


def _row(name: str, share: float, queries: int) -> Row:
    low, high = share_interval(round(share * queries), queries)
    return Row(name, share, low, high, queries)


def _below(values: Iterable[float]) -> float:
    """Return the highest of LOW_ENDS that lies below all values: an axis that begins at 0 hides what differs near 1."""
    least = min(values)
    return max(end for end in LOW_ENDS if end == 0 or end < least)
