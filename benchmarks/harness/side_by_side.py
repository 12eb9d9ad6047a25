"""One reference and one set of queries, put to one matcher or several."""

import csv
import tempfile
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from address_match.service.evaluation.evaluation_query import EvaluationQuery
from benchmarks.harness.cost import CommandCost
from benchmarks.harness.matchers import Best, Matcher
from benchmarks.harness.matching_scores import MatchingScores, score_matching
from benchmarks.harness.result import Figure, Table


@dataclass(frozen=True, slots=True)
class Measured:
    """What one matcher gave for the queries, and at what cost."""

    matcher: Matcher
    best: list[Best]
    preparation: CommandCost
    matching: CommandCost

    def scores(self, queries: Sequence[EvaluationQuery], kind: str | None = None) -> MatchingScores:
        """Score it on all queries, or on those of one kind."""
        chosen = [(q, b) for q, b in zip(queries, self.best, strict=True) if kind is None or q.kind == kind]
        return score_matching(
            [query for query, _ in chosen],
            [best for _, best in chosen],
            states_probability=self.matcher.states_probability,
        )


def measure(matcher: Matcher, reference: Path, queries: Sequence[EvaluationQuery]) -> Measured:
    """Let a matcher prepare the reference (CSV: uprn, address, postcode) and match the queries."""
    with tempfile.TemporaryDirectory(prefix="address-match-") as name:
        folder = Path(name)
        asked = folder / "queries.csv"
        write_queries(queries, asked)
        preparation = matcher.prepare(reference, folder)
        matched = matcher.match(asked, folder)
    return Measured(matcher, matched.best, preparation, matched.cost)


def write_queries(queries: Sequence[EvaluationQuery], path: Path) -> None:
    """Write what is asked for, without its truth."""
    with path.open("w", encoding="utf-8", newline="") as file:
        rows = csv.writer(file, lineterminator="\n")
        rows.writerow(("query", "address"))
        rows.writerows((number, query.address) for number, query in enumerate(queries))


def figures_of(scores: MatchingScores) -> dict[str, Figure]:
    """Return the shares by name, without the counts."""
    return {name: value for name, value in asdict(scores).items() if name not in {"queries", "absent"}}


def scores_table(measured: Sequence[Measured], queries: Sequence[EvaluationQuery]) -> Table:
    """Lay the scores out: a row per kind of query and matcher, the last ones over all kinds."""
    kinds = sorted({query.kind for query in queries if query.kind})
    rows = [
        (kind or "all", each.matcher.name, *asdict(each.scores(queries, kind)).values())
        for kind in (*kinds, None)
        for each in measured
    ]
    columns = ("kind", "matcher", *(name.replace("_", " ") for name in MatchingScores.__dataclass_fields__))
    return Table("By kind and matcher", columns, tuple(rows))


def cost_table(measured: Sequence[Measured]) -> Table:
    """Lay out what each matcher took, one thread each; matching counts loading and start."""
    columns = (
        *("matcher", "preparation s", "preparation CPU s", "preparation peak MiB"),
        *("matching CPU s", "rows a CPU-second", "matching peak MiB"),
    )
    rows = tuple(
        (
            each.matcher.name,
            each.preparation.wall_seconds,
            each.preparation.cpu_seconds,
            each.preparation.peak_mib,
            each.matching.cpu_seconds,
            len(each.best) / each.matching.cpu_seconds,
            each.matching.peak_mib,
        )
        for each in measured
    )
    return Table("Cost", columns, rows)
