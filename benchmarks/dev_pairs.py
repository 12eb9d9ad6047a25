"""Hard pairs with a known truth, scored twice: as they are, and with the true rows of each query left out.

Takes a file of queries (query_id, address, uprn, accept_uprns) and one of reference rows (uprn, address, postcode),
both tab-separated. Their addresses are printed with --show only, and never written to the result.
"""

import argparse
import sys
import tempfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from address_match.service.build import build
from address_match.service.evaluation.evaluation_query import EvaluationQuery
from address_match.service.evaluation.outcome import best_uprn, judge
from address_match.service.evaluation.scores import score
from address_match.service.matching.answer import Answer, Status
from address_match.service.wiring import open_pipeline
from benchmarks.harness.options import RESULTS
from benchmarks.harness.result import Result, publish
from benchmarks.harness.tables import hard_pairs


@dataclass(frozen=True, slots=True)
class Answered:
    """The queries, and their answers with and without the true rows."""

    queries: list[EvaluationQuery]
    held: list[Answer]
    left_out: list[Answer]


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure and write the result."""
    options = _options().parse_args(arguments)
    answered = answer(options.queries, options.reference, options.bundle)
    if options.show:
        print("\n".join(_wrong(answered)))
    publish(_result(answered), options.out)
    return 0


def answer(queries: Path, reference: Path, bundle: Path | None) -> Answered:
    """Index the reference and match the queries, both ways, with the full search."""
    asked = hard_pairs(queries)
    texts = [query.address for query in asked]
    with tempfile.TemporaryDirectory(prefix="address-match-") as folder:
        index = Path(folder) / "index"
        build(reference, index, bundle=bundle)
        pipeline = open_pipeline(index, bundle)
        try:
            held = pipeline.match(texts, thorough=True)
            left_out = pipeline.match(texts, thorough=True, excluded=[query.accepted for query in asked])
        finally:
            pipeline.close()
    return Answered(asked, held, left_out)


def _result(answered: Answered) -> Result:
    outcomes = judge(answered.queries, answered.held)
    scores = score(outcomes)
    return Result(
        benchmark="dev_pairs",
        settings={"queries": len(answered.queries)},
        figures={
            "rank_1_right": int((outcomes.right & outcomes.present).sum()),
            "rank_1": scores.rank_1,
            "matched": scores.matched,
            "matched_and_right": int((outcomes.right & outcomes.accepted).sum()),
            "left_out_accepted_as_matched": _count(answered.left_out, Status.MATCHED),
            "left_out_for_review": _count(answered.left_out, Status.REVIEW),
        },
    )


def _count(answers: Iterable[Answer], status: Status) -> int:
    return sum(answer.status is status for answer in answers)


def _wrong(answered: Answered) -> list[str]:
    """Describe what a person should look at: a wrong best premises, and one accepted although the true one was left
    out.
    """
    lines = []
    for query, held, left_out in zip(answered.queries, answered.held, answered.left_out, strict=True):
        if best_uprn(held) not in query.accepted:
            lines.append(f"WRONG    {held.status:<9} {held.probability:.3f}  {query.address}")
            lines.extend(
                f"         {'true' if c.uprn in query.accepted else '':<9} {c.probability:.3f}  {c.address}"
                for c in held.candidates
            )
        if left_out.status is Status.MATCHED:
            lines.append(f"ACCEPTED           {left_out.probability:.3f}  {query.address}")
            lines.append(f"         {left_out.relation:<9}        {left_out.address}")
    return lines


def _options() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.dev_pairs", description=__doc__)
    parser.add_argument("queries", type=Path, help="query_id, address, uprn, accept_uprns")
    parser.add_argument("reference", type=Path, help="uprn, address, postcode")
    parser.add_argument("--bundle", type=Path, default=None, help="models to use instead of the shipped ones")
    parser.add_argument("--show", action="store_true", help="print the addresses that went wrong")
    parser.add_argument("--out", type=Path, default=RESULTS, help="folder of the result (%(default)s)")
    return parser


if __name__ == "__main__":
    sys.exit(main())
