import argparse
from contextlib import ExitStack
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING

from address_match.service.batch.output.destination import STANDARD_STREAM, refuse_unwritable
from address_match.service.cli.files.inputs import open_file
from address_match.service.cli.files.outputs import (
    add_duplicates,
    add_spreadsheet,
    output_rows,
    print_summary,
    write_duplicates,
)
from address_match.service.cli.options.command import Commands, add_command
from address_match.service.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from address_match.service.batch.kept.answer_log import AnswerLog
    from address_match.service.batch.kept.run_identity import RunIdentity
    from address_match.service.batch.matcher import MatchOptions
    from address_match.service.batch.summary import Summary


def add_merge(commands: Commands) -> None:
    """Add the command that puts the parts of a match together."""
    parser = add_command(commands, "merge", merge)
    parser.add_argument("input", metavar="INPUT", help="the file that was matched in parts")
    parser.add_argument(
        "parts", nargs="+", type=Path, metavar="PART", help="what each --part wrote, in any order"
    )
    parser.add_argument(
        "--out", required=True, metavar="OUTPUT", help="CSV, TSV, Parquet, NDJSON or XLSX by suffix"
    )
    add_spreadsheet(parser)
    add_duplicates(parser)
    parser.add_argument("--force", action="store_true", help="replace an existing output")
    parser.add_argument("--json", action="store_true", help="write the summary on standard error as JSON")


def merge(arguments: argparse.Namespace) -> int:
    """Put the parts of a match together: the same bytes as one `match` of the file writes.

    A part that is missing, given twice, not complete or of another run is refused, and so is an input that changed.
    """
    from address_match.service.batch.input.answered_input import rows_to_match
    from address_match.service.batch.input.input_addresses import find_address
    from address_match.service.batch.interruption import interruptible
    from address_match.service.batch.kept.answer_log import read_log
    from address_match.service.batch.kept.logged_answers import merged_in_order
    from address_match.service.batch.match_batches import BATCH_ROWS, write_answers
    from address_match.service.batch.output.answer_columns import match_columns
    from address_match.service.batch.output.writers import format_of
    from address_match.service.cli.terminal.consoles import rows_progress

    if STANDARD_STREAM in {arguments.input, arguments.out}:
        raise UsageError("merge reads and writes files: name them")
    output_format = format_of(arguments.out)
    for path in filter(None, (Path(arguments.out), arguments.duplicates)):
        refuse_unwritable(path, force=arguments.force)
    with interruptible() as interruption, ExitStack() as opened:
        logs = _in_order([opened.enter_context(read_log(path)) for path in arguments.parts])
        run = logs[0].run
        table = opened.enter_context(open_file(Path(arguments.input), run))
        _refuse_other_run(Path(arguments.input), logs[0])
        options = _options_of(run)
        address = find_address(table.columns, run.columns)
        added = match_columns(options)
        schema, batches = rows_to_match(table, address, added, run.only, BATCH_ROWS)
        summary = _summary_of(run)
        with (
            output_rows(
                arguments, output_format, schema, added, for_spreadsheet=arguments.spreadsheet
            ) as writer,
            rows_progress("merging", table.rows_total) as show,
        ):
            write_answers(
                merged_in_order(batches, logs),
                writer,
                options,
                summary=summary,
                on_batch=lambda summary: show(summary.rows),
            )
            interruption.check()
        write_duplicates(arguments, summary)
    print_summary(arguments, summary)
    return 0


def _options_of(run: "RunIdentity") -> "MatchOptions":
    """Return what the parts were answered with."""
    from address_match.service.batch.matcher import MatchOptions

    return MatchOptions(
        top=run.top,
        thorough=run.thorough,
        explain=run.explain,
        fields=tuple(run.fields),
        historical=run.as_at is not None,
        audit=run.audit is not None,
    )


def _summary_of(run: "RunIdentity") -> "Summary":
    """Return the summary of a run before any of its rows are counted."""
    from address_match.service.batch.estimates.estimate_places import EstimatedPlaces
    from address_match.service.batch.estimates.estimate_threshold import EstimatedThreshold
    from address_match.service.batch.summary import Summary

    return Summary(
        generation=run.index.partition(" ")[0],
        address_columns=tuple(run.columns),
        absence_prior=run.absence_prior,
        places=EstimatedPlaces(tuple(run.places)) if run.places else None,
        threshold=EstimatedThreshold(run.threshold) if run.threshold else None,
    )


def _in_order(logs: "Sequence[AnswerLog]") -> "list[AnswerLog]":
    """Return the logs by their parts; raises `UsageError` unless they are all of one run."""
    from address_match.service.batch.kept.run_identity import refuse_incomplete

    refuse_incomplete([log.run for log in logs])
    return sorted(logs, key=lambda log: log.run.part)


def _refuse_other_run(path: Path, log: "AnswerLog") -> None:
    """Raise `UsageError` where a log is of another release or another input than these."""
    from address_match.service.batch.kept.run_identity import identity_of_file

    if log.run.release != version("address-match"):
        raise UsageError(
            f"the parts are of release {log.run.release} of this program; merge them with that one"
        )
    if identity_of_file(path) != log.run.input:
        raise UsageError(f"{path} is not the file that the parts are of, or it changed since")
