"""How far some hundred labels set a calibration right that was made wrong, and what that costs.

Queries for a made-up country are ranked once. Shifts are planted: probabilities made too sure, too unsure or too high,
and twice as many addresses absent as before. Labels are drawn as `label draw` draws them, and the calibration is
learned anew as `retrain --scope calibration` does; its error is measured on other queries, over many draws. Fails with
exit code 1 where a goal is missed.
"""

import argparse
import sys
import time
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass, replace

import numpy as np

from address_match.models.calibration import ListwiseCalibration
from address_match.models.calibration.refit import (
    Recalibration,
    WeighedRankings,
    best_of,
    fit_recalibration,
    recalibrated,
    with_thresholds,
)
from address_match.models.synthesis.queries import make_queries
from address_match.service.evaluation.measures import calibration_error
from address_match.service.lifecycle.labels.answered_file import AnsweredFile
from address_match.service.lifecycle.labels.draw_answers import draw_answers
from address_match.service.lifecycle.labels.drawing_design import USUAL
from address_match.service.matching.answer import Status
from address_match.service.matching.policy import DEFAULT_PRECISION
from address_match.service.training.weighed_labels import weighed_queries
from address_match.service.wiring import open_pipeline
from benchmarks.harness.options import add_common_options
from benchmarks.harness.result import Result, columns_of, publish
from benchmarks.harness.synthetic import Country, index_of

PREMISES, QUERIES, SEED = 12_000, 16_000, 83
LEFT_OUT, ABSENT, MANY_ABSENT = 0.35, 0.3, 0.6
DRAWS = 20
LABELS = (300, 1_000)
LABELLED_FROM = 6_000
"""Queries that labels are drawn from; the others measure."""
SHIFTS = {
    "too_sure": Recalibration(2.0, 0.0),
    "too_unsure": Recalibration(0.5, 0.0),
    "too_high": Recalibration(1.0, 1.5),
}
GOALS = {"worst_ratio_300": 2.0, "worst_ratio_1000": 1.5, "cpu_seconds_1000": 60.0}
"""At most: the mean error after, in terms of the error before the shift, under the worst of the shifts. Of 300 labels
chance alone leaves more.
"""
AS_IT_IS = Recalibration(1.0, 0.0)


@dataclass(frozen=True, slots=True)
class Planted:
    """A calibration that is wrong for some queries."""

    name: str
    calibration: ListwiseCalibration
    pool: WeighedRankings
    """Labels are drawn from these."""
    others: WeighedRankings


