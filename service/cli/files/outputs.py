"""Where a command writes rows with what it adds to them, and how it says what it did."""

import argparse
import json
import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from address_match.service.batch.output.destination import destination, replaced_at_the_end
from address_match.service.cli.options.command import Options

if TYPE_CHECKING:
    import pyarrow as pa

    from address_match.service.batch.output.writers import RowWriter
    from address_match.service.batch.row_batch import RowBatch
    from address_match.service.batch.summary import Summary


_SAMPLES = 3


def add_spreadsheet(options: Options) -> None:
    """Add whether the rows are written for a spreadsheet."""
    options.add_argument(
        "--spreadsheet",
        action="store_true",
        help="put an apostrophe before values of CSV and TSV that a spreadsheet would run as a formula",
    )


def add_duplicates(options: Options) -> None:
    """Add where the identifiers are listed that name one place."""
    options.add_argument(
        "--duplicates",
        type=Path,
        metavar="FILE",
        help="write the pairs of identifiers of the reference that name one place, as far as the rows met them, there as CSV",
    )


def write_duplicates(arguments: argparse.Namespace, summary: "Summary") -> None:
    """Write the duplicates that were met, where they are asked for; raises `UsageError` as `refuse_unwritable` does."""
    if arguments.duplicates is not None:
        with replaced_at_the_end(arguments.duplicates, force=arguments.force) as path:
            summary.duplicates.write(path)


@contextmanager
def output_rows(
    arguments: argparse.Namespace,
    output_format: str,
    inputs: "pa.Schema",
    added: Sequence[str],
    *,
    for_spreadsheet: bool,
) -> "Iterator[RowWriter]":
    """Give what writes rows and their added columns to OUTPUT, which stands there when the block ended well."""
    from address_match.service.batch.output.writers import open_writer

    with (
        destination(arguments.out, force=arguments.force) as path,
        open_writer(path, output_format, inputs, added, for_spreadsheet=for_spreadsheet) as writer,
    ):
        yield writer


def write_batches(out: str, schema: "pa.Schema", batches: "Iterable[pa.RecordBatch]", *, force: bool) -> None:
    """Write batches of one schema to OUTPUT, in the format of its suffix; it stands there when all were written."""
    from address_match.service.batch.output.writers import format_of, open_writer

    with (
        destination(out, force=force) as path,
        open_writer(path, format_of(out), schema, ()) as writer,
    ):
        for batch in batches:
            writer.write(batch, [])


def with_samples_shown(batches: "Iterator[RowBatch]") -> "Iterator[RowBatch]":
    """Pass batches on, and say on standard error how the first addresses of the first one were composed."""
    for number, batch in enumerate(batches):
        if number == 0:
            for text in [text for text in batch.texts if text.strip()][:_SAMPLES]:
                print(f"  sample: {text}", file=sys.stderr)
        yield batch


def print_summary(arguments: argparse.Namespace, summary: "Summary") -> None:
    """Say on standard error what came of the rows."""
    print(json.dumps(summary.as_json()) if arguments.json else summary.as_text(), file=sys.stderr)
