"""Times a walk by keyboard through the rows of a review, in the system's browser: `python -m
tests.browser.timed_review`.
"""

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from time import monotonic, sleep

import numpy as np
from playwright.sync_api import Page, expect

from tests.browser.conftest import opened_browser, serving
from tests.browser.screenshots import PATIENCE, made_up, matched
from tests.browser.visit import Visit

ROWS = 100
MATCHED = 130
"""Rows of the file, so that as many as are walked through wait for a person."""
PAUSE_SECONDS = 3.0
"""That a clerk reads a row before a key is pressed."""
MOST_SECONDS = 600.0
SHOWN = '#row[aria-busy="false"] [role=group]'


def main(arguments: Sequence[str] | None = None) -> int:
    """Walk, print the figures, and return 1 where the walk took longer than ten minutes."""
    parser = argparse.ArgumentParser(prog="python -m tests.browser.timed_review", description=__doc__)
    parser.add_argument("--rows", type=int, default=ROWS, help="rows to decide (%(default)s)")
    parser.add_argument(
        "--pause", type=float, default=PAUSE_SECONDS, help="seconds before each key (%(default)s)"
    )
    options = parser.parse_args(arguments)
    expect.set_options(timeout=PATIENCE)
    with TemporaryDirectory() as place:
        index, rows = made_up(Path(place), max(MATCHED, round(options.rows * MATCHED / ROWS)))
        environment = {"ADDRESS_MATCH_JOBS": str(Path(place) / "jobs")}
        with serving(index, environment) as service, opened_browser() as browser:
            job = matched(service, rows, threshold="0.999999")
            page = browser.new_context(locale="en-GB").new_page()
            began = monotonic()
            waits = walk(Visit(page, service), job, options.rows, options.pause)
            seconds = monotonic() - began
    p50, p95 = np.percentile(waits, (50, 95)).tolist()
    print(
        f"{len(waits)} rows in {seconds:.0f} s with {options.pause:g} s of reading each; "
        f"from key to next row {p50:.2f} s, p95 {p95:.2f} s"
    )
    return int(seconds > MOST_SECONDS)


def walk(visit: Visit, job: str, count: int, pause: float) -> list[float]:
    """Decide so many rows by keyboard; returns the seconds from each key to the next row."""
    visit.open(f"/pages/review?lang=en#job={job}")
    visit.type("Ann")
    visit.press("Enter")
    expect(visit.page.locator(SHOWN)).to_be_focused()
    return [_decided(visit.page, pause, decided) for decided in range(1, count + 1)]


def _decided(page: Page, pause: float, decided: int) -> float:
    """Read a row, take its first candidate, or say that there is none; returns the seconds until the next row is there."""
    sleep(pause)
    has_candidate = page.locator('#row [data-key="1"]').count() > 0
    pressed = monotonic()
    page.keyboard.press("1" if has_candidate else "n")
    expect(page.locator(f"{SHOWN} #progress")).to_contain_text(f"; {decided} are decided.")
    return monotonic() - pressed


if __name__ == "__main__":
    sys.exit(main())
