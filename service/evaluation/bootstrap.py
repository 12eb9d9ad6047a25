"""How far measures would stray if other addresses of the same kind had been asked for."""

from collections.abc import Callable, Mapping

import numpy as np
from numpy.typing import NDArray

from address_match.service.evaluation import measures
from address_match.service.evaluation.outcome import Outcomes

Measure = Callable[[Outcomes], float | None]

RESAMPLES = 300
PERCENTILES = (0.025, 0.975)
_SEED = 20_261_121

MEASURES: dict[str, Measure] = {
    "rank_1": measures.rank_1,
    "precision": measures.precision,
    "recall": measures.recall,
    "f1": measures.f1,
    "absent_accepted": measures.absent_accepted,
    "recall_at_99_precision": lambda outcomes: measures.recall_at_precision(outcomes, 0.99),
    "recall_at_995_precision": lambda outcomes: measures.recall_at_precision(outcomes, 0.995),
    "expected_calibration_error": measures.expected_calibration_error,
}
"""By their names in `address_match.service.evaluation.scores.Scores`."""


def bootstrap_intervals(
    outcomes: Outcomes, wanted: Mapping[str, Measure] = MEASURES, *, resamples: int = RESAMPLES
) -> dict[str, tuple[float, float]]:
    """Return the 95 % interval of each measure that has a value, over queries drawn with replacement.

    Percentiles of the resamples (Efron 1979), moved so that their mean is the measure itself: the calibration error of
    a resample is larger than that of its sample, by chance alone. The queries are taken for independent. The same
    outcomes give the same intervals.
    """
    found = {name: value for name, measure in wanted.items() if (value := measure(outcomes)) is not None}
    rng = np.random.default_rng(_SEED)
    drawn: dict[str, list[float]] = {name: [] for name in found}
    for _ in range(resamples if found else 0):
        sample = outcomes.at(rng.integers(0, len(outcomes), len(outcomes)))
        for name in found:
            if (value := wanted[name](sample)) is not None:
                drawn[name].append(value)
    return {name: _interval(value, np.array(drawn[name])) for name, value in found.items()}


def _interval(value: float, drawn: NDArray[np.float64]) -> tuple[float, float]:
    if not len(drawn):
        return value, value
    low, high = np.quantile(drawn, PERCENTILES) - (drawn.mean() - value)
    return max(0.0, min(float(low), value)), min(1.0, max(float(high), value))
