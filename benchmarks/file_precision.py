"""Measure whether the expected precision and recall of a file cover the true ones, whatever its size and share of absent
addresses.

It also reports the precision and the recall at the threshold that each file asks for, as `match --precision` does.
Files are drawn with replacement of texts between files, never within one, from queries of every class on streets that
no learner has seen. Each is answered with the default prior of absence and estimated as `match --estimate-precision`
does. Fails with exit code 1 when fewer of the precisions are covered than the goal says.
"""

import argparse
import sys
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass
from random import Random

from address_match.models.calibration import DEFAULT_PRIOR
from address_match.service.batch.estimates.estimate_threshold import SAMPLED, threshold_of_answers
from address_match.service.batch.estimates.file_evidence import FileEvidence, SeenAnswer
from address_match.service.batch.estimates.file_precision import FilePrecision, estimate_file_precision
from address_match.service.batch.estimates.leave_out_test import LeftOut
from address_match.service.evaluation.evaluation_query import EvaluationQuery
from address_match.service.evaluation.intervals import EstimatedShare
from address_match.service.matching.answer import Status
from address_match.service.matching.pipeline import MatchPipeline
from address_match.service.matching.policy import DecisionPolicy
from address_match.service.wiring import open_pipeline
from benchmarks.harness.answers import BATCH, addresses, answers_to
from benchmarks.harness.options import add_common_options
from benchmarks.harness.result import Result, columns_of, publish
from benchmarks.harness.synthetic import Country, evaluation_queries, index_of, with_truth

PREMISES = 40_000
QUERIES = 20_000
"""8,000 of them present: so long is a file of 20,000 rows in which nothing is absent; one of .6 absent has them all."""
SEED = 90_210
"""Of a country that training never sees."""
LEFT_OUT = 0.35
FILES = 200
SIZES = (200, 1_000, 5_000, 20_000)
SHARES = (0.0, 0.1, 0.3, 0.6)
LEAST_COVERED = 0.95
FIGURES = (
    *("precision covered", "recall covered", "width"),
    *("true precision", "true recall", "precision raised", "recall raised"),
)


@dataclass(frozen=True, slots=True)
class AnsweredQuery:
    """A query with what came of it, with its premises and without."""

    present: bool
    seen: SeenAnswer
    right: bool
    """Matched with the premises asked for."""
    probability_without: float
    """Of what it is matched with when the premises that it was matched with is left out; 0 where it is not matched
    then.
    """


@dataclass(frozen=True, slots=True)
class DrawnFile:
    """A file, its true precision and recall, and what was expected."""

    rows: int
    """As many as were asked for; fewer stand in it where there are not so many queries."""
    absent: float
    precision: float
    recall: float
    expected: FilePrecision
    precision_raised: float
    """At the threshold that the file asks for."""
    recall_raised: float


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
    without: dict[int, float] = {}
    for start in range(0, len(matched), BATCH):
        part = matched[start : start + BATCH]
        excluded = [frozenset({answers[place].uprn}) for place in part]
        again = pipeline.match([texts[place] for place in part], top=1, excluded=excluded)
        found = zip(part, again, strict=True)
        without |= {place: a.probability for place, a in found if a.status is Status.MATCHED}
    return [
        AnsweredQuery(
            query.present,
            SeenAnswer.of(text, answer),
            answer.uprn in query.accepted,
            without.get(place, 0.0),
        )
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
    tested = [by_text[one.text] for one in evidence.matched.kept]
    matched = [one for one in drawn if one.seen.is_matched]
    least = threshold_of(drawn[:: max(1, -(-size // SAMPLED))])
    raised = [one for one in matched if one.seen.probability >= least]
    right, right_raised = (sum(one.right for one in accepted) for accepted in (matched, raised))
    expected = estimate_file_precision(evidence, left_out_of(tested), DEFAULT_PRIOR)
    return DrawnFile(
        rows,
        share,
        right / len(matched),
        right / (size - missing),
        expected,
        right_raised / len(raised),
        right_raised / (size - missing),
    )


def left_out_of(tested: Sequence[AnsweredQuery]) -> LeftOut:
    """Return what came of matching queries without their premises; a text that stands twice counts once."""
    probabilities = {one.seen.text: one.probability_without for one in tested}.values()
    accepted = tuple(probability for probability in probabilities if probability)
    return LeftOut(len(probabilities), len(accepted), accepted)


def threshold_of(sampled: Sequence[AnsweredQuery]) -> float:
    """Return the threshold that a sample of a file asks for."""
    left_out = left_out_of([one for one in sampled if one.seen.is_matched])
    return threshold_of_answers([one.seen for one in sampled], left_out, DecisionPolicy()).threshold


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
        "true recall": sum(f.recall for f in files) / len(files),
        "precision raised": sum(f.precision_raised for f in files) / len(files),
        "recall raised": sum(f.recall_raised for f in files) / len(files),
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
        figures={name.replace(" ", "_"): overall[name] for name in FIGURES},
        tables=(columns_of(table, "By size and share of absent addresses"),),
    )


def _options() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.file_precision", description=__doc__)
    add_common_options(parser, size=PREMISES, queries=QUERIES, seed=SEED)
    parser.add_argument("--files", type=int, default=FILES, help="files to draw (%(default)s)")
    return parser


if __name__ == "__main__":
    sys.exit(main())
