"""What is accepted, and what of it is expected to be right, from window to window, as pictures."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from address_match.service.evaluation.svg import Axis, Frame
from address_match.service.lifecycle.monitoring.judged_window import Finding, JudgedWindow
from address_match.service.lifecycle.monitoring.watched_values import ACCEPTED, EXPECTED_PRECISION

_LABELLED = 4
"""Windows whose day is written below them."""
_ROOM = 0.01
"""Share above and below what is drawn."""


@dataclass(frozen=True, slots=True)
class WindowChart:
    """A share in the windows of a size."""

    what: str
    size: int
    svg: str


@dataclass(frozen=True, slots=True)
class _Value:
    """A share in one window, with its interval."""

    value: float
    low: float
    high: float
    usual: float
    window: JudgedWindow


def window_charts(windows: Sequence[JudgedWindow]) -> list[WindowChart]:
    """Draw the share that is accepted, and the expected precision, in the windows of each size that has any."""
    charts = []
    for size in sorted({one.size for one in windows}):
        for watched in (ACCEPTED, EXPECTED_PRECISION):
            values = list(_values([one for one in windows if one.size == size], watched.name))
            if values:
                title = f"{watched.meaning}, in windows of {size:,}"
                charts.append(WindowChart(watched.name, size, _drawn(values, title)))
    return charts


def _values(windows: Sequence[JudgedWindow], name: str) -> Iterator[_Value]:
    for window in windows:
        found: Finding = next(one for one in window.findings if one.name == name)
        if found.value is None or found.usual_value is None:
            continue
        low = high = found.value
        if name == EXPECTED_PRECISION.name and window.expected_precision is not None:
            low, high = window.expected_precision.low, window.expected_precision.high
        yield _Value(found.value, low, high, found.usual_value, window)


def _drawn(values: Sequence[_Value], title: str) -> str:
    frame = Frame(_windows_axis(values), _share_axis(values))
    usual = [(float(number), one.usual) for number, one in enumerate(values)]
    dots = [
        frame.dot((float(number), one.value), one.low, one.high, _said(one))
        for number, one in enumerate(values)
    ]
    line = frame.line([(float(number), one.value) for number, one in enumerate(values)], "shares")
    ends = [(-0.5, usual[0][1]), *usual, (len(values) - 0.5, usual[-1][1])]
    return frame.chart(title, [frame.line(ends, "usual"), line, *dots])


def _said(one: _Value) -> str:
    return f"until {one.window.ends:%Y-%m-%d %H:%M}: {one.value:.2%}, usually {one.usual:.2%}"


def _windows_axis(values: Sequence[_Value]) -> Axis:
    step = max(1, len(values) // _LABELLED)
    named = tuple((float(n), f"{values[n].window.ends:%d %b}") for n in range(0, len(values), step))
    return Axis("last day of the window", -0.5, len(values) - 0.5, named=named)


def _share_axis(values: Sequence[_Value]) -> Axis:
    low = min(min(one.low, one.usual) for one in values) - _ROOM
    high = max(max(one.high, one.usual) for one in values) + _ROOM
    return Axis("share", max(0.0, low), min(1.0, high))
