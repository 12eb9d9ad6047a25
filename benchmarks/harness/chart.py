from collections.abc import Sequence
from io import StringIO

from rich.bar import Bar
from rich.console import Console

WIDTH = 24


def bars(values: Sequence[float]) -> list[str]:
    """Draw a bar for each value, as long as it is of the largest; values are not negative.

    >>> bars([8, 4])[1].strip()
    '████████████'
    """
    largest = max(values, default=0.0)
    return [_bar(value, largest) if largest else "" for value in values]


def _bar(value: float, largest: float) -> str:
    written = StringIO()
    console = Console(file=written, width=WIDTH, color_system=None)
    console.print(Bar(size=largest, begin=0, end=value, width=WIDTH))
    return written.getvalue().strip()
