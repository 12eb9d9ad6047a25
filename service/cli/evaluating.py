import argparse
import json
from contextlib import closing
from dataclasses import asdict, replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from service.cli.bundles import chosen_bundle
from service.cli.locating import chosen_index
from service.cli.policies import AUTO, policy_of
from service.errors import UsageError

if TYPE_CHECKING:
    from service.evaluation.queries import EvaluationQuery
    from service.evaluation.report import Report, Scores
    from service.matching.answer import Answer
    from service.matching.pipeline import MatchPipeline

_HEADINGS = {
    "queries": "queries",
    "rank_1": "rank-1",
    "precision": "precision",
    "recall": "recall",
    "f1": "F1",
    "absent_accepted": "absent accepted",
    "recall_at_99_precision": "recall@99%",
    "recall_at_995_precision": "recall@99.5%",
    "expected_calibration_error": "ECE",
}


def evaluate(arguments: argparse.Namespace) -> int:
    """Measure the answers to addresses whose truth is known.

    Prints rank-1, precision, recall and F1 at the decision, the share of absent queries accepted, recall at 99 % and
    99.5 % precision, and the expected calibration error, overall and by class.
    """
    from service.evaluation.report import evaluate as scores_of

    queries = read_query_file(arguments.queries)
    answers = _answers(arguments, queries)
    report = scores_of(queries, answers)
    if arguments.json:
        print(json.dumps(asdict(report), indent=2))
    else:
        _print(report)
    return 0


def read_query_file(path: Path) -> "list[EvaluationQuery]":
    """Read addresses and their truth; raises UsageError for a file that has none."""
    from indexer.sources.table import open_table, plain_name
    from service.evaluation.queries import read_queries

    if not path.is_file():
        raise UsageError(f"the queries {path} do not exist")
    queries: list[EvaluationQuery] = []
    with open_table(path) as table:
        positions = {plain_name(column): i for i, column in reversed(list(enumerate(table.columns)))}
        missing = [name for name in ("address", "uprn") if name not in positions]
        if missing:
            raise UsageError(f"{path} has no column {missing[0]}; it has {', '.join(table.columns)}")
        for batch in table.rows(10_000):
            columns = {
                name: batch.strings(positions[name]).to_pylist()
                for name in ("address", "uprn", "accept_uprns", "class")
                if name in positions
            }
            queries += read_queries(
                columns["address"], columns["uprn"], columns.get("accept_uprns"), columns.get("class")
            )
    if not queries:
        raise UsageError(f"{path} holds no query, only a header")
    return queries


def _answers(arguments: argparse.Namespace, queries: "list[EvaluationQuery]") -> "list[Answer]":
    import numpy as np

    from models.calibration import estimated_prior
    from service.batch.run import BATCH_ROWS
    from service.matching.isolation import match_each
    from service.wiring import open_pipeline

    texts, policy = [query.address for query in queries], policy_of(arguments)

    def answers(pipeline: "MatchPipeline") -> "list[Answer]":
        match = partial(pipeline.match, top=1, thorough=arguments.thorough)
        return [
            answer
            for start in range(0, len(texts), BATCH_ROWS)
            for answer in match_each(match, texts[start : start + BATCH_ROWS])
        ]

    with closing(open_pipeline(chosen_index(arguments), chosen_bundle(arguments), policy=policy)) as pipeline:
        found = answers(pipeline)
        if arguments.absence_prior != AUTO:
            return found
        absent = np.array([answer.absent_probability for answer in found])
        prior = estimated_prior(absent, policy.absence_prior)
        return answers(pipeline.under(replace(policy, absence_prior=prior)))


def _print(report: "Report") -> None:
    from rich.table import Table

    from service.cli.consoles import page_console

    table = Table(box=None, pad_edge=False, header_style="bold")
    table.add_column("", no_wrap=True)
    for heading in _HEADINGS.values():
        table.add_column(heading, justify="right")
    table.add_row("all", *_cells(report.overall))
    for kind, scores in report.by_class.items():
        table.add_row(kind, *_cells(scores))
    console = page_console()
    console.print(table)
    overall = report.overall
    console.print(
        f"{overall.present:,} queries are in the reference, {overall.absent:,} are not; "
        f"{overall.matched:,} were matched."
    )


def _cells(scores: "Scores") -> list[str]:
    values = asdict(scores)
    return [f"{values['queries']:,}", *(_cell(values[name]) for name in list(_HEADINGS)[1:])]


def _cell(value: float | None) -> str:
    return "–" if value is None else f"{value:.4f}"
