import argparse
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from address_match.service.batch.output.destination import STANDARD_STREAM, refuse_unwritable
from address_match.service.cli.files.forecasts import refuse_large_match
from address_match.service.cli.files.inputs import (
    TABLE_FORMATS,
    add_columns,
    add_text_format,
    estimated_rows,
    open_input,
)
from address_match.service.cli.files.outputs import (
    add_duplicates,
    add_spreadsheet,
    print_summary,
    write_duplicates,
)
from address_match.service.cli.match.file_estimates import refuse_estimates_of_some_rows
from address_match.service.cli.match.logged_run import (
    add_logged,
    put_away,
    refuse_unlogged,
    write_run_record,
    written_rows,
)
from address_match.service.cli.match.since import add_since, earlier_run
from address_match.service.cli.options.argument_types import names, positive, statuses
from address_match.service.cli.options.command import Commands, Options, add_command
from address_match.service.cli.options.index import add_index_and_models, chosen_index
from address_match.service.cli.options.policy import (
    add_as_at,
    add_places,
    add_policy,
    add_thorough,
    add_threshold,
    places_of,
    policy_of,
    threshold_of,
)
from address_match.service.cli.options.record import add_file_record

if TYPE_CHECKING:
    from address_match.indexer.sources.table import Table


def add_match(commands: Commands) -> None:
    """Add the command that matches a file."""
    parser = add_command(commands, "match", match)
    parser.add_argument(
        "input",
        metavar="INPUT",
        help="CSV, TSV, Parquet, NDJSON, JSON or XLSX by suffix, also .gz; - for standard input",
    )
    parser.add_argument(
        "--out",
        required=True,
        metavar="OUTPUT",
        help="CSV, TSV, Parquet, NDJSON or XLSX by suffix; - for standard output",
    )
    add_index_and_models(parser.add_argument_group("the reference and the models"))
    _add_reading(parser.add_argument_group("how the input is read"))
    _add_deciding(parser.add_argument_group("what decides"))
    _add_telling(parser.add_argument_group("what is told of the answers"))
    _add_writing(parser.add_argument_group("how the output is written"))
    _add_going_on(parser.add_argument_group("answers of before, long runs and parts"))
    add_file_record(parser.add_argument_group("facts for `monitor`"))


def _add_reading(options: Options) -> None:
    add_columns(options)
    add_text_format(options)
    options.add_argument("--format", choices=TABLE_FORMATS, help="of standard input and output (csv)")
    options.add_argument(
        "--show-sample", action="store_true", help="print the first three addresses as they are composed"
    )


def _add_deciding(options: Options) -> None:
    add_policy(options, auto=True)
    add_places(options)
    add_threshold(options)
    add_thorough(options)
    add_as_at(options)


def _add_telling(options: Options) -> None:
    options.add_argument(
        "--top", type=positive, metavar="N", help="add match_candidates, the N best as a JSON list"
    )
    options.add_argument(
        "--explain", action="store_true", help="add match_explanation, what each answer rests on, as JSON"
    )
    options.add_argument(
        "--fields",
        type=names,
        default=[],
        metavar="A,B,C",
        help="add what the reference holds of the premises that is answered: postcode, classification, classification_words, country, "
        "status, parent_uprn, latitude, longitude, easting, northing, valid_from, valid_to, "
        "custodian, premises_from, premises_to, premises_updated, source",
    )
    options.add_argument(
        "--audit",
        metavar="COLUMN",
        help="judge the identifiers that the rows give in a column: right, postcode_conflict, wrong, parent, child, retired, unknown or "
        "unsure, with a probability and the better one",
    )
    options.add_argument(
        "--estimate-precision",
        action="store_true",
        help="say in the summary how many of the matched are expected to be right, by a test on up to 300 of them",
    )
    add_duplicates(options)


def _add_writing(options: Options) -> None:
    add_spreadsheet(options)
    options.add_argument(
        "--force", action="store_true", help="replace an existing output, and match what may not fit"
    )
    options.add_argument("--json", action="store_true", help="write the summary on standard error as JSON")


def _add_going_on(options: Options) -> None:
    options.add_argument(
        "--only",
        type=statuses,
        metavar="STATUS,…",
        help="match rows of these statuses again; the input is an output of before, and its other answers stand",
    )
    add_since(options)
    add_logged(options)
    options.add_argument("--jobs", type=positive, default=1, metavar="N", help="worker processes (1)")


def match(arguments: argparse.Namespace) -> int:
    """Match every row of a file: the same rows come back, in order, with match_* columns.

    match_status is matched, review (better than absence, not sure enough) or unmatched; match_reason says why.
    Beside the output stands OUTPUT.run.json, which says what it was made with; --since needs it, in another epoch of the reference.
    The address is taken from the columns that are named like one, or from --columns. With --resume, a run that was ended goes on
    by the same command; with --part, OUTPUT is one part of several, which `merge` puts together.
    """
    from address_match.service.batch.interruption import interruptible
    from address_match.service.batch.matcher import MatchOptions
    from address_match.service.batch.output.held_columns import refuse_unknown_fields
    from address_match.service.cli.match.file_run import FileRun
    from address_match.service.cli.terminal.consoles import rows_progress
    from address_match.service.opening.found_index import find_index

    earlier = earlier_run(arguments)
    options = MatchOptions(
        arguments.top,
        arguments.thorough,
        arguments.explain,
        refuse_unknown_fields(arguments.fields),
        historical=arguments.as_at is not None,
        audit=arguments.audit is not None,
    )
    policy = replace(policy_of(arguments), places=places_of(arguments), threshold=threshold_of(arguments))
    refuse_unlogged(arguments)
    refuse_estimates_of_some_rows(arguments)
    output_format = _output_format(arguments)
    if arguments.duplicates is not None:
        refuse_unwritable(arguments.duplicates, force=arguments.force)
    index = find_index(chosen_index(arguments))
    with interruptible() as interruption, open_input(arguments) as table:
        run = FileRun.of(arguments, options, table, earlier)
        refuse_large_match(
            _rows_expected(arguments, table),
            arguments.input,
            Path(arguments.out),
            arguments.jobs,
            thorough=options.thorough,
            force=arguments.force,
        )
        index = index.verify()
        with (
            written_rows(arguments, output_format, run.rows.schema, run.rows.added) as writer,
            rows_progress("matching", _rows_expected(arguments, table)) as show,
        ):
            summary, identity = run.answer(
                index, policy, writer, lambda summary: show(summary.rows), interruption
            )
            interruption.check()
        write_duplicates(arguments, summary)
        put_away(arguments)
        write_run_record(arguments, identity)
    print_summary(arguments, summary)
    return 0


def _rows_expected(arguments: argparse.Namespace, table: "Table") -> int | None:
    rows = table.rows_total or estimated_rows(arguments.input)
    return rows // arguments.part[1] if rows and arguments.part else rows


def _output_format(arguments: argparse.Namespace) -> str:
    """Return the format of the output, none of a part's; raises `UsageError` where it cannot be written."""
    from address_match.service.batch.output.writers import format_of

    if arguments.out == STANDARD_STREAM:
        return arguments.format or "csv"
    if arguments.part is not None:
        refuse_unwritable(Path(arguments.out), force=arguments.force)
        return ""
    found = format_of(arguments.out)
    refuse_unwritable(Path(arguments.out), force=arguments.force)
    return found
