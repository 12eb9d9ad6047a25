"""Real premises, damaged by the noise classes and looked for again; the wrong answers are listed for a person to read.

Takes a tab-separated file with the columns uprn, address and postcode. A premises that the file holds twice counts as
wrong when the other row is found: there is no truth about that. No premises is left out, so that the default prior of
absence claims too little; the calibration error is stated at the prior that the addresses show as well. The list goes
to `benchmarks/cache/`, which git ignores.
"""

import argparse
import random
import sys
from collections.abc import Sequence
from pathlib import Path

from address_match.models.calibration import DEFAULT_PRIOR
from address_match.models.synthesis.noise.table import NOISE, RESERVED_NOISE, TRAINING_NOISE, noised
from address_match.parser.address_parser import AddressParser
from address_match.parser.labelled_text import render
from address_match.service.build import build
from address_match.service.evaluation.evaluation_query import EvaluationQuery
from address_match.service.evaluation.outcome import judge
from address_match.service.evaluation.scores import evaluate, score
from address_match.service.matching.answer import Answer
from address_match.service.matching.decision.absence import prior_from_answers
from address_match.service.matching.policy import DecisionPolicy
from address_match.service.training.data.premises_of_texts import pieces_of
from address_match.service.wiring import open_pipeline
from benchmarks.harness.answers import addresses, answers_to
from benchmarks.harness.options import add_index_options
from benchmarks.harness.real_rows import Damaged, list_wrong, reliability_table, rows_with_address
from benchmarks.harness.result import Result, publish
from benchmarks.harness.synthetic import WORK

QUERIES = 20_000
SEED = 5


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure, write the result and the list of wrong answers."""
    options = _options().parse_args(arguments)
    index = WORK / "real-premises" / "index"
    if not (options.reuse and index.exists()):
        index.parent.mkdir(parents=True, exist_ok=True)
        build(options.premises, index, bundle=options.bundle)
    rows = random.Random(options.seed).sample(rows_with_address(options.premises), options.queries)
    pipeline = open_pipeline(index, options.bundle)
    try:
        asked = damage(rows, pipeline.parser, options.seed)
        queries = [one.query for one in asked]
        texts = addresses(queries)
        answers = answers_to(pipeline, texts)
        prior = prior_from_answers(answers, DEFAULT_PRIOR)
        at_estimate = answers_to(pipeline.under(DecisionPolicy(prior)), texts)
    finally:
        pipeline.close()
    list_wrong(asked, answers, index.parent)
    result = _result(queries, answers, at_estimate, options.seed)
    publish(result, options.out)
    return 0


def damage(rows: Sequence[dict[str, str]], parser: AddressParser, seed: int) -> list[Damaged]:
    """Parse each address into pieces and apply one to three noise classes, reserved ones to every fifth.

    What befalls a row depends on its UPRN and the seed, so that parsers that read it alike are asked the same.
    """
    damaged = []
    for row in rows:
        rng = random.Random(f"{seed}:{row['uprn']}")
        written = ", ".join(part for part in (row["address"].strip(), row["postcode"].strip()) if part)
        reserved = rng.random() < 0.2
        pieces, classes = noised(
            pieces_of(parser.parse(written)),
            1 if reserved else rng.choice((1, 1, 2, 3)),
            rng,
            RESERVED_NOISE if reserved else TRAINING_NOISE,
        )
        kind = "+".join(noise.name for noise in classes) if len(classes) == 1 else "several"
        query = EvaluationQuery(render(pieces).text, frozenset({row["uprn"]}), kind if classes else "none")
        damaged.append(Damaged(written, query))
    return damaged


def _result(
    queries: Sequence[EvaluationQuery], answers: Sequence[Answer], at_estimate: Sequence[Answer], seed: int
) -> Result:
    outcomes = judge(queries, answers)
    report = evaluate(queries, answers)
    reserved = [
        (q, a) for q, a in zip(queries, answers, strict=True) if q.kind in NOISE and NOISE[q.kind].reserved
    ]
    return Result(
        benchmark="real_premises",
        settings={"queries": len(queries), "seed": seed},
        figures={
            "rank_1": report.overall.rank_1,
            "rank_1_reserved": evaluate([q for q, _ in reserved], [a for _, a in reserved]).overall.rank_1,
            "matched": report.overall.matched,
            "matched_but_wrong": int((outcomes.accepted & ~outcomes.right).sum()),
            "expected_calibration_error": report.overall.expected_calibration_error,
            "expected_calibration_error_at_estimated_prior": score(
                judge(queries, at_estimate)
            ).expected_calibration_error,
        },
        tables=(reliability_table(outcomes),),
    )


def _options() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.real_premises", description=__doc__)
    parser.add_argument("premises", type=Path, help="uprn, address, postcode; tab-separated, also .gz")
    parser.add_argument("--queries", type=int, default=QUERIES, help="premises to look for (%(default)s)")
    parser.add_argument("--seed", type=int, default=SEED, help="of choice and noise (%(default)s)")
    add_index_options(parser)
    return parser


if __name__ == "__main__":
    sys.exit(main())
