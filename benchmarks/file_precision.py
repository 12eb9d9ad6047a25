"""Return whether the expected precision and recall of a file cover the true ones, whatever its size and share of absent addresses.

Files are drawn with replacement of texts between files, never within one, from queries of every class on streets that no learner
has seen. Each is answered with the default prior of absence and estimated as `match --estimate-precision` does. Fails with exit code 1
when fewer of the precisions are covered than the goal says.
"""

import argparse
import sys
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass
from random import Random

from address_match.models.calibration import DEFAULT_PRIOR
from address_match.service.batch.file_evidence import FileEvidence, SeenAnswer
from address_match.service.batch.leave_out_test import LeftOut
from address_match.service.evaluation.evaluation_query import EvaluationQuery
from address_match.service.evaluation.file_precision import FilePrecision, estimate_file_precision
from address_match.service.evaluation.intervals import EstimatedShare
from address_match.service.matching.answer import Answer, Status
from address_match.service.matching.pipeline import MatchPipeline
from address_match.service.wiring import open_pipeline
from benchmarks.harness.answers import BATCH, addresses, answers_to
from benchmarks.harness.options import add_common_options
from benchmarks.harness.result import Result, columns_of, publish
from benchmarks.harness.synthetic import Country, evaluation_queries, index_of, with_truth

PREMISES = 250_000
QUERIES = 40_000
SEED = 90_210
"""Of a country that training never sees."""
LEFT_OUT = 0.35
FILES = 200
SIZES = (200, 1_000, 5_000, 20_000)
SHARES = (0.0, 0.1, 0.3, 0.6)
LEAST_COVERED = 0.95


@dataclass(frozen=True, slots=True)
class AnsweredQuery:
    """A query with what came of it, with its premises and without."""

    present: bool
    seen: SeenAnswer
    right: bool
    """Matched with the premises asked for."""
    accepted_without: bool
    """Matched again when the premises that it was matched with was left out."""


@dataclass(frozen=True, slots=True)
class DrawnFile:
    """A file, its true precision and recall, and what was expected."""

    rows: int
    """As many as were asked for; fewer stand in it where there are not so many queries."""
    absent: float
    precision: float
    recall: float
    expected: FilePrecision


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure, write the result, and say whether the goal was missed."""
    options = _options().parse_args(arguments)
    country = Country(options.seed, options.size, LEFT_OUT)
    index = index_of(country, reuse=options.reuse, bundle=options.bundle)
    queries = with_truth(evaluation_queries(country, options.queries, max(SHARES)))
    with closing(open_pipeline(index, options.bundle)) as pipeline:
        answered = answered_queries(pipeline, queries)
    rng = Random(options.seed)
    files = [
        draw_file(answered, rng, SIZES[number % len(SIZES)], rng.choice(SHARES))
        for number in range(options.files)
    ]
    publish(_result(files, options), options.out)
    covered = _share([_covers(file.expected.precision, file.precision) for file in files])
    print(f"{covered:.3f} of {len(files)} precisions are covered", file=sys.stderr)
    return 0 if covered >= LEAST_COVERED else 1


def answered_queries(pipeline: MatchPipeline, queries: Sequence[EvaluationQuery]) -> list[AnsweredQuery]:
    """Answer each query, and those that are matched once more without their premises."""
    texts = addresses(queries)
    answers = answers_to(pipeline, texts, thorough=False, top=1)
    matched = [place for place, answer in enumerate(answers) if answer.status is Status.MATCHED]
    accepted: set[int] = set()
    for start in range(0, len(matched), BATCH):
        part = matched[start : start + BATCH]
        excluded = [frozenset({answers[place].uprn}) for place in part]
        again = pipeline.match([texts[place] for place in part], top=1, excluded=excluded)
        accepted |= {place for place, a in zip(part, again, strict=True) if a.status is Status.MATCHED}
    return [
        AnsweredQuery(query.present, _seen(text, answer), answer.uprn in query.accepted, place in accepted)
        for place, (query, text, answer) in enumerate(zip(queries, texts, answers, strict=True))
    ]


def draw_file(answered: Sequence[AnsweredQuery], rng: Random, rows: int, share: float) -> DrawnFile:
    """Draw a file of `rows`, or of as many as there are, and estimate it."""
    present, absent = ([one for one in answered if one.present is kind] for kind in (True, False))
    size = min(rows, int(len(present) / (1 - share)), int(len(absent) / share) if share else rows)
    missing = int(size * share)
    drawn = rng.sample(absent, missing) + rng.sample(present, size - missing)
    rng.shuffle(drawn)
    evidence, by_text = FileEvidence(), {one.seen.text: one for one in drawn}
    for one in drawn:
        evidence.add_answer(one.seen)
    tested = {one.text: by_text[one.text] for one in evidence.matched.kept}.values()
    left_out = LeftOut(len(tested), sum(one.accepted_without for one in tested))
    matched = [one for one in drawn if one.seen.is_matched]
    right = sum(one.right for one in matched)
    expected = estimate_file_precision(evidence, left_out, DEFAULT_PRIOR)
    return DrawnFile(rows, share, right / len(matched), right / (size - missing), expected)


def _seen(text: str, answer: Answer) -> SeenAnswer:
    return SeenAnswer(
        text, answer.uprn, answer.probability, answer.absent_probability, answer.status is Status.MATCHED
    )


def _covers(expected: EstimatedShare | None, true: float) -> bool:
    return expected is not None and expected.low <= true <= expected.high


def _share(found: Sequence[bool]) -> float:
    return sum(found) / len(found) if found else 0.0


def _width(files: Sequence[DrawnFile]) -> float:
    widths = [f.expected.precision.high - f.expected.precision.low for f in files if f.expected.precision]
    return sum(widths) / len(widths) if widths else 0.0


def _row(files: Sequence[DrawnFile]) -> dict[str, float]:
    values = [f.expected.precision.value for f in files if f.expected.precision]
    return {
        "files": len(files),
        "true precision": sum(f.precision for f in files) / len(files),
        "expected": sum(values) / len(values) if values else 0.0,
        "precision covered": _share([_covers(f.expected.precision, f.precision) for f in files]),
        "width": _width(files),
        "recall covered": _share([_covers(f.expected.recall, f.recall) for f in files]),
    }


def _result(files: Sequence[DrawnFile], options: argparse.Namespace) -> Result:
    groups = {
        (rows, share): [f for f in files if (f.rows, f.absent) == (rows, share)]
        for rows in SIZES
        for share in SHARES
    }
    table = [
        {"rows": rows, "absent": share, **_row(group)} for (rows, share), group in groups.items() if group
    ]
    overall = _row(files)
    return Result(
        benchmark="file_precision",
        settings={
            "premises": options.size,
            "queries": options.queries,
            "seed": options.seed,
            "files": options.files,
        },
        figures={
            name.replace(" ", "_"): overall[name] for name in ("precision covered", "recall covered", "width")
        },
        tables=(columns_of(table, "By size and share of absent addresses"),),
    )


def _options() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.file_precision", description=__doc__)
    add_common_options(parser, size=PREMISES, queries=QUERIES, seed=SEED)
    parser.add_argument("--files", type=int, default=FILES, help="files to draw (%(default)s)")
    return parser


if __name__ == "__main__":
    sys.exit(main())
