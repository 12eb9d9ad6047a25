import argparse
import json
import sys
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from address_match.service.batch.destination import STANDARD_STREAM, destination, refuse_unwritable
from address_match.service.cli.argument_types import positive
from address_match.service.cli.command import Commands, add_command
from address_match.service.cli.index_options import add_index_and_models, chosen_index
from address_match.service.cli.inputs import (
    TABLE_FORMATS,
    add_columns,
    add_text_format,
    estimated_rows,
    open_input,
)
from address_match.service.cli.model_options import chosen_bundle
from address_match.service.cli.policy_options import AUTO, add_policy, add_thorough, policy_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from address_match.service.batch.matcher import OpenMatcher
    from address_match.service.batch.row_batch import RowBatch
    from address_match.service.batch.summary import Summary
    from address_match.service.matching.policy import DecisionPolicy


def add_match(commands: Commands) -> None:
    """Add the command that matches a file."""
    parser = add_command(commands, "match", match)
    parser.add_argument(
        "input", metavar="INPUT", help="CSV, TSV, Parquet or NDJSON by suffix, also .gz; - for standard input"
    )
    parser.add_argument(
        "--out", required=True, metavar="OUTPUT", help="the same by suffix; - for standard output"
    )
    add_index_and_models(parser)
    add_columns(parser)
    add_text_format(parser)
    parser.add_argument("--format", choices=TABLE_FORMATS, help="of standard input and output (csv)")
    parser.add_argument(
        "--top", type=positive, metavar="N", help="add match_candidates, the N best as a JSON list"
    )
    parser.add_argument("--jobs", type=positive, default=1, metavar="N", help="worker processes (1)")
    add_policy(parser, auto=True)
    add_thorough(parser)
    parser.add_argument(
        "--explain", action="store_true", help="add match_explanation, what each answer rests on, as JSON"
    )
    parser.add_argument(
        "--spreadsheet",
        action="store_true",
        help="put an apostrophe before values of CSV and TSV that a spreadsheet would run as a formula",
    )
    parser.add_argument("--force", action="store_true", help="replace an existing output")
    parser.add_argument("--json", action="store_true", help="write the summary on standard error as JSON")


def match(arguments: argparse.Namespace) -> int:
    """Match every row of a file: the same rows come back, in order, with match_* columns.

    match_status is matched, review (better than absence, not sure enough) or unmatched; match_reason says why.
    The address is taken from the columns that are named like one, or from --columns.
    """
    from address_match.indexer.sources.columns_taken import unused_columns
    from address_match.service.batch.answer_columns import match_columns
    from address_match.service.batch.input_addresses import find_address, read_batches, refuse_match_columns
    from address_match.service.batch.interruption import interruptible
    from address_match.service.batch.match_batches import BATCH_ROWS, match_batches
    from address_match.service.batch.matcher import MatchOptions
    from address_match.service.batch.summary import Summary
    from address_match.service.batch.writers import open_writer
    from address_match.service.cli.consoles import rows_progress
    from address_match.service.found_index import find_index
    from address_match.service.wiring import pipeline_opener

    options = MatchOptions(arguments.top, arguments.thorough, arguments.explain)
    policy = policy_of(arguments)
    output_format = _output_format(arguments)
    index = find_index(chosen_index(arguments))
    with interruptible() as interruption, open_input(arguments) as table:
        refuse_match_columns(table.columns)
        positions = find_address(table.columns, arguments.columns)
        index = index.verify()
        with (
            destination(arguments.out, force=arguments.force) as path,
            open_writer(
                path,
                output_format,
                table.schema,
                match_columns(options),
                for_spreadsheet=arguments.spreadsheet,
            ) as writer,
            rows_progress("matching", table.rows_total or estimated_rows(arguments.input)) as show,
        ):
            batches: Iterable[RowBatch] = read_batches(table, positions, BATCH_ROWS)
            opener = partial(pipeline_opener, index, chosen_bundle(arguments), device=arguments.device)
            names = tuple(table.columns[position] for position in positions.columns)
            summary = Summary(
                generation=index.manifest.generation,
                address_columns=names,
                unused_columns=tuple(unused_columns(table.columns, {*positions.columns})),
                absence_prior=policy.absence_prior,
            )
            if arguments.absence_prior == AUTO:
                policy, batches = _estimated(batches, opener, policy, summary, arguments.jobs)
            match_batches(
                batches,
                opener(policy=policy),
                writer,
                options,
                jobs=arguments.jobs,
                summary=summary,
                on_batch=lambda summary: show(summary.rows),
            )
            interruption.check()
    print(json.dumps(summary.as_json()) if arguments.json else summary.as_text(), file=sys.stderr)
    return 0


def _estimated(
    batches: "Iterable[RowBatch]",
    opener: "Callable[..., OpenMatcher]",
    policy: "DecisionPolicy",
    summary: "Summary",
    jobs: int,
) -> "tuple[DecisionPolicy, Iterable[RowBatch]]":
    """Estimate the prior of absence from the first rows, and note it in the summary."""
    from address_match.service.batch.estimate_prior import estimate_prior

    found, batches = estimate_prior(batches, opener(policy=policy), policy.absence_prior, jobs=jobs)
    summary.absence_prior, summary.prior_estimated_from = found.prior, found.rows
    return replace(policy, absence_prior=found.prior), batches


def _output_format(arguments: argparse.Namespace) -> str:
    """Return the format of the output; raises `UsageError` where it cannot be written."""
    from address_match.service.batch.writers import format_of

    if arguments.out == STANDARD_STREAM:
        return arguments.format or "csv"
    found = format_of(arguments.out)
    refuse_unwritable(Path(arguments.out), force=arguments.force)
    return found
