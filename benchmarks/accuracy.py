"""How often the answer is right on streets that no learner has seen: trained and reserved noise, three in ten addresses
absent.

Decided by the shipped thresholds at the default prior of absence. Fails with exit code 1 when a watched figure is worse
than the checked-in baseline by more than noise: its 95 % bootstrap interval on the losing side.
"""

import argparse
import sys
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

import numpy as np

from address_match.service.evaluation.bootstrap import bootstrap_intervals
from address_match.service.evaluation.outcome import judge
from address_match.service.evaluation.scores import Report, evaluate, score
from address_match.service.wiring import open_pipeline
from benchmarks.harness.answers import addresses, answers_to
from benchmarks.harness.baseline import Watched, compare, verdict
from benchmarks.harness.cost import timed
from benchmarks.harness.options import add_common_options
from benchmarks.harness.result import Result, Table, columns_of, publish
from benchmarks.harness.synthetic import RESERVED, Country, evaluation_queries, index_of, with_truth

PREMISES = 200_000
QUERIES = 24_000
SEED = 90_210
"""Of a country that training never sees: training has seeds of its own, and other streets."""
LEFT_OUT = 0.3
"""Enough premises on unseen streets that as many can be asked for in vain."""
ABSENT = 0.3
TOLERATED_ERROR = 0.002
"""Calibration error that is of no account beside the hundredth that is asked for."""

WATCHED = (
    Watched("rank_1_trained", more_is_better=True),
    Watched("rank_1_reserved", more_is_better=True),
    Watched("recall", more_is_better=True),
    Watched("recall_at_995_precision", more_is_better=True),
    Watched("absent_accepted", more_is_better=False),
    Watched("absent_accepted_reserved", more_is_better=False),
    Watched("expected_calibration_error", more_is_better=False, tolerance=TOLERATED_ERROR),
)


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure, write the result, and say whether something was lost."""
    options = _options().parse_args(arguments)
    country = Country(options.seed, options.size, LEFT_OUT)
    result = measure(
        country, options.queries, thorough=options.thorough, bundle=options.bundle, reuse=options.reuse
    )
    comparison = compare(result, WATCHED)
    publish(result, options.out)
    return verdict(comparison)


def measure(country: Country, count: int, *, thorough: bool, bundle: Path | None, reuse: bool) -> Result:
    """Match the queries of a country against its reference and score the answers."""
    index = index_of(country, reuse=reuse, bundle=bundle)
    queries = with_truth(evaluation_queries(country, count, ABSENT))
    pipeline = open_pipeline(index, bundle)
    try:
        with timed() as watch:
            answers = answers_to(pipeline, addresses(queries), thorough=thorough)
    finally:
        pipeline.close()
    outcomes = judge(queries, answers)
    reserved = np.isin(outcomes.kind, sorted(RESERVED))
    parts = {
        "": outcomes,
        "_trained": outcomes.at(np.flatnonzero(~reserved)),
        "_reserved": outcomes.at(np.flatnonzero(reserved)),
    }
    figures: dict[str, float | None] = {}
    intervals: dict[str, tuple[float, float]] = {}
    for name, part in parts.items():
        figures |= {f"{figure}{name}": value for figure, value in asdict(score(part)).items()}
        intervals |= {f"{figure}{name}": value for figure, value in bootstrap_intervals(part).items()}
    figures |= {
        "cpu_seconds": watch.cpu_seconds,
        "addresses_per_cpu_second": len(queries) / watch.cpu_seconds,
    }
    return Result(
        benchmark="accuracy",
        settings={
            "premises": country.premises,
            "queries": count,
            "seed": country.seed,
            "left_out": country.left_out,
            "absent": ABSENT,
            "thorough": thorough,
        },
        figures=figures,
        intervals=intervals,
        tables=(_by_class(evaluate(queries, answers)),),
    )


def _by_class(report: Report) -> Table:
    rows = [
        {
            "class": name + (" (reserved)" if name in RESERVED else ""),
            "queries": scores.queries,
            "rank-1": scores.rank_1,
            "recall": scores.recall,
            "precision": scores.precision,
            "absent accepted": scores.absent_accepted,
            "calibration error": scores.expected_calibration_error,
        }
        for name, scores in report.by_class.items()
    ]
    return columns_of(rows, "By class of noise")


def _options() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.accuracy", description=__doc__)
    add_common_options(parser, size=PREMISES, queries=QUERIES, seed=SEED)
    parser.add_argument("--thorough", action="store_true", help="search every channel for every address")
    return parser


if __name__ == "__main__":
    sys.exit(main())
