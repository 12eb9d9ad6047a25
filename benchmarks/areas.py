"""Real premises as the reference: learned on one half of the postcode areas, asked for in the other, half of them left
out.

Takes a tab-separated file with the columns uprn, address and postcode. Parser, encoder, ranker and calibration learn
from the premises of the first half beside the synthetic country, as `address-match train bundle REFERENCE` does.
Premises of the second half are asked for in texts of every class, reserved ones too, among all premises of the file but
for those that are left out. Nobody knows which rows of such a file are one place: where the reading of two rows agrees
in all that a query says, both are right; a second row of the place that is worded otherwise counts as wrong. Wrong
answers are listed in `benchmarks/cache/`, which git ignores.
"""

import argparse
import csv
import re
import shutil
import sys
import tempfile
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from itertools import islice
from pathlib import Path
from zlib import crc32

from address_match.models.synthesis.premises import Premises
from address_match.models.synthesis.queries import NoisyQuery, make_queries
from address_match.models.synthesis.reference import is_left_out
from address_match.service.build import build
from address_match.service.evaluation.evaluation_query import EvaluationQuery
from address_match.service.evaluation.outcome import judge
from address_match.service.evaluation.scores import Scores, evaluate
from address_match.service.matching.answer import Answer, Status
from address_match.service.matching.decision.absence import prior_from_answers
from address_match.service.matching.pipeline import MatchPipeline
from address_match.service.matching.policy import DecisionPolicy
from address_match.service.training.bundle import BundleTraining, train_bundle
from address_match.service.training.data.own_reference import read_premises
from address_match.service.training.size import SIZE_BESIDE_OWN, TrainingSize
from address_match.service.wiring import open_parser, open_pipeline
from benchmarks.harness.answers import addresses, answers_to
from benchmarks.harness.options import add_index_options
from benchmarks.harness.real_rows import Damaged, list_wrong, reliability_table, rows_with_address
from benchmarks.harness.result import Result, columns_of, publish
from benchmarks.harness.synthetic import WORK, with_truth

QUERIES = 10_000
SEED = 6
ABSENT = 0.5
SPARE = 1.2
"""Premises left out for each that is asked for in vain: some offer a class of noise nothing."""
OVERSAMPLING = 1.15
"""Queries made for each that is kept, beside those for the other half of the areas."""
FOLDER = WORK / "areas"
_AREA = re.compile(r"^[A-Z]{1,2}(?=[0-9])")

Row = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Under:
    """The answers under one policy."""

    policy: DecisionPolicy
    answers: list[Answer]


Measured = Mapping[str, Under]
"""By where the prior of absence is from: estimated, true or default."""


@dataclass(frozen=True, slots=True)
class Halves:
    """The rows of a file by postcode area; one without a postcode belongs to neither half."""

    learned: tuple[Row, ...]
    asked: tuple[Row, ...]

    @classmethod
    def of(cls, rows: Iterable[Row]) -> "Halves":
        """Share the areas out by a hash, the same on every machine."""
        halves: tuple[list[Row], list[Row]] = ([], [])
        for row in rows:
            if found := _AREA.match(row["postcode"].strip().upper()):
                halves[crc32(found[0].encode()) % 2].append(row)
        return cls(tuple(halves[0]), tuple(halves[1]))


def main(arguments: Sequence[str] | None = None) -> int:
    """Train unless a bundle is named, measure, and write the result and the list of wrong answers."""
    options = _options().parse_args(arguments)
    rows = rows_with_address(options.premises)
    halves = Halves.of(rows)
    size = scaled(SIZE_BESIDE_OWN, options.effort)
    bundle = options.bundle or trained(halves.learned, FOLDER / "bundle", size, options)
    rate = min(1.0, SPARE * options.queries * ABSENT / max(1, len(halves.asked)))
    noisy = questions(rows, halves, options.queries, options.seed, rate)
    asked = with_truth(noisy)
    with tempfile.TemporaryDirectory(prefix="address-match-") as folder:
        reference, index = Path(folder) / "reference.csv", Path(folder) / "index"
        write_rows((row for row in rows if not _is_left_out(row["uprn"], options.seed, rate)), reference)
        build(reference, index, bundle=bundle)
        pipeline = open_pipeline(index, bundle)
        try:
            measured = measure(pipeline, asked)
        finally:
            pipeline.close()
    addresses = {row["uprn"]: row["address"] for row in rows}
    _list_wrong([Damaged(addresses[q.uprn], e) for q, e in zip(noisy, asked, strict=True)], measured)
    publish(_result(measured, asked, halves, options), options.out)
    return 0


def scaled(size: TrainingSize, effort: float) -> TrainingSize:
    """Return a training of `effort` times the texts, queries and steps; its pairs of features stay."""
    parts = {
        name: max(1, round(getattr(size, name) * effort))
        for name in TrainingSize.__dataclass_fields__
        if name != "interactions"
    }
    return replace(size, **parts)


def trained(rows: Iterable[Row], out: Path, size: TrainingSize, options: argparse.Namespace) -> Path:
    """Train a bundle on these rows beside the synthetic country, unless one stands there that may be taken again."""
    if options.reuse and out.exists():
        return out
    shutil.rmtree(out, ignore_errors=True)
    out.parent.mkdir(parents=True, exist_ok=True)
    train_bundle(BundleTraining(name="areas", seed=options.seed, size=size, own=_as_premises(rows)), out)
    return out


