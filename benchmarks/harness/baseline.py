"""A result compared with the checked-in one: which watched figures got worse, by more than noise."""

import json
import math
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from benchmarks.harness.result import Figure, Result

BASELINE_FOLDER = Path(__file__).resolve().parents[1] / "baseline"
STANDARD_ERRORS = 2.0
"""Width of the noise, where the baseline has no 95 % interval of its own: the queries are the same ones as those of the
baseline, so that only a few near the border flip without a reason; the error of one sample is more than that, and a
lost half point is still seen.
"""


@dataclass(frozen=True, slots=True)
class Watched:
    """A figure that may not get worse."""

    figure: str
    more_is_better: bool
    sample: str = ""
    """The figure that counts the cases behind a share, for one without an interval in the baseline."""
    tolerance: float = 0.0
    """Allowed besides."""


@dataclass(frozen=True, slots=True)
class Loss:
    """A watched figure that is worse than the baseline by more than noise."""

    figure: str
    before: float
    now: float
    noise: float

    def __str__(self) -> str:
        return f"{self.figure} was {self.before:.4f} and is {self.now:.4f}; noise explains {self.noise:.4f}"


@dataclass(frozen=True, slots=True)
class Comparison:
    """A result beside the checked-in baseline."""

    comparable: bool
    """Whether there is a baseline, measured with the same settings."""
    losses: tuple[Loss, ...] = ()


def compare(result: Result, watched: Sequence[Watched], folder: Path = BASELINE_FOLDER) -> Comparison:
    """Find what a result lost against the baseline of its benchmark, if one with the same settings is checked in."""
    path = folder / f"{result.benchmark}.json"
    if not path.exists():
        return Comparison(comparable=False)
    before = json.loads(path.read_text(encoding="utf-8"))
    if before["settings"] != dict(result.settings):
        return Comparison(comparable=False)
    found = (_loss(w, before, result.figures) for w in watched)
    return Comparison(comparable=True, losses=tuple(loss for loss in found if loss is not None))


def verdict(comparison: Comparison) -> int:
    """Tell what was lost and return the exit code: 1 when something was."""
    if not comparison.comparable:
        print("No baseline with these settings is checked in: nothing to compare with.", file=sys.stderr)
        return 0
    for loss in comparison.losses:
        print(f"Worse than the baseline: {loss}", file=sys.stderr)
    return 1 if comparison.losses else 0


def _loss(watched: Watched, baseline: Mapping[str, Any], now: Mapping[str, Figure]) -> Loss | None:
    old, new = baseline["figures"].get(watched.figure), now.get(watched.figure)
    if old is None or new is None:
        return None
    noise = watched.tolerance + _noise(watched, baseline, old)
    drop = old - new if watched.more_is_better else new - old
    return Loss(watched.figure, old, new, noise) if drop > noise else None


def _noise(watched: Watched, baseline: Mapping[str, Any], old: float) -> float:
    """Return how far the baseline's interval reaches on the losing side, else the standard errors of its share."""
    interval = baseline.get("intervals", {}).get(watched.figure)
    if interval is not None:
        low, high = interval
        return float(old - low if watched.more_is_better else high - old)
    cases = baseline["figures"].get(watched.sample) or 0.0
    return STANDARD_ERRORS * math.sqrt(old * (1 - old) / cases) if cases else 0.0
