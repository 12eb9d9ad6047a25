import argparse
import json

from address_match.service.cli.files.inputs import (
    TABLE_FORMATS,
    add_columns,
    add_text_format,
    estimated_rows,
    layout_taken,
    open_input,
)
from address_match.service.cli.options.command import Commands, add_command


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

    No row is matched. Where no address is found, it says so, with all columns, and exits 0: name them with --columns.
    """
    from address_match.service.batch.input.file_view import FileView

    with open_input(arguments) as table:
        view = FileView.of(
            table,
            arguments.columns,
            arguments.layout,
            layout_taken=layout_taken(arguments, table.columns),
            rows=table.rows_total or estimated_rows(arguments.input),
        )
    print(json.dumps(view.as_json()) if arguments.json else view.as_text())
    return 0
