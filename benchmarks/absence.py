"""Measure whether probabilities mean what they say, and a match is right as often as was asked, whatever share of a file
is absent.

For each share of absent addresses, queries of every class, reserved ones too, on streets that no learner has seen, are
matched with the prior of absence estimated from themselves as `--absence-prior auto` does, with the default prior, and
with the true one: once where premises are missing here and there, and once where whole streets are. Fails with exit
code 1 when, by the estimate, the calibration error or the precision misses its goal.
"""

import argparse
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from address_match.models.calibration import DEFAULT_PRIOR
from address_match.service.evaluation.evaluation_query import EvaluationQuery
from address_match.service.evaluation.scores import Scores, evaluate
from address_match.service.matching.decision.absence import prior_from_answers
from address_match.service.matching.pipeline import MatchPipeline
from address_match.service.matching.policy import DecisionPolicy
from address_match.service.wiring import open_pipeline
from benchmarks.harness.answers import addresses, answers_to
from benchmarks.harness.options import add_common_options
from benchmarks.harness.result import Result, columns_of, publish
from benchmarks.harness.synthetic import Country, evaluation_queries, index_of, with_truth

PREMISES = 250_000
QUERIES = 20_000
SEED = 90_210
"""Of a country that training never sees."""
LEFT_OUT = 0.35
"""Enough premises that as many addresses of absent ones can be asked for as the highest share needs."""
SHARES = (0.05, 0.3, 0.6)
STREETS_LEFT_OUT = 0.35
SHARE_OF_STREETS = 0.3
"""Share of the queries that ask for premises on streets of which nothing is held."""
MOST_ERROR = 0.01
LEAST_PRECISION = 0.985


@dataclass(frozen=True, slots=True)
class Measured:
    """What came of the queries of one share of absent addresses under one prior."""

    lacking: str
    """What is missing: premises or streets."""
    absent: float
    assumed: str
    """Where the prior is from: estimated, default or true."""
    prior: float
    scores: Scores


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure, write the result, and say whether a goal was missed."""
    options = _options().parse_args(arguments)
    measured = [
        *_measured("premises", Country(options.seed, options.size, LEFT_OUT), SHARES, options),
        *_measured(
            "streets",
            Country(options.seed, options.size, 0.0, STREETS_LEFT_OUT),
            (SHARE_OF_STREETS,),
            options,
        ),
    ]
    publish(_result(measured, options), options.out)
    missed = [one for one in measured if one.assumed == "estimated" and not _reached(one.scores)]
    for one in missed:
        print(
            f"Missed at {one.absent:.0%} absent, {one.lacking} missing: error {one.scores.expected_calibration_error:.4f}, "
            f"precision {one.scores.precision:.4f}",
            file=sys.stderr,
        )
    return 1 if missed else 0


def _measured(
    lacking: str, country: Country, shares: Sequence[float], options: argparse.Namespace
) -> Iterator[Measured]:
    index = index_of(country, reuse=options.reuse, bundle=options.bundle)
    pipeline = open_pipeline(index, options.bundle)
    try:
        for share in shares:
            queries = with_truth(evaluation_queries(country, options.queries, share))
            yield from measure(pipeline, queries, lacking, share)
    finally:
        pipeline.close()


def measure(
    pipeline: MatchPipeline, queries: Sequence[EvaluationQuery], lacking: str, absent: float
) -> list[Measured]:
    """Match the queries by the full search under each prior."""
    texts = addresses(queries)
    estimate = prior_from_answers(answers_to(pipeline, texts, top=1), DEFAULT_PRIOR)
    policies = {
        "estimated": DecisionPolicy(estimate),
        "default": DecisionPolicy(),
        "true": DecisionPolicy(absent),
    }
    return [
        Measured(
            lacking,
            absent,
            assumed,
            policy.absence_prior,
            evaluate(queries, answers_to(pipeline.under(policy), texts, top=1)).overall,
        )
        for assumed, policy in policies.items()
    ]


def _reached(scores: Scores) -> bool:
    error, precision = scores.expected_calibration_error, scores.precision
    return (error or 0.0) <= MOST_ERROR and (precision or 0.0) >= LEAST_PRECISION


def _result(measured: Sequence[Measured], options: argparse.Namespace) -> Result:
    figures = {
        f"{name}_at_{one.absent:g}{'' if one.lacking == 'premises' else '_of_streets'}": value
        for one in measured
        if one.assumed == "estimated"
        for name, value in (
            ("prior", one.prior),
            ("expected_calibration_error", one.scores.expected_calibration_error),
            ("precision", one.scores.precision),
            ("recall", one.scores.recall),
        )
    }
    rows = [
        {
            "missing": one.lacking,
            "absent": one.absent,
            "prior": one.assumed,
            "value": one.prior,
            "queries": one.scores.queries,
            "calibration error": one.scores.expected_calibration_error,
            "precision": one.scores.precision,
            "recall": one.scores.recall,
            "absent accepted": one.scores.absent_accepted,
        }
        for one in measured
    ]
    return Result(
        benchmark="absence",
        settings={
            "premises": options.size,
            "queries": options.queries,
            "seed": options.seed,
            "left_out": LEFT_OUT,
            "streets_left_out": STREETS_LEFT_OUT,
        },
        figures=figures,
        tables=(columns_of(rows, "By share of absent addresses and prior"),),
    )


def _options() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.absence", description=__doc__)
    add_common_options(parser, size=PREMISES, queries=QUERIES, seed=SEED)
    return parser


if __name__ == "__main__":
    sys.exit(main())
