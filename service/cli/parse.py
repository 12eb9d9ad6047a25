import argparse
import json
import sys
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from address_match.service.batch.output.destination import STANDARD_STREAM, destination, refuse_unwritable
from address_match.service.cli.files.inputs import (
    TABLE_FORMATS,
    add_columns,
    add_text_format,
    open_input,
    refuse_file_as_address,
    refuse_missing,
)
from address_match.service.cli.options.argument_types import JoinedWords, address_text, natural, positive
from address_match.service.cli.options.command import Commands, add_command
from address_match.service.cli.options.models import add_bundle, chosen_bundle
from address_match.service.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from address_match.service.batch.row_batch import RowBatch

LINES = "lines"
"""The format of an input that is a text per line, without a header."""
_LINES_SUFFIX = ".txt"
_FILE_COMMAND = "parse --input FILE --out parsed.ndjson"


def add_parse(commands: Commands) -> None:
    """Add the command that parses an address or a file of them."""
    parser = add_command(commands, "parse", parse)
    parser.add_argument(
        "text", type=address_text, nargs="*", action=JoinedWords, metavar="TEXT", help="an address"
    )
    parser.add_argument("--input", metavar="FILE", help="a file of addresses; - for standard input")
    parser.add_argument(
        "--out",
        default=STANDARD_STREAM,
        metavar="FILE.ndjson",
        help="what a file is parsed into; - for standard output (-)",
    )
    parser.add_argument("--output", dest="out", default=argparse.SUPPRESS, help=argparse.SUPPRESS)
    parser.add_argument(
        "--index", type=Path, metavar="DIR", help="an index, whose reference's names help to parse"
    )
    add_bundle(parser)
    parser.add_argument(
        "--nbest",
        type=natural,
        default=0,
        metavar="N",
        help="list the N best whole parses, with their probabilities",
    )
    parser.add_argument("--json", action="store_true", help="print JSON, as GET /v1/parse gives it")
    add_columns(parser)
    add_text_format(parser)
    parser.add_argument(
        "--format",
        choices=(LINES, *TABLE_FORMATS),
        help="of standard input (lines); lines reads any file so",
    )
    parser.add_argument(
        "--jobs", type=positive, default=1, metavar="N", help="worker processes for a file (1)"
    )
    parser.add_argument(
        "--workers", dest="jobs", type=positive, default=argparse.SUPPRESS, help=argparse.SUPPRESS
    )
    parser.add_argument("--force", action="store_true", help="replace an existing output")


def parse(arguments: argparse.Namespace) -> int:
    """Show what each word of an address stands for, or parse a file: a JSON object a row, in order.

    The file is CSV, TSV, Parquet, NDJSON, JSON or XLSX by its suffix, its address taken from the columns that are named like one or
    from --columns; a .txt file and standard input hold an address a line. A row that cannot be parsed gets an object
    with `input` and `error`.
    """
    if (arguments.text is None) == (arguments.input is None):
        raise UsageError("give either one address, or a file with --input FILE --out FILE.ndjson")
    return _parse_text(arguments) if arguments.input is None else _parse_file(arguments)


def _parse_text(arguments: argparse.Namespace) -> int:
    from address_match.service.cli.terminal.address_pages import print_parse
    from address_match.service.wire.parse import parse_object
    from address_match.service.wiring import open_parser

    refuse_file_as_address(arguments.text, _FILE_COMMAND)
    parser = open_parser(chosen_bundle(arguments), arguments.index)
    found = parser.parse(arguments.text, nbest=arguments.nbest)
    if arguments.json:
        print(json.dumps(parse_object(found), ensure_ascii=False, indent=2))
    else:
        print_parse(found)
    return 0


def _parse_file(arguments: argparse.Namespace) -> int:
    from address_match.service.batch.interruption import interruptible
    from address_match.service.batch.output.writers import text_stream
    from address_match.service.batch.parse_batches import parse_batches
    from address_match.service.opening.found_index import FoundFolder
    from address_match.service.wiring import open_parser

    if arguments.out != STANDARD_STREAM:
        refuse_unwritable(Path(arguments.out), force=arguments.force)
    index = FoundFolder.at(arguments.index).verify() if arguments.index else None
    opener = partial(open_parser, chosen_bundle(arguments), index)
    with (
        interruptible() as interruption,
        _batches(arguments) as batches,
        destination(arguments.out, force=arguments.force) as path,
        text_stream(path) as out,
    ):
        summary = parse_batches(batches, opener, out, nbest=arguments.nbest, jobs=arguments.jobs)
        interruption.check()
    wrong = f", {summary.notes:,} of them mended or refused" if summary.notes else ""
    print(f"{summary.rows:,} addresses parsed{wrong}", file=sys.stderr)
    return 0


@contextmanager
def _batches(arguments: argparse.Namespace) -> "Iterator[Iterator[RowBatch]]":
    from address_match.service.batch.input.input_addresses import find_address, read_batches, read_lines
    from address_match.service.batch.parse_batches import BATCH_ROWS

    if _format(arguments) != LINES:
        with open_input(arguments) as table:
            yield read_batches(
                table, find_address(table.columns, arguments.columns, arguments.layout), BATCH_ROWS
            )
    elif arguments.input == STANDARD_STREAM:
        yield read_lines(sys.stdin.buffer, BATCH_ROWS)
    else:
        refuse_missing("input", Path(arguments.input))
        with Path(arguments.input).open("rb") as stream:
            yield read_lines(stream, BATCH_ROWS)


def _format(arguments: argparse.Namespace) -> str | None:
    """Return the format that is named, lines where that is usual, and None where the suffix decides."""
    if arguments.format is None and arguments.columns is None:
        of_lines = arguments.input == STANDARD_STREAM or arguments.input.lower().endswith(_LINES_SUFFIX)
        return LINES if of_lines else None
    named: str | None = arguments.format
    return named
