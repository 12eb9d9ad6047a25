import argparse
import json
import sys
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

from address_match.service.batch.output.destination import refuse_unwritable
from address_match.service.cli.files.inputs import refuse_missing
from address_match.service.cli.files.outputs import output_rows
from address_match.service.cli.options.argument_types import natural, positive
from address_match.service.cli.options.command import Commands, add_command
from address_match.service.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from address_match.service.evaluation.hand_check import CheckedStratum
    from address_match.service.evaluation.hand_verdicts import HandVerdict, MatchedRows

ROWS = 120
"""Rows to check by hand: with one error among them, precision is known to within a point or two."""


def add_check(commands: Commands) -> None:
    """Add the command that measures answers by hand."""
    parser = add_command(commands, "check", check)
    parser.add_argument("answers", type=Path, metavar="ANSWERS", help="what `match` wrote")
    what = parser.add_mutually_exclusive_group(required=True)
    what.add_argument("--out", metavar="FILE", help="write the rows to check there")
    what.add_argument("--verdicts", type=Path, metavar="FILE", help="the same file with the verdicts")
    what.add_argument(
        "--store", type=Path, metavar="DIR", help="labels of these answers, drawn by `label draw`, instead"
    )
    parser.add_argument(
        "--sheet", metavar="NAME|N", help="sheet of ANSWERS, by its name or number (the first with addresses)"
    )
    parser.add_argument("--rows", type=positive, default=ROWS, metavar="N", help=f"how many to draw ({ROWS})")
    parser.add_argument(
        "--seed", type=natural, default=1, metavar="S", help="the same seed draws the same rows (1)"
    )
    parser.add_argument("--force", action="store_true", help="replace an existing FILE of --out")
    parser.add_argument("--json", action="store_true", help="print the estimate as JSON")


def check(arguments: argparse.Namespace) -> int:
    """Measure by hand how many of the matched are right.

    With --out, rows are drawn to be checked, more of the unsure ones. Write right, wrong or cannot tell into check_verdict of each, and
    --verdicts estimates from that which share of all matched rows is right. Nothing written means that a row is not checked yet.
    --store estimates it from labels.
    """
    from address_match.service.evaluation.hand_verdicts import read_matched

    refuse_missing("answers", arguments.answers)
    if arguments.out is not None:
        refuse_unwritable(Path(arguments.out), force=arguments.force)
    matched = read_matched(arguments.answers, arguments.sheet)
    if not len(matched):
        raise UsageError(f"{arguments.answers} has no matched row; there is nothing to check")
    if arguments.out is not None:
        return _draw(arguments, matched)
    return _estimate(arguments, matched) if arguments.store is None else _by_labels(arguments, matched)


def _draw(arguments: argparse.Namespace, matched: "MatchedRows") -> int:
    from address_match.indexer.sources.table import open_table
    from address_match.service.batch.output.writers import format_of
    from address_match.service.evaluation.hand_check import draw_rows
    from address_match.service.evaluation.hand_verdicts import CHECK_COLUMNS, rows_to_check

    drawn = draw_rows(matched.probabilities, arguments.rows, arguments.seed)
    file_format = format_of(arguments.out)
    if file_format not in {"csv", "tsv"}:
        raise UsageError(f"the rows to check are CSV or TSV, for a spreadsheet; {arguments.out} is neither")
    with (
        open_table(arguments.answers, sheet=arguments.sheet) as table,
        output_rows(arguments, file_format, table.schema, CHECK_COLUMNS, for_spreadsheet=True) as writer,
    ):
        for data, added in rows_to_check(table, matched, drawn):
            writer.write(data, added)
    print(
        f"{arguments.out}: {len(drawn):,} of {len(matched):,} matched rows; fill in check_verdict, then give it as --verdicts",
        file=sys.stderr,
    )
    return 0


def _estimate(arguments: argparse.Namespace, matched: "MatchedRows") -> int:
    from address_match.service.evaluation.hand_verdicts import checked_strata, read_verdicts

    refuse_missing("verdicts", arguments.verdicts)
    verdicts = read_verdicts(arguments.verdicts, matched)
    return _say(arguments, matched, checked_strata(matched, verdicts), Counter(verdicts.values()))


def _by_labels(arguments: argparse.Namespace, matched: "MatchedRows") -> int:
    from address_match.service.lifecycle.labels.precision import (
        checked_strata_of,
        labels_of_file,
        verdicts_on_matched,
    )
    from address_match.service.lifecycle.labels.store import LabelStore

    sample, labels = labels_of_file(LabelStore(arguments.store), arguments.answers)
    strata, counts = checked_strata_of(sample, labels), verdicts_on_matched(sample, labels)
    return _say(arguments, matched, strata, counts)


def _say(
    arguments: argparse.Namespace,
    matched: "MatchedRows",
    strata: "Sequence[CheckedStratum]",
    counts: "Counter[HandVerdict]",
) -> int:
    """Print which share of the matched is right by what was said of some, and how many said what."""
    from address_match.service.evaluation.hand_check import estimate_right
    from address_match.service.evaluation.hand_verdicts import HandVerdict

    right = estimate_right(strata)
    if arguments.json:
        found = {verdict.name.lower(): counts[verdict] for verdict in HandVerdict}
        print(json.dumps({"matched": len(matched), "precision": right and right.as_json(), **found}))
        return 0
    counted = ", ".join(
        f"{counts[verdict]:,} {verdict.value or 'not checked yet'}"
        for verdict in HandVerdict
        if counts[verdict]
    )
    estimate = f"right {right.as_text()}" if right else "too few to say"
    print(f"of {len(matched):,} matched: {estimate}; {counted or 'no verdict'}")
    return 0
