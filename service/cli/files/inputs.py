"""The file of addresses that a command reads: its options, how it is opened, and how many rows it may have."""

import shlex
import sys
import zlib
from argparse import Namespace
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from address_match.service.batch.output.destination import STANDARD_STREAM
from address_match.service.cli.options.argument_types import delimiter, names
from address_match.service.cli.options.command import Options
from address_match.service.errors import UsageError

if TYPE_CHECKING:
    from address_match.indexer.sources.table import Table
    from address_match.service.batch.kept.run_identity import RunIdentity

    _Reading = Namespace | RunIdentity
    """What says how the text of a file is written: the options of `add_text_format`, or the record of an earlier run."""

TABLE_FORMATS = ("csv", "tsv", "parquet", "ndjson")
_SAMPLE_BYTES = 1 << 20
_MOST_UNPACKED_BYTES = 1 << 24
"""A megabyte of one repeated byte would unpack to a thousand."""
_GZIP = zlib.MAX_WBITS | 16


def add_columns(options: Options) -> None:
    """Add which columns make the address."""
    options.add_argument(
        "--columns",
        type=names,
        metavar="A,B,C",
        help="columns that make the address, in their order, a name that holds a comma in quotes (those named like one)",
    )


def add_text_format(options: Options) -> None:
    """Add how the text of a file is written, where that is not to be detected."""
    options.add_argument(
        "--delimiter",
        type=delimiter,
        metavar="CHAR",
        help="of the input; detected unless named (tab, or one character)",
    )
    options.add_argument(
        "--encoding", metavar="NAME", help="of the input; detected unless named (utf-8, cp1252, …)"
    )
    add_sheet_and_layout(options)
    options.add_argument(
        "--no-header",
        dest="header",
        action="store_false",
        help="the input has no line with the names of its columns: they are those of its layout, or column_1, column_2, …",
    )


def add_sheet_and_layout(options: Options) -> None:
    """Add which sheet of a workbook is read, and which layout a file is of."""
    options.add_argument(
        "--sheet",
        metavar="NAME|N",
        help="sheet of a workbook, by its name or number (the first with addresses)",
    )
    options.add_argument(
        "--layout", metavar="NAME", help="one that `index layouts` lists; told by the columns unless named"
    )


def open_input(arguments: Namespace) -> "Table":
    """Open the rows that `input` names, in the format of `format`, or of the suffix; raises `UsageError` where it cannot."""
    from address_match.indexer.sources.table import open_table

    if arguments.input != STANDARD_STREAM:
        return open_file(Path(arguments.input), arguments)
    return open_table(sys.stdin.buffer, format=arguments.format, **_reading(arguments))


def open_file(path: Path, reading: "_Reading") -> "Table":
    """Open the rows of a file in the format of its suffix, read as `reading` says; raises `UsageError` where it cannot."""
    from address_match.indexer.errors import SourceError
    from address_match.indexer.sources.table import open_table, table_format

    refuse_missing("input", path)
    try:
        found = table_format(path)
    except SourceError as error:
        raise UsageError(str(error)) from error
    return open_table(path, format=found, **_reading(reading))


def _reading(of: "_Reading") -> dict[str, Any]:
    return {
        "delimiter": of.delimiter,
        "encoding": of.encoding,
        "sheet": of.sheet,
        "header": of.header,
        "layout": of.layout,
    }


def layout_taken(arguments: Namespace, columns: Sequence[str]) -> str:
    """Return the name of the layout by which the columns of the address were found; empty where they were named or found by their names."""
    from address_match.indexer.sources.layouts.layout import layout_of

    if arguments.columns is not None:
        return ""
    found = layout_of(columns)
    return arguments.layout or (found.name if found else "")


def refuse_missing(what: str, path: Path) -> None:
    """Raise `UsageError` unless there is a file at `path`; `what` says which part it plays."""
    if not path.is_file():
        raise UsageError(f"the {what} {path} {'is not a file' if path.exists() else 'does not exist'}")


def refuse_file_as_address(text: str, command: str) -> None:
    """Raise `UsageError` where a file is named in place of an address; `command` takes one, as FILE."""
    from address_match.indexer.sources.table import FORMAT_OF_SUFFIX

    suffix = Path(text.lower().removesuffix(".gz")).suffix
    if suffix in FORMAT_OF_SUFFIX or _is_file(text):
        written = command.replace("FILE", shlex.quote(text), 1)
        raise UsageError(f"{text} is a file, not an address; write: address-match {written}")


def _is_file(text: str) -> bool:
    try:
        return Path(text).is_file()
    except (OSError, ValueError):  # longer than a path may be, or with a zero byte
        return False


def estimated_rows(source: str | Path) -> int | None:
    """Guess the rows of a file of lines from its beginning, for the time left; None where that says nothing."""
    path = Path(source)
    if not path.is_file() or path.suffix.lower() in {".parquet", ".pq", ".zip", ".xlsx", ".xlsm"}:
        return None
    with path.open("rb") as stream:
        sample = stream.read(_SAMPLE_BYTES)
    beginning, read = _unpacked(sample, path)
    lines = beginning.count(b"\n")
    return max(1, round(path.stat().st_size * lines / read) - 1) if lines else None


def _unpacked(sample: bytes, path: Path) -> tuple[bytes, int]:
    """Return the beginning of what a sample holds, and how many bytes of the file that takes."""
    if path.suffix.lower() != ".gz":
        return sample, len(sample)
    unpacker = zlib.decompressobj(_GZIP)
    try:
        beginning = unpacker.decompress(sample, _MOST_UNPACKED_BYTES)
    except zlib.error:  # whoever reads the file says what is wrong with it
        return b"", len(sample)
    return beginning, len(sample) - len(unpacker.unconsumed_tail)
