"""Addresses of one register looked for in another: rank-1, best F1, recall at 99 %, what is shipped, calibration.

Takes a reference (uprn, address, postcode) and queries (address, uprn, accept_uprns; label where there is one), both
tab-separated. A query that names no UPRN is of a premises that the reference lacks; one labelled `ambiguous` is left
out. --crowd lays further premises among those of the reference, which no query asks for. --places and --precision are
those of `match`. A result holds counts only.
"""

import argparse
import csv
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from address_match.service.evaluation.evaluation_query import EvaluationQuery, read_queries
from benchmarks.harness.matchers import AddressMatch, Matcher
from benchmarks.harness.options import RESULTS
from benchmarks.harness.peer import UkAddressMatcher
from benchmarks.harness.result import Result, publish
from benchmarks.harness.side_by_side import cost_table, figures_of, measure, scores_table
from benchmarks.harness.tables import read_tsv

NOT_SCORED = "ambiguous"
CROWD_PREFIX = "crowd-"
"""Before the identifiers of a crowd, which might be those of other premises in the reference."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure and write the result."""
    options = _options().parse_args(arguments)
    queries = read_scored(options.queries)
    matchers: list[Matcher] = [AddressMatch(options.bundle, _settings(options))]
    if options.peer:
        matchers.append(UkAddressMatcher.installed())
    with tempfile.TemporaryDirectory(prefix="address-match-") as folder:
        reference = Path(folder) / "reference.csv"
        rows = write_crowded(options.reference, options.crowd, reference)
        measured = [measure(matcher, reference, queries) for matcher in matchers]
    result = Result(
        benchmark="two_registers",
        settings={
            "reference": rows,
            "queries": len(queries),
            "crowd": options.crowd is not None,
            "match": " ".join(_settings(options)),
        },
        figures=figures_of(measured[0].scores(queries)),
        tables=(scores_table(measured, queries), cost_table(measured)),
    )
    publish(result, options.out)
    return 0


def _settings(options: argparse.Namespace) -> tuple[str, ...]:
    """Return the options of `match` that were named, with their values."""
    given = {"--places": options.places, "--precision": options.precision}
    return tuple(word for name, value in given.items() if value for word in (name, value))


def read_scored(path: Path) -> list[EvaluationQuery]:
    """Read the queries whose truth is known."""
    rows = [row for row in read_tsv(path) if row.get("label") != NOT_SCORED]
    return read_queries(
        [row["address"] for row in rows],
        [row["uprn"] or "" for row in rows],
        [row["accept_uprns"] or "" for row in rows],
    )


def write_crowded(reference: Path, crowd: Path | None, out: Path) -> int:
    """Write the reference as CSV, the crowd behind it, and return how many rows there are."""
    rows = [(row["uprn"], row["address"], row["postcode"]) for row in read_tsv(reference)]
    if crowd:
        rows += [(CROWD_PREFIX + row["uprn"], row["address"], row["postcode"]) for row in read_tsv(crowd)]
    with out.open("w", encoding="utf-8", newline="") as file:
        lines = csv.writer(file, lineterminator="\n")
        lines.writerow(("uprn", "address", "postcode"))
        lines.writerows(rows)
    return len(rows)


def _options() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.two_registers", description=__doc__)
    parser.add_argument("reference", type=Path, help="uprn, address, postcode; also .gz")
    parser.add_argument("queries", type=Path, help="address, uprn, accept_uprns, label; also .gz")
    parser.add_argument("--crowd", type=Path, help="further premises: uprn, address, postcode; also .gz")
    parser.add_argument("--places", help="of `match`: auto, as shipped, off, or the towns")
    parser.add_argument("--precision", help="of `match`: what shall be right of the matched, such as .99")
    parser.add_argument("--peer", action="store_true", help="measure uk-address-matcher on the same rows")
    parser.add_argument("--bundle", type=Path, help="models to use instead of the shipped ones")
    parser.add_argument("--out", type=Path, default=RESULTS, help="folder of the result (%(default)s)")
    return parser


if __name__ == "__main__":
    sys.exit(main())
