"""Inputs made after public bug reports, each laid among the premises of its group and those of the acceptance country.

Takes a tab-separated file with the columns case_id, kind, query, expected_uprn (several parted by `|`), expected_status
(matched, review, unmatched, any-but-matched) and reference_rows (JSON). Cases with the same reference rows share an
index. States how many are answered as expected, by kind, and how many are matched to a premises that is not expected:
the false matches.
"""

import argparse
import csv
import json
import sys
import tempfile
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

from address_match.service.build import build
from address_match.service.matching.answer import Answer, Status
from address_match.service.wiring import open_pipeline
from benchmarks.harness.options import RESULTS
from benchmarks.harness.result import Result, Table, publish

AMONG = Path(__file__).resolve().parents[1] / "tests" / "acceptance" / "country.tsv"
ANY_BUT_MATCHED = "any-but-matched"


@dataclass(frozen=True, slots=True)
class FieldCase:
    """One input and what is expected of it."""

    name: str
    kind: str
    query: str
    uprns: frozenset[str]
    status: str
    reference: str
    """Its premises, as JSON."""

    def is_met_by(self, answer: Answer) -> bool:
        """Return whether an answer is the expected one."""
        if self.status == ANY_BUT_MATCHED:
            return answer.status is not Status.MATCHED
        return answer.status == self.status and (
            answer.status is not Status.MATCHED or answer.uprn in self.uprns
        )

    def is_falsely_matched_by(self, answer: Answer) -> bool:
        """Return whether an answer is matched to a premises that is not expected."""
        expected = self.uprns if self.status == Status.MATCHED else frozenset()
        return answer.status is Status.MATCHED and answer.uprn not in expected


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure and write the result."""
    options = _options().parse_args(arguments)
    cases = sorted(read_cases(options.cases), key=lambda case: case.reference)
    answers = [
        answer
        for _, group in groupby(cases, key=lambda case: case.reference)
        for answer in answered(list(group), options.among, options.bundle)
    ]
    if options.show:
        print("\n".join(_missed(cases, answers)))
    publish(_result(cases, answers), options.out)
    return 0


def read_cases(path: Path) -> Iterator[FieldCase]:
    """Read the cases of a file."""
    with path.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file, delimiter="\t"):
            yield FieldCase(
                row["case_id"],
                row["kind"],
                row["query"],
                frozenset(uprn for uprn in row["expected_uprn"].split("|") if uprn),
                row["expected_status"],
                row["reference_rows"],
            )


def answered(cases: Sequence[FieldCase], among: Path, bundle: Path | None) -> list[Answer]:
    """Answer cases that share their reference by the full search, in order."""
    with tempfile.TemporaryDirectory(prefix="address-match-") as folder:
        reference, index = Path(folder) / "reference.csv", Path(folder) / "index"
        with among.open(encoding="utf-8", newline="") as file:
            rows = [*json.loads(cases[0].reference), *csv.DictReader(file, delimiter="\t")]
        with reference.open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(
                file, list(dict.fromkeys(name for row in rows for name in row)), restval=""
            )
            writer.writeheader()
            writer.writerows(rows)
        build(reference, index, bundle=bundle)
        with closing(open_pipeline(index, bundle)) as pipeline:
            return pipeline.match([case.query for case in cases], thorough=True)


def _result(cases: Sequence[FieldCase], answers: Sequence[Answer]) -> Result:
    pairs = list(zip(cases, answers, strict=True))
    asked = Counter(case.kind for case in cases)
    met = Counter(case.kind for case, answer in pairs if case.is_met_by(answer))
    return Result(
        benchmark="field_cases",
        settings={"cases": len(cases), "groups": len({case.reference for case in cases})},
        figures={
            "as_expected": met.total(),
            "falsely_matched": sum(case.is_falsely_matched_by(answer) for case, answer in pairs),
            "kinds_below_80_percent": sum(met[kind] < 0.8 * count for kind, count in asked.items()),
        },
        tables=(
            Table(
                "By kind",
                ("kind", "as expected", "cases"),
                tuple((kind, met[kind], count) for kind, count in asked.most_common()),
            ),
        ),
    )


def _missed(cases: Iterable[FieldCase], answers: Iterable[Answer]) -> Iterator[str]:
    """Describe each case that is not answered as expected."""
    for case, answer in zip(cases, answers, strict=True):
        if not case.is_met_by(answer):
            false = "FALSE" if case.is_falsely_matched_by(answer) else "     "
            yield (
                f"{false} {case.name:12} [{case.kind}] {case.query!r}: expected {case.status} {'|'.join(sorted(case.uprns))}, "
                f"got {answer.status} {answer.reason} {answer.uprn} {answer.probability:.3f}"
            )
            yield from (f"        {c.probability:.3f} {c.uprn} {c.address}" for c in answer.candidates[:3])


def _options() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.field_cases", description=__doc__)
    parser.add_argument("cases", type=Path, help="the file of cases")
    parser.add_argument(
        "--among", type=Path, default=AMONG, help="premises beside those of a case (%(default)s)"
    )
    parser.add_argument("--bundle", type=Path, default=None, help="models to use instead of the shipped ones")
    parser.add_argument(
        "--show", action="store_true", help="print the cases that are not answered as expected"
    )
    parser.add_argument("--out", type=Path, default=RESULTS, help="folder of the result (%(default)s)")
    return parser


if __name__ == "__main__":
    sys.exit(main())
