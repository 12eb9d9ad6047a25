import argparse
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from address_match.service.batch.destination import STANDARD_STREAM, refuse_unwritable
from address_match.service.cli.argument_types import positive, statuses
from address_match.service.cli.command import Commands, add_command
from address_match.service.cli.index_options import add_index_and_models, chosen_index
from address_match.service.cli.inputs import (
    TABLE_FORMATS,
    add_columns,
    add_text_format,
    estimated_rows,
    open_input,
)
from address_match.service.cli.logged_run import (
    add_logged,
    open_log_of,
    part_of,
    put_away,
    refuse_unlogged,
    written_rows,
)
from address_match.service.cli.model_options import chosen_bundle
from address_match.service.cli.outputs import add_spreadsheet, print_summary
from address_match.service.cli.policy_options import (
    AUTO,
    add_places,
    add_policy,
    add_thorough,
    places_of,
    policy_of,
)
from address_match.service.cli.record_options import add_file_record, recording_of
from address_match.service.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Callable

    from address_match.indexer.sources.table import Table
    from address_match.service.batch.file_evidence import FileEvidence
    from address_match.service.batch.file_policy import Estimated
    from address_match.service.batch.matcher import MatchOptions
    from address_match.service.evaluation.file_precision import FilePrecision
    from address_match.service.matching.pipeline import MatchPipeline
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
    add_places(parser)
    add_thorough(parser)
    parser.add_argument(
        "--explain", action="store_true", help="add match_explanation, what each answer rests on, as JSON"
    )
    parser.add_argument(
        "--estimate-precision",
        action="store_true",
        help="say in the summary how many of the matched are expected to be right, by a test on up to 300 of them",
    )
    add_spreadsheet(parser)
    parser.add_argument(
        "--only",
        type=statuses,
        metavar="STATUS,…",
        help="match rows of these statuses again; the input is an output of before, and its other answers stand",
    )
    add_logged(parser)
    add_file_record(parser)
    parser.add_argument("--force", action="store_true", help="replace an existing output")
    parser.add_argument("--json", action="store_true", help="write the summary on standard error as JSON")


def match(arguments: argparse.Namespace) -> int:
    """Match every row of a file: the same rows come back, in order, with match_* columns.

    match_status is matched, review (better than absence, not sure enough) or unmatched; match_reason says why.
    The address is taken from the columns that are named like one, or from --columns. With --resume, a run that was ended goes on
    by the same command; with --part, OUTPUT is one part of several, which `merge` puts together.
    """
    from address_match.indexer.sources.columns_taken import unused_columns
    from address_match.models.devices import device_here
    from address_match.service.batch.answer_columns import match_columns
    from address_match.service.batch.answered_input import rows_to_match
    from address_match.service.batch.estimate_places import EstimatedPlaces
    from address_match.service.batch.file_evidence import FileEvidence
    from address_match.service.batch.file_policy import policy_of_file
    from address_match.service.batch.input_addresses import find_address
    from address_match.service.batch.interruption import interruptible
    from address_match.service.batch.match_batches import BATCH_ROWS, match_batches
    from address_match.service.batch.matcher import MatchOptions
    from address_match.service.batch.summary import Summary
    from address_match.service.cli.consoles import rows_progress
    from address_match.service.found_index import find_index
    from address_match.service.wiring import pipeline_opener

    options = MatchOptions(arguments.top, arguments.thorough, arguments.explain)
    policy = replace(policy_of(arguments), places=places_of(arguments))
    recording = recording_of(arguments)
    refuse_unlogged(arguments)
    _refuse_estimates_of_some_rows(arguments)
    output_format = _output_format(arguments)
    index = find_index(chosen_index(arguments))
    with interruptible() as interruption, open_input(arguments) as table:
        address = find_address(table.columns, arguments.columns)
        added = match_columns(options)
        schema, batches = rows_to_match(table, address, added, arguments.only, BATCH_ROWS)
        index = index.verify()
        with (
            written_rows(arguments, output_format, schema, added) as writer,
            rows_progress("matching", _rows_expected(arguments, table)) as show,
        ):
            opener = partial(
                pipeline_opener, index, chosen_bundle(arguments), device=device_here(arguments.device)
            )
            names = tuple(table.columns[position] for position in address.columns)
            summary = Summary(
                generation=index.manifest.generation,
                address_columns=names,
                unused_columns=tuple(unused_columns(table.columns, {*address.columns})),
                absence_prior=policy.absence_prior,
                places=EstimatedPlaces(policy.places) if policy.places else None,
            )
            policy, batches = policy_of_file(
                batches,
                lambda policy: opener(policy=policy),
                policy,
                _estimated(arguments),
                summary,
                jobs=arguments.jobs,
            )
            evidence = FileEvidence() if arguments.estimate_precision else None
            with open_log_of(arguments, index, policy, names, interruption) as log:
                match_batches(
                    part_of(batches, arguments.part),
                    opener(policy=policy),
                    writer,
                    options,
                    jobs=arguments.jobs,
                    summary=summary,
                    on_batch=lambda summary: show(summary.rows),
                    on_answers=None if evidence is None else evidence.add,
                    log=log,
                    recording=recording,
                )
            if evidence is not None:
                summary.file_precision = _expected(evidence, opener, policy, options)
            interruption.check()
        put_away(arguments)
    print_summary(arguments, summary)
    return 0


def _refuse_estimates_of_some_rows(arguments: argparse.Namespace) -> None:
    if arguments.only and arguments.absence_prior == AUTO:
        raise UsageError(
            "--absence-prior auto needs all rows of a file, and --only matches some; name the prior of the first run"
        )
    if arguments.only and arguments.places == AUTO:
        raise UsageError(
            "--places auto needs all rows of a file, and --only matches some; name the places of the first run"
        )
    if arguments.estimate_precision and (arguments.only or arguments.part):
        raise UsageError(
            "--estimate-precision speaks of a whole file, and --only and --part match some of its rows"
        )


def _rows_expected(arguments: argparse.Namespace, table: "Table") -> int | None:
    rows = table.rows_total or estimated_rows(arguments.input)
    return rows // arguments.part[1] if rows and arguments.part else rows


def _estimated(arguments: argparse.Namespace) -> "Estimated":
    """Return what is estimated from the file: places unless they are named, or only some rows are matched."""
    from address_match.service.batch.file_policy import Estimated

    places = arguments.places == AUTO or (arguments.places is None and not arguments.only)
    return Estimated(prior=arguments.absence_prior == AUTO, places=places)


def _expected(
    evidence: "FileEvidence",
    opener: "Callable[..., Callable[[], MatchPipeline]]",
    policy: "DecisionPolicy",
    options: "MatchOptions",
) -> "FilePrecision":
    """Estimate how many of the matched are right, by their probabilities and by a test of some of them."""
    from address_match.service.batch.leave_out_test import leave_out_test
    from address_match.service.evaluation.file_precision import estimate_file_precision

    thorough = options.thorough or options.explain
    left_out = leave_out_test(evidence.matched.kept, opener(policy=policy), thorough=thorough)
    return estimate_file_precision(evidence, left_out, policy.absence_prior)


def _output_format(arguments: argparse.Namespace) -> str:
    """Return the format of the output, none of a part's; raises `UsageError` where it cannot be written."""
    from address_match.service.batch.writers import format_of

    if arguments.out == STANDARD_STREAM:
        return arguments.format or "csv"
    if arguments.part is not None:
        refuse_unwritable(Path(arguments.out), force=arguments.force)
        return ""
    found = format_of(arguments.out)
    refuse_unwritable(Path(arguments.out), force=arguments.force)
    return found