def questions(rows: Sequence[Row], halves: Halves, count: int, seed: int, rate: float) -> list[NoisyQuery]:
    """Make queries for premises of the half that nothing learned from; `rate` of all premises are not in the reference.

    They are picked out of queries for the whole file, so that a text that fits a premises elsewhere as well is known
    to.
    """
    in_question = frozenset(row["uprn"] for row in halves.asked)
    queries = make_queries(
        _as_premises(rows),
        count=round(OVERSAMPLING * count * len(rows) / max(1, len(in_question))),
        seed=seed,
        absent_rate=ABSENT,
        left_out=partial(_is_left_out, seed=seed, rate=rate),
    )
    return list(islice((query for query in queries if query.uprn in in_question), count))


def _is_left_out(uprn: str, seed: int, rate: float) -> bool:
    return is_left_out(uprn, seed=seed, rate=rate)


def measure(pipeline: MatchPipeline, asked: Sequence[EvaluationQuery]) -> Measured:
    """Match the queries by the full search under the prior of absence that they show, the default and the true one."""
    texts = addresses(asked)
    found = answers_to(pipeline, texts)
    default = DecisionPolicy()
    policies = {
        "estimated": replace(default, absence_prior=prior_from_answers(found, default.absence_prior)),
        "true": replace(default, absence_prior=ABSENT),
    }
    others = {
        name: Under(policy, answers_to(pipeline.under(policy), texts)) for name, policy in policies.items()
    }
    return {**others, "default": Under(default, found)}


def write_rows(rows: Iterable[Row], path: Path) -> None:
    """Write a reference."""
    with path.open("w", encoding="utf-8", newline="") as file:
        lines = csv.writer(file, lineterminator="\n")
        lines.writerow(("uprn", "address", "postcode"))
        lines.writerows((row["uprn"], row["address"], row["postcode"]) for row in rows)


def _as_premises(rows: Iterable[Row]) -> tuple[Premises, ...]:
    """Read rows as a user's reference is read: with the shipped parser."""
    with tempfile.TemporaryDirectory(prefix="address-match-") as folder:
        write_rows(rows, Path(folder) / "reference.csv")
        return read_premises(Path(folder) / "reference.csv", open_parser())


def _list_wrong(damaged: Sequence[Damaged], measured: Measured) -> None:
    """Write down the present ones that were not found, and the absent ones that were accepted."""
    answers = measured["estimated"].answers
    looked_at = [
        (one, answer)
        for one, answer in zip(damaged, answers, strict=True)
        if one.query.present or answer.status is Status.MATCHED
    ]
    list_wrong([one for one, _ in looked_at], [answer for _, answer in looked_at], FOLDER)


def _result(
    measured: Measured, asked: Sequence[EvaluationQuery], halves: Halves, options: argparse.Namespace
) -> Result:
    reports = {name: evaluate(asked, under.answers) for name, under in measured.items()}
    headline = reports["estimated"].overall
    return Result(
        benchmark="areas",
        settings={
            "queries": len(asked),
            "seed": options.seed,
            "absent": ABSENT,
            "effort": options.effort,
            "premises_learned_from": len(halves.learned),
            "premises_in_question": len(halves.asked),
        },
        figures={
            "prior": measured["estimated"].policy.absence_prior,
            "rank_1": headline.rank_1,
            "absent_accepted": headline.absent_accepted,
            "recall": headline.recall,
            "precision": headline.precision,
            "expected_calibration_error": headline.expected_calibration_error,
        },
        tables=(
            columns_of(
                [
                    {
                        "prior of absence": name,
                        "value": measured[name].policy.absence_prior,
                        **_columns(report.overall),
                    }
                    for name, report in reports.items()
                ],
                "By the prior that is assumed",
            ),
            columns_of(
                [
                    {"class": name, **_columns(scores)}
                    for name, scores in reports["estimated"].by_class.items()
                ],
                "By class of noise, under the estimated prior",
            ),
            reliability_table(judge(asked, measured["estimated"].answers)),
        ),
    )


def _columns(scores: Scores) -> dict[str, float | int | None]:
    return {
        "queries": scores.queries,
        "rank-1": scores.rank_1,
        "recall": scores.recall,
        "precision": scores.precision,
        "absent accepted": scores.absent_accepted,
        "calibration error": scores.expected_calibration_error,
    }


def _options() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.areas", description=__doc__)
    parser.add_argument("premises", type=Path, help="uprn, address, postcode; tab-separated, also .gz")
    parser.add_argument("--queries", type=int, default=QUERIES, help="premises to look for (%(default)s)")
    parser.add_argument("--seed", type=int, default=SEED, help="of training, choice and noise (%(default)s)")
    parser.add_argument(
        "--effort",
        type=float,
        default=1.0,
        help="share of the premises, texts and steps of a training that this one takes (%(default)s)",
    )
    add_index_options(parser)
    return parser


if __name__ == "__main__":
    sys.exit(main())