@dataclass(frozen=True, slots=True)
class Repaired:
    """Calibration errors of a shift and of what labels make of it."""

    shift: str
    labels: int
    shifted: float
    after: float
    """Mean of the draws."""
    worst: float
    """Of the draws."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure, write the result, and say whether a goal was missed."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.retraining", description=__doc__)
    add_common_options(parser, size=PREMISES, queries=QUERIES, seed=SEED)
    parser.add_argument("--draws", type=int, default=DRAWS, help="draws of labels of each size (%(default)s)")
    options = parser.parse_args(arguments)
    result = measure(options)
    publish(result, options.out)
    missed = [name for name, most in GOALS.items() if (result.figures[name] or 0.0) > most]
    for name in missed:
        print(f"{name} is {result.figures[name]}, and the goal is at most {GOALS[name]}", file=sys.stderr)
    return 1 if missed else 0


def measure(options: argparse.Namespace) -> Result:
    """Plant each shift, repair it by labels, and say what became of the error."""
    calibration, found, seconds = _ranked(options)
    # Queries come street by street.
    shuffled = np.random.default_rng(options.seed).permutation(len(found))
    pool, others = (found.at(np.sort(rows)) for rows in np.split(shuffled, [LABELLED_FROM]))
    usual = _with_absent(others, ABSENT)
    before = _error(calibration, usual)
    planted = [
        Planted("nothing", calibration, _with_absent(pool, ABSENT), usual),
        *(
            Planted(n, recalibrated(calibration, s), _with_absent(pool, ABSENT), usual)
            for n, s in SHIFTS.items()
        ),
        Planted(
            "many_absent", calibration, _with_absent(pool, MANY_ABSENT), _with_absent(others, MANY_ABSENT)
        ),
    ]
    repaired = [_repaired(one, labels, options.draws) for one in planted for labels in LABELS]
    return Result(
        benchmark="retraining",
        settings={
            "premises": options.size,
            "queries": options.queries,
            "measured_on": len(usual),
            "seed": options.seed,
            "draws": options.draws,
        },
        figures={
            "error_before": before,
            **{
                f"worst_ratio_{labels}": max(one.after / before for one in repaired if one.labels == labels)
                for labels in LABELS
            },
            "cpu_seconds_1000": seconds,
        },
        tables=(columns_of([_row(one, before) for one in repaired], "Calibration error, over the draws"),),
    )


def _ranked(options: argparse.Namespace) -> tuple[ListwiseCalibration, WeighedRankings, float]:
    """Rank all queries; return the calibration, the rankings and the CPU seconds to rank 1,000 labels and learn from
    them.
    """
    country = Country(options.seed, options.size, LEFT_OUT)
    queries = list(
        make_queries(
            country.world,
            count=options.queries,
            seed=country.seed,
            absent_rate=(ABSENT + MANY_ABSENT) / 2,
            left_out=country.is_left_out,
        )
    )
    index = index_of(country, bundle=options.bundle, reuse=options.reuse)
    begun = time.process_time()
    with closing(open_pipeline(index, options.bundle)) as pipeline:
        some = weighed_queries(queries[: max(LABELS)], [1.0] * max(LABELS), pipeline)
        _learned(pipeline.calibration, some)
        seconds = time.process_time() - begun
        return pipeline.calibration, weighed_queries(queries, [1.0] * len(queries), pipeline), seconds


def _with_absent(found: WeighedRankings, share: float) -> WeighedRankings:
    """Leave out at random the queries that are too many for a share of absent ones."""
    shuffled = np.random.default_rng(SEED).permutation(len(found))
    present, absent = shuffled[~found.absent[shuffled]], shuffled[found.absent[shuffled]]
    whole = min(len(present) / (1 - share), len(absent) / share)
    kept = np.concatenate([present[: round(whole * (1 - share))], absent[: round(whole * share)]])
    return found.at(np.sort(kept))


def _repaired(planted: Planted, labels: int, draws: int) -> Repaired:
    answers = _answered(planted.calibration, planted.pool)
    errors = []
    for seed in range(draws):
        drawn = draw_answers(answers, replace(USUAL, rows=labels), seed)
        labelled = replace(planted.pool.at(drawn.positions), weight=1 / drawn.inclusion)
        errors.append(_error(_learned(planted.calibration, labelled), planted.others))
    shifted = _error(planted.calibration, planted.others)
    return Repaired(planted.name, labels, shifted, float(np.mean(errors)), float(np.max(errors)))


def _row(one: Repaired, before: float) -> dict[str, str | float | int | None]:
    return {
        "shift": one.shift,
        "labels": one.labels,
        "before": before,
        "shifted": one.shifted,
        "after": one.after,
        "after, at worst": one.worst,
        "ratio": one.after / before,
    }


def _learned(calibration: ListwiseCalibration, labelled: WeighedRankings) -> ListwiseCalibration:
    by = fit_recalibration(calibration, labelled)
    return with_thresholds(recalibrated(calibration, by), labelled, AS_IT_IS)


def _error(calibration: ListwiseCalibration, found: WeighedRankings) -> float:
    return calibration_error(*best_of(calibration, found))


def _answered(calibration: ListwiseCalibration, found: WeighedRankings) -> AnsweredFile:
    """Lay queries out as the file of their answers."""
    probability, _ = best_of(calibration, found)
    matched = (probability >= calibration.threshold(DEFAULT_PRECISION)) & ~found.abstained
    statuses = np.where(
        matched,
        Status.MATCHED.value,
        np.where(probability > 0.5, Status.REVIEW.value, Status.UNMATCHED.value),
    )
    nothing = [""] * len(found)
    return AnsweredFile(range(len(found)), nothing, statuses.tolist(), nothing, nothing, probability)


if __name__ == "__main__":
    sys.exit(main())
