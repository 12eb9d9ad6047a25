"""Where pages are printed, and how far a command has come is shown."""

import sys
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from rich.console import Console
    from rich.progress import Progress


def page_console() -> "Console":
    """Return the console for pages on standard output; colours only on a terminal."""
    from rich.console import Console

    width = None if sys.stdout.isatty() else 120
    return Console(highlight=False, soft_wrap=False, width=width)


@contextmanager
def progress_bar() -> "Iterator[Progress | None]":
    """Show a progress bar on standard error while the block runs; None unless that is a terminal."""
    if not sys.stderr.isatty():
        yield None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("{task.fields[rate]}"),
        TimeRemainingColumn(),
    )
    with Progress(*columns, console=Console(stderr=True), transient=True) as progress:
        yield progress


@contextmanager
def rows_progress(what: str, total: int | None) -> "Iterator[Callable[[int], None]]":
    """Show how many rows are done, how fast that goes and the time left; nothing unless standard error is a terminal."""
    with progress_bar() as bar:
        if bar is None:
            yield lambda _: None
            return
        task, started = bar.add_task(what, total=total, rate=""), time.monotonic()

        def show(done: int) -> None:
            rate = done / max(time.monotonic() - started, 1e-9)
            bar.update(task, completed=done, rate=f"{rate:,.0f}/s")

        yield show
