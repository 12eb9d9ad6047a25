"""The command that compares two generations of an index."""

import argparse
import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from address_match.service.batch.output.destination import STANDARD_STREAM, refuse_unwritable
from address_match.service.cli.files.outputs import write_batches
from address_match.service.cli.options.command import Commands, add_command

if TYPE_CHECKING:
    from collections.abc import Mapping


def add_index_diff(commands: Commands) -> None:
    """Add the command, to those about an index."""
    parser = add_command(commands, "diff", index_diff)
    folder = "folder of an index, or of a generation of it such as DIR/g000001"
    parser.add_argument("old", type=Path, metavar="OLD", help=folder)
    parser.add_argument("new", type=Path, metavar="NEW", help=folder)
    parser.add_argument(
        "--out",
        metavar="OUTPUT",
        help="write the premises that differ: CSV, TSV, Parquet, NDJSON or XLSX by suffix; - for standard output",
    )
    parser.add_argument("--force", action="store_true", help="replace an existing output")
    parser.add_argument("--json", action="store_true", help="write the counts on standard error as JSON")


def index_diff(arguments: argparse.Namespace) -> int:
    """Say which premises are new, gone, moved to another identifier or changed between two indexes.

    With --out they are listed by identifier: uprn, change, fields (what changed), successor, old_address, new_address.
    A premises that is gone, or is historical now, has moved where one other alone has one of its texts and had it not before.
    """
    from address_match.indexer.local.compared.difference import DIFFERENCE_SCHEMA, index_difference

    if arguments.out not in {None, STANDARD_STREAM}:
        refuse_unwritable(Path(arguments.out), force=arguments.force)
    with index_difference(arguments.old, arguments.new) as difference:
        if arguments.out is not None:
            write_batches(arguments.out, DIFFERENCE_SCHEMA, difference.batches(), force=arguments.force)
        _print_counts(difference.counts, as_json=arguments.json)
    return 0


def _print_counts(counts: "Mapping[str, int]", *, as_json: bool) -> None:
    if as_json:
        print(json.dumps(counts), file=sys.stderr)
        return
    for change, count in counts.items():
        print(f"{change:<10}{count:>12,}", file=sys.stderr)
