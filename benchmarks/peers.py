"""How many rows a CPU second this matcher and the strongest open one answer: same rows, same reference, one thread
each.

Two mixes on a made-up country, damaged texts and the standard mix of the bulk figure, and one address alone. Each
matcher prepares the reference once; the runs of both are interleaved, so that a machine that slows down slows both.
Times count start and loading. What is right of the damaged texts is stated beside: a matcher that answers less is not
faster.
"""

import argparse
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from address_match.service.evaluation.evaluation_query import EvaluationQuery
from benchmarks.harness.cost import CommandCost
from benchmarks.harness.matchers import AddressMatch, Matcher
from benchmarks.harness.options import add_common_options
from benchmarks.harness.peer import UkAddressMatcher
from benchmarks.harness.result import Figure, Result, Table, publish
from benchmarks.harness.side_by_side import Measured, scores_table, write_queries
from benchmarks.harness.synthetic import (
    Country,
    addresses_of,
    evaluation_queries,
    reference_of,
    rows_of,
    standard_mix_of,
    with_truth,
)

PREMISES = 146_000
"""Of a country whose reference has about 178,000 texts."""
QUERIES = 20_000
LEFT_OUT = 0.15
ABSENT = 0.15
REPEATS = 3
SEED = 90_216
"""Of a country that training never sees."""
DAMAGED, STANDARD, ONE = "damaged", "standard mix", "one address"
_MIB = 2**20

Mixes = Mapping[str, Sequence[EvaluationQuery]]


@dataclass(slots=True)
class Runs:
    """What one matcher cost."""

    matcher: Matcher
    preparation: CommandCost
    disk_mib: float
    matching: dict[str, list[CommandCost]] = field(default_factory=dict)
    """By mix, a cost a run."""
    answered: dict[str, Measured] = field(default_factory=dict)
    """By mix, the last run."""

    def rows_a_cpu_second(self, mix: str, rows: int) -> list[float]:
        """Return the speed of each run."""
        return [rows / cost.cpu_seconds for cost in self.matching[mix]]


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure and write the result."""
    options = _options().parse_args(arguments)
    country = Country(options.seed, options.size, LEFT_OUT)
    reference = reference_of(country, reuse=options.reuse)
    mixes = mixes_of(country, options.queries, reuse=options.reuse)
    matchers: list[Matcher] = [AddressMatch(options.bundle), UkAddressMatcher.installed()]
    runs = run(matchers, reference, mixes, options.repeats)
    publish(_result(runs, mixes, rows_of(reference), options), options.out)
    return 0


def mixes_of(country: Country, count: int, *, reuse: bool) -> Mixes:
    """Make the rows that are matched."""
    damaged = with_truth(evaluation_queries(country, count, ABSENT))
    standard = addresses_of(standard_mix_of(country, count, reuse=reuse))
    return {
        DAMAGED: damaged,
        STANDARD: [EvaluationQuery(text, frozenset()) for text in standard],
        ONE: damaged[:1],
    }


def run(matchers: Sequence[Matcher], reference: Path, mixes: Mixes, repeats: int) -> list[Runs]:
    """Let each matcher prepare the reference, then match every mix `repeats` times, in turn with the others."""
    with TemporaryDirectory(prefix="address-match-") as name:
        folders = [Path(name) / str(number) for number in range(len(matchers))]
        runs = [
            _prepared(matcher, reference, folder) for matcher, folder in zip(matchers, folders, strict=True)
        ]
        for _ in range(repeats):
            for mix, queries in mixes.items():
                for each, folder in zip(runs, folders, strict=True):
                    _match(each, mix, queries, folder)
    return runs


def _prepared(matcher: Matcher, reference: Path, folder: Path) -> Runs:
    folder.mkdir()
    cost = matcher.prepare(reference, folder)
    disk = sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())
    return Runs(matcher, cost, disk / _MIB)


def _match(runs: Runs, mix: str, queries: Sequence[EvaluationQuery], folder: Path) -> None:
    asked = folder / "queries.csv"
    write_queries(queries, asked)
    matched = runs.matcher.match(asked, folder)
    runs.matching.setdefault(mix, []).append(matched.cost)
    runs.answered[mix] = Measured(runs.matcher, matched.best, runs.preparation, matched.cost)


def _result(runs: Sequence[Runs], mixes: Mixes, texts: int, options: argparse.Namespace) -> Result:
    ours, peer = runs
    figures: dict[str, Figure] = {}
    for mix in (DAMAGED, STANDARD):
        rows = len(mixes[mix])
        speeds = [median(each.rows_a_cpu_second(mix, rows)) for each in (ours, peer)]
        name = mix.replace(" ", "_")
        figures[f"{name}_rows_a_cpu_second"] = speeds[0]
        figures[f"{name}_ratio_to_the_peer"] = speeds[0] / speeds[1]
    return Result(
        benchmark="peers",
        settings={
            "premises": options.size,
            "texts": texts,
            "queries": options.queries,
            "repeats": options.repeats,
            "seed": options.seed,
            "peer": peer.matcher.name,
        },
        figures=figures,
        tables=(
            _speeds(runs, mixes),
            _preparations(runs),
            scores_table([each.answered[DAMAGED] for each in runs], _without_kinds(mixes[DAMAGED])),
        ),
    )


def _speeds(runs: Sequence[Runs], mixes: Mixes) -> Table:
    rows = []
    for mix, queries in mixes.items():
        for each in runs:
            speeds, costs = each.rows_a_cpu_second(mix, len(queries)), each.matching[mix]
            seconds = median(cost.cpu_seconds for cost in costs)
            peak = max(cost.peak_mib for cost in costs)
            rows.append((mix, each.matcher.name, median(speeds), min(speeds), max(speeds), seconds, peak))
    columns = ("mix", "matcher", "rows a CPU-second", "least", "most", "CPU seconds", "peak MiB")
    return Table("Matching, with start and loading", columns, tuple(rows))


def _preparations(runs: Sequence[Runs]) -> Table:
    rows = tuple(
        (
            each.matcher.name,
            each.preparation.wall_seconds,
            each.preparation.cpu_seconds,
            each.preparation.peak_mib,
            each.disk_mib,
        )
        for each in runs
    )
    return Table("Preparation", ("matcher", "seconds", "CPU seconds", "peak MiB", "disk MiB"), rows)


def _without_kinds(queries: Sequence[EvaluationQuery]) -> list[EvaluationQuery]:
    return [EvaluationQuery(query.address, query.accepted) for query in queries]


def _options() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.peers", description=__doc__)
    add_common_options(parser, size=PREMISES, queries=QUERIES, seed=SEED)
    parser.add_argument("--repeats", type=int, default=REPEATS, help="runs of each (%(default)s)")
    return parser


if __name__ == "__main__":
    sys.exit(main())
