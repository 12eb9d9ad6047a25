"""The closing pages of `make demo`: some answers worth looking at, and what to do next."""

import argparse
import csv
import json
import sys
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from rapidfuzz.fuzz import ratio
from rich.table import Table
from rich.text import Text

from address_match.service.cli.terminal.address_pages import REASONS, STATUS_STYLES
from address_match.service.cli.terminal.consoles import page_console
from address_match.service.matching.answer import Reason, Status

SHOWN = {Status.MATCHED: 9, Status.REVIEW: 2, Status.UNMATCHED: 3}
"""Rows of each status in the table."""
ASKED_NEXT = "89 SO21 9TZ Winchester Bransgore Compton"
"""An address of the demo, as long as its size and seed are those of the Makefile."""

Row = dict[str, str]


def main(arguments: Sequence[str] | None = None) -> int:
    """Show what the options name: the table of an answered file, the measures of an evaluation, the next steps."""
    parser = argparse.ArgumentParser(prog="python -m address_match.service.cli.demo", description=__doc__)
    parser.add_argument("--answers", type=Path, help="output of `address-match match`, with the truth in it")
    parser.add_argument("--measured", type=Path, help="output of `address-match evaluate --json`")
    parser.add_argument("--next-steps", type=Path, metavar="INDEX", help="say how to go on with an index")
    options = parser.parse_args(arguments)
    if options.answers:
        with options.answers.open(encoding="utf-8", newline="") as lines:
            page_console().print(table(worth_looking_at(list(csv.DictReader(lines)))))
    if options.measured:
        print(measured(json.loads(options.measured.read_text(encoding="utf-8"))["overall"]))
    if options.next_steps:
        print(next_steps(options.next_steps))
    return 0


def worth_looking_at(rows: Sequence[Row]) -> list[Row]:
    """Choose rows of each status, of different classes, those first whose input looks least like the address found."""
    chosen: list[Row] = []
    for status, count in SHOWN.items():
        of_status = [row for row in rows if row["match_status"] == status]
        of_status.sort(key=lambda row: ratio(row["address"].upper(), row["match_address"].upper()))
        chosen += _one_of_each(of_status, "class" if status is Status.MATCHED else "match_reason")[:count]
    return chosen


def _one_of_each(rows: Iterable[Row], column: str) -> list[Row]:
    """Put the first row of each value of a column before all others."""
    first: dict[str, Row] = {}
    others = [row for row in rows if first.setdefault(row[column], row) is not row]
    return [*first.values(), *others]


def table(rows: Sequence[Row]) -> Table:
    """Lay rows out: the address, its answer, how sure that is, and whether it is right."""
    laid_out = Table(show_lines=True)
    for heading, ratio_of_width in (
        ("asked", 4),
        ("answer", 4),
        ("probability", None),
        ("status", 2),
        ("", None),
    ):
        laid_out.add_column(
            heading, ratio=ratio_of_width, justify="right" if heading == "probability" else "left"
        )
    for row in rows:
        status = Status(row["match_status"])
        reason = REASONS[Reason(row["match_reason"])]
        answer = f"{row['match_uprn']}\n{row['match_address']}" if row["match_uprn"] else "–"
        laid_out.add_row(
            Text(row["address"]),
            Text(answer),
            f"{float(row['match_probability']):.3f}",
            f"[{STATUS_STYLES[status]}]{status}[/]" + (f"\n{reason}" if reason else ""),
            _verdict(row),
        )
    return laid_out


def _verdict(row: Row) -> str:
    """Return whether the answer is one of the true premises, or none where the reference holds none."""
    true = {uprn for uprn in (row["uprn"], *row["accept_uprns"].split("|")) if uprn}
    if not true:
        return "wrong: absent" if row["match_uprn"] else "right: absent"
    if not row["match_uprn"]:
        return "missed"
    return "right" if row["match_uprn"] in true else "wrong"


def measured(overall: Mapping[str, float | None]) -> str:
    """State the measures of an evaluation in sentences."""
    lines = (
        (
            overall["rank_1"],
            "of the addresses that the reference holds have the right premises as the best candidate",
        ),
        (overall["recall"], "of them are matched, and rightly"),
        (overall["precision"], "of the addresses that are matched are matched rightly"),
        (
            overall["absent_accepted"],
            "of the addresses that the reference does not hold are matched all the same",
        ),
    )
    return "\n".join(f"  {share:6.1%}  {what}" for share, what in lines if share is not None)


def next_steps(index: Path) -> str:
    """Return how to ask on, to serve, and to use one's own files."""
    command = ".venv/bin/address-match"
    return f"""
Next:
  One address          {command} find "{ASKED_NEXT}" --index {index}
  Why that answer      {command} explain "{ASKED_NEXT}" --index {index}
  Over HTTP            make serve          then open http://127.0.0.1:8000
  Your own reference   {command} index build reference.csv --out my-index
                       (columns uprn, address, postcode; others: docs/use/reference-files.md)
  Your own addresses   {command} match addresses.csv --index my-index --out answers.csv
"""


if __name__ == "__main__":
    sys.exit(main())
