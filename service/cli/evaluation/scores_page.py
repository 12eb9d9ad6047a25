"""A readable page for an evaluation: its measures, by class and over all."""

from dataclasses import asdict

from rich.table import Table
from rich.text import Text

from address_match.service.cli.terminal.consoles import page_console
from address_match.service.evaluation.findings import Findings
from address_match.service.evaluation.scores import Scores

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


def print_findings(findings: Findings, assumed: str) -> None:
    """Print the scores by class, by damaged field and over all; `assumed` says under which settings."""
    overall = findings.overall
    lines = [
        f"{overall.present:,} queries are in the reference, {overall.absent:,} are not; {overall.matched:,} were matched.",
        assumed,
    ]
    if findings.not_held:
        lines.append(f"Of {findings.not_held:,} queries the reference holds no UPRN that is named as right.")
    console = page_console()
    if findings.by_class:
        console.print(_classes_table(findings), "")
    if findings.by_field:
        console.print(_fields_table(findings), "")
    console.print(_overall_table(findings))  # last, where it is seen when much scrolled by
    for line in lines:
        console.print(line)


def _classes_table(findings: Findings) -> Table:
    table = _table("class", *_HEADINGS.values())
    for kind, scores in findings.by_class.items():
        table.add_row(Text(kind), *_cells(scores))
    return table


def _overall_table(findings: Findings) -> Table:
    table = _table("", *_HEADINGS.values())
    table.add_row("all", *_cells(findings.overall))
    for end, name in enumerate(("95 % from", "to")):
        bounds = [findings.intervals.get(measure) for measure in list(_HEADINGS)[1:]]
        table.add_row(name, "", *(_cell(None if b is None else b[end]) for b in bounds), style="dim")
    return table


def _fields_table(findings: Findings) -> Table:
    table = _table("damaged", "queries", "rank-1", "recall")
    for one in findings.by_field:
        name = f"{one.field} {one.damage}".strip()
        table.add_row(name, f"{one.queries:,}", _cell(one.rank_1), _cell(one.recall))
    return table


def _table(first: str, *others: str) -> Table:
    table = Table(box=None, pad_edge=False, header_style="bold")
    table.add_column(first, no_wrap=True)
    for heading in others:
        table.add_column(heading, justify="right")
    return table


def _cells(scores: Scores) -> list[str]:
    values = asdict(scores)
    return [f"{values['queries']:,}", *(_cell(values[name]) for name in list(_HEADINGS)[1:])]


def _cell(value: float | None) -> str:
    return "–" if value is None else f"{value:.4f}"
