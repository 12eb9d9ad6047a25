import argparse
import json
from typing import TYPE_CHECKING

from address_match.service.cli.files.inputs import (
    TABLE_FORMATS,
    add_columns,
    add_text_format,
    estimated_rows,
    layout_taken,
    open_input,
)
from address_match.service.cli.options.command import Commands, add_command

if TYPE_CHECKING:
    from address_match.service.batch.input.file_view import FileView


def add_columns_command(commands: Commands) -> None:
    """Add the command that shows how a file would be read."""
    parser = add_command(commands, "columns", columns)
    parser.add_argument(
        "input", metavar="INPUT", help="CSV, TSV, Parquet, NDJSON, JSON or XLSX by suffix, also .gz"
    )
    add_columns(parser)
    add_text_format(parser)
    parser.add_argument("--format", choices=TABLE_FORMATS, help="of standard input (csv)")
    parser.add_argument("--json", action="store_true", help="print JSON")


def columns(arguments: argparse.Namespace) -> int:
    """Show how `match` would read a file: its columns, which of them make the address, its layout, and the first addresses.

    No row is matched. Where no address is found, or several sheets may be meant, it says so, and exits 0: name the columns with
    --columns, the sheet with --sheet.
    """
    view = _view(arguments)
    print(json.dumps(view.as_json()) if arguments.json else view.as_text())
    return 0


def _view(arguments: argparse.Namespace) -> "FileView":
    """Look at the beginning of the input; of a workbook in which several sheets may be meant, at their names alone."""
    from address_match.indexer.errors import SheetChoiceError
    from address_match.service.batch.input.file_view import FileView

    try:
        opened = open_input(arguments)
    except SheetChoiceError as error:
        return FileView(columns=(), problem=str(error), sheets=error.sheets)
    with opened as table:
        return FileView.of(
            table,
            arguments.columns,
            arguments.layout,
            layout_taken=layout_taken(arguments, table.columns),
            rows=table.rows_total or estimated_rows(arguments.input),
        )
