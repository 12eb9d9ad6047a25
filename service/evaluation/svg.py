"""Charts as SVG text: axes, lines, points with intervals. No library of the core draws, and these need few shapes."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from html import escape

Point = tuple[float, float]
"""In the units of the axes."""

LEFT, RIGHT, TOP, BOTTOM = 56, 16, 12, 44
"""Margins in pixels, for the labels of the axes."""
LONGEST_LABEL = 34
ROW_HEIGHT = 20
ROWS_WIDTH = 720
LABEL_WIDTH = 250


@dataclass(frozen=True, slots=True)
class Axis:
    """What runs along a side of a chart; shares are labelled in per cent."""

    label: str
    low: float = 0.0
    high: float = 1.0
    ticks: int = 5
    """Steps between `low` and `high`."""
    named: tuple[tuple[float, str], ...] = ()
    """Values with labels of their own, in place of the steps."""

    def part(self, value: float) -> float:
        """Return where a value lies between the ends, brought into [0, 1]."""
        span = self.high - self.low
        return min(max((value - self.low) / span, 0.0), 1.0) if span else 0.0

    def marks(self) -> list[tuple[float, str]]:
        """Return the values that are labelled, with their labels."""
        if self.named:
            return list(self.named)
        step = (self.high - self.low) / self.ticks
        digits = 0 if step >= 0.01 else 1 if step >= 0.001 else 2
        values = [self.low + step * i for i in range(self.ticks + 1)]
        return [(value, f"{100 * value:.{digits}f} %") for value in values]


@dataclass(frozen=True, slots=True)
class Frame:
    """The field between two axes."""

    x: Axis
    y: Axis
    width: int = 480
    height: int = 320

    def at(self, point: Point) -> tuple[float, float]:
        """Return the place of a point in pixels, from the upper left."""
        across = LEFT + self.x.part(point[0]) * (self.width - LEFT - RIGHT)
        down = self.height - BOTTOM - self.y.part(point[1]) * (self.height - TOP - BOTTOM)
        return round(across, 1), round(down, 1)

    def chart(self, title: str, marks: Iterable[str]) -> str:
        """Draw the axes and lay the marks over them."""
        return drawing(title, self.width, self.height, [*self._axes(), *marks])

    def line(self, points: Sequence[Point], style: str) -> str:
        """Join points by a line."""
        return f'<polyline class="{style}" points="{self._path(points)}"/>'

    def dot(self, point: Point, low: float, high: float, said: str) -> str:
        """Draw a point with the interval of its height; `said` is shown where a pointer rests on it."""
        x, y = self.at(point)
        _, bottom = self.at((point[0], low))
        _, top = self.at((point[0], high))
        return (
            f'<g><title>{escape(said)}</title><line class="interval" x1="{x}" x2="{x}" y1="{top}" y2="{bottom}"/>'
            f'<circle class="dot" cx="{x}" cy="{y}" r="4"/></g>'
        )

    def _path(self, points: Iterable[Point]) -> str:
        return " ".join(f"{x},{y}" for x, y in map(self.at, points))

    def _axes(self) -> list[str]:
        parts = []
        for value, label in self.x.marks():
            x, y = self.at((value, self.y.low))
            parts.append(f'<line class="grid" x1="{x}" x2="{x}" y1="{TOP}" y2="{y}"/>')
            parts.append(f'<text x="{x}" y="{y + 16}" text-anchor="middle">{label}</text>')
        for value, label in self.y.marks():
            x, y = self.at((self.x.low, value))
            parts.append(f'<line class="grid" x1="{x}" x2="{self.width - RIGHT}" y1="{y}" y2="{y}"/>')
            parts.append(f'<text x="{x - 6}" y="{y + 4}" text-anchor="end">{label}</text>')
        middle, half = (LEFT + self.width - RIGHT) / 2, (TOP + self.height - BOTTOM) / 2
        parts.append(
            f'<text class="axis" x="{middle}" y="{self.height - 8}" text-anchor="middle">{escape(self.x.label)}</text>'
        )
        parts.append(
            f'<text class="axis" x="12" y="{half}" text-anchor="middle" transform="rotate(-90 12 {half})">'
            f"{escape(self.y.label)}</text>"
        )
        return parts


@dataclass(frozen=True, slots=True)
class Row:
    """A share with its interval, by name."""

    name: str
    value: float
    low: float
    high: float
    queries: int


def rows_chart(title: str, rows: Sequence[Row], axis: Axis) -> str:
    """Draw a share per row, one below the other."""
    height = TOP + ROW_HEIGHT * len(rows) + BOTTOM
    across = ROWS_WIDTH - LABEL_WIDTH - RIGHT
    parts = []
    for value, label in axis.marks():
        x = round(LABEL_WIDTH + axis.part(value) * across, 1)
        parts.append(f'<line class="grid" x1="{x}" x2="{x}" y1="{TOP}" y2="{height - BOTTOM}"/>')
        parts.append(f'<text x="{x}" y="{height - BOTTOM + 16}" text-anchor="middle">{label}</text>')
    for number, row in enumerate(rows):
        y = TOP + ROW_HEIGHT * (number + 0.5)
        low, value, high = (
            round(LABEL_WIDTH + axis.part(v) * across, 1) for v in (row.low, row.value, row.high)
        )
        said = f"{row.name}: {row.value:.2%} of {row.queries:,} ({row.low:.2%} to {row.high:.2%})"
        parts.append(
            f"<g><title>{escape(said)}</title>"
            f'<text x="{LABEL_WIDTH - 8}" y="{y + 4}" text-anchor="end">{escape(_shortened(row.name))} ({row.queries:,})</text>'
            f'<line class="interval" x1="{low}" x2="{high}" y1="{y}" y2="{y}"/>'
            f'<circle class="dot" cx="{value}" cy="{y}" r="4"/></g>'
        )
    parts.append(
        f'<text class="axis" x="{LABEL_WIDTH + across / 2}" y="{height - 8}" text-anchor="middle">{escape(axis.label)}</text>'
    )
    return drawing(title, ROWS_WIDTH, height, parts)


def drawing(title: str, width: int, height: int, parts: Iterable[str]) -> str:
    """Wrap shapes into one picture that a page may hold as it is."""
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" height="{height}" role="img" aria-label="{escape(title)}">'
        + "".join(parts)
        + "</svg>"
    )


def _shortened(name: str) -> str:
    return name if len(name) <= LONGEST_LABEL else f"{name[: LONGEST_LABEL - 1]}…"
