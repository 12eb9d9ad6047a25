"""How often the answer is right on streets that no learner has seen: trained and reserved noise, absent addresses too.

Fails with exit code 1 when a watched figure is worse than the checked-in baseline by more than noise.
"""

import argparse
import sys
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

from benchmarks.baseline import Watched, compare, verdict
from benchmarks.cost import timed
from benchmarks.made_up import Country, evaluation_queries, index_of, with_truth
from benchmarks.options import add_common_options
from benchmarks.result import Result, Table, columns_of, write_result
from models.synthesis.noise.table import RESERVED_NOISE
from service.evaluation.queries import EvaluationQuery
from service.evaluation.report import Report, Scores, evaluate
from service.matching.answer import Answer
from service.wiring import open_pipeline

PREMISES = 200_000
QUERIES = 24_000
SEED = 90_210
"""Of a country that training never sees: training has seeds of its own, and other streets."""
LEFT_OUT = 0.15
ABSENT = 0.15
BATCH = 2_000

RESERVED = frozenset(noise.name for noise in RESERVED_NOISE)

WATCHED = (
    Watched("rank_1_trained", more_is_better=True, sample="present_trained"),
    Watched("rank_1_reserved", more_is_better=True, sample="present_reserved"),
    Watched("recall", more_is_better=True, sample="present"),
    Watched("absent_accepted", more_is_better=False, sample="absent"),
    Watched("expected_calibration_error", more_is_better=False, tolerance=0.004),
)


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure, write the result, and say whether something was lost."""
    options = _options().parse_args(arguments)
    country = Country(options.seed, options.size, LEFT_OUT)
    result = measure(
        country, options.queries, thorough=options.thorough, bundle=options.bundle, reuse=options.reuse
    )
    comparison = compare(result, WATCHED)
    print(write_result(result, options.out).read_text(encoding="utf-8"))
    return verdict(comparison)


def measure(country: Country, count: int, *, thorough: bool, bundle: Path | None, reuse: bool) -> Result:
    """Match the queries of a country against its reference and score the answers."""
    index = index_of(country, reuse=reuse, bundle=bundle)
    queries = with_truth(evaluation_queries(country, count, ABSENT))
    pipeline = open_pipeline(index, bundle)
    try:
        with timed() as watch:
            answers: list[Answer] = []
            for start in range(0, len(queries), BATCH):
                texts = [query.address for query in queries[start : start + BATCH]]
                answers.extend(pipeline.match(texts, thorough=thorough))
    finally:
        pipeline.close()
    everything = evaluate(queries, answers)
    figures = _figures(
        everything, _part(queries, answers, reserved=False), _part(queries, answers, reserved=True)
    )
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
        figures=figures
        | {"cpu_seconds": watch.cpu_seconds, "addresses_per_cpu_second": len(queries) / watch.cpu_seconds},
        tables=(_by_class(everything),),
    )


def _part(queries: Sequence[EvaluationQuery], answers: Sequence[Answer], *, reserved: bool) -> Scores:
    kept = [(q, a) for q, a in zip(queries, answers, strict=True) if (q.kind in RESERVED) == reserved]
    return evaluate([q for q, _ in kept], [a for _, a in kept]).overall


def _figures(everything: Report, trained: Scores, reserved: Scores) -> dict[str, float | None]:
    figures: dict[str, float | None] = dict(asdict(everything.overall))
    for name, scores in (("trained", trained), ("reserved", reserved)):
        figures |= {
            f"rank_1_{name}": scores.rank_1,
            f"recall_{name}": scores.recall,
            f"absent_accepted_{name}": scores.absent_accepted,
            f"present_{name}": scores.present,
        }
    return figures


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
