"""What the builds of both engines have in common: the reference they take, how far they have come, what was wrong with rows."""

import argparse
import sys
from collections.abc import Collection, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from address_match.service.cli.files.inputs import add_sheet_and_layout, estimated_rows, refuse_missing
from address_match.service.cli.options.argument_types import names
from address_match.service.cli.options.command import CommandParser
from address_match.service.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from rich.progress import Progress

    from address_match.indexer.manifest import IndexManifest
    from address_match.indexer.sources.problems import Problems
    from address_match.indexer.sources.table_batch import RowError

_ROWS_SHOWN = 5
_READ = "read"
"""The stage of a build of which not every format says the number of rows beforehand."""


def add_mapping(parser: CommandParser) -> None:
    """Add which column of a reference is which."""
    parser.add_argument("--mapping", type=Path, metavar="FILE.toml", help="which column is which")
    add_sheet_and_layout(parser)
    parser.add_argument(
        "--show-sample", action="store_true", help="print the first three addresses as they are composed"
    )


def add_reference(parser: CommandParser) -> None:
    """Add the reference that an index is built from."""
    parser.add_argument(
        "reference",
        type=Path,
        nargs="+",
        metavar="REFERENCE",
        help="CSV, TSV, Parquet, NDJSON, JSON or XLSX, or one of them as .gz; or the folder, zip or volumes of AddressBase Premium; of "
        "several references the premises are joined by identifier",
    )
    parser.add_argument(
        "--precedence",
        type=names,
        default=[],
        metavar="NAME,NAME",
        help="names of files or folders: of several references, those that are believed first where they disagree about a premises "
        "(the order in which they are given)",
    )
    add_mapping(parser)


def mapping_of(arguments: argparse.Namespace) -> "Path | Mapping[str, object] | None":
    """Return which column is which and how the file is written, as the options say; None where they say nothing."""
    from address_match.indexer.sources.columns.column_mapping import read_mapping

    named = {"sheet": arguments.sheet, "layout": arguments.layout}
    options = {name: value for name, value in named.items() if value is not None}
    mapping: Path | None = arguments.mapping
    if not options:
        return mapping
    content = read_mapping(mapping) if mapping is not None else {}
    return {**content, "file": {**content.get("file", {}), **options}}


def refuse_references(references: Sequence[Path], mapping: Path | None) -> None:
    """Raise `UsageError` for what does not exist, for files that `refuse_reference` refuses, and a mapping of no file of rows."""
    of_rows = [path for path in references if path.is_file() and path.suffix.lower() != ".zip"]
    for path in references:
        if path in of_rows:
            refuse_reference(path, mapping)
        elif not path.exists():
            refuse_missing("reference", path)
    if mapping is not None and not of_rows:
        raise UsageError("--mapping is of one file of rows; a product in several files needs none")


def refuse_reference(reference: Path, mapping: Path | None) -> None:
    """Raise `UsageError` for what is no file, or has a suffix that says nothing and no mapping to say more."""
    from address_match.indexer.errors import SourceError
    from address_match.indexer.sources.table import table_format

    refuse_missing("reference", reference)
    if mapping is not None:
        refuse_missing("mapping", mapping)
    try:
        table_format(reference)
    except SourceError as error:
        if mapping is None:  # it may name the format
            raise UsageError(str(error)) from error


@contextmanager
def build_progress(*references: Path) -> "Iterator[Callable[[str, int, int | None], None] | None]":
    """Show how far a build has come, and the time that the stage will take; None unless standard error is a terminal.

    Where the format does not say how many rows there are, their number is estimated from the size of the file.
    """
    from address_match.service.cli.terminal.consoles import progress_bar

    with progress_bar() as bar:
        if bar is None:
            yield None
            return
        yield BuildStages(bar, references).show


class BuildStages:
    """Shows one bar a stage: the speed of one says nothing about the next."""

    def __init__(self, bar: "Progress", references: Sequence[Path]) -> None:
        estimates = [estimated_rows(reference) for reference in references]
        self._bar = bar
        self._rows = None if None in estimates else sum(rows or 0 for rows in estimates)
        self._stage = ""
        self._task = bar.add_task(_READ, total=self._rows, rate="")

    def show(self, stage: str, done: int, total: int | None) -> None:
        """Show that so much of a stage is done."""
        if stage != self._stage:
            if total is None and stage == _READ:
                total = self._rows
            self._bar.remove_task(self._task)
            self._task = self._bar.add_task(stage, total=total, rate="")
            self._stage = stage
        self._bar.update(self._task, completed=done)


def columns_taken(manifest: "IndexManifest") -> dict[str, str]:
    """Say which columns of the reference gave which field, and which none; empty where it was not noted."""
    if not manifest.columns:
        return {}
    said: dict[str, str] = {}
    own_names: dict[str, list[str]] = {}
    for name, columns in manifest.columns.items():
        reference, parted, field = name.rpartition(": ")
        if columns == [field]:
            own_names.setdefault(f"{reference}{parted}taken by their names", []).append(field)
        else:
            said[f"{name} from"] = ", ".join(columns)
    by_name = {reference: ", ".join(fields) for reference, fields in own_names.items()}
    read = {"sheet": manifest.sheet, "layout": manifest.layout}
    known = {name: what for name, what in read.items() if what}
    return {**known, **said, **by_name, "columns not used": ", ".join(manifest.unused_columns) or "none"}


def print_columns(manifest: "IndexManifest") -> None:
    """Say on standard error which columns of the reference gave which field."""
    for what, columns in columns_taken(manifest).items():
        print(f"  {what}: {columns}", file=sys.stderr)


def print_samples(samples: Sequence[str]) -> None:
    """Show on standard error how addresses were composed."""
    for sample in samples:
        print(f"  sample: {sample}", file=sys.stderr)


def print_problems(problems: "Problems", references: Collection[str] = ()) -> None:
    """Say on standard error which rows were left out or mended, the first of each kind; of several references they are named."""
    for what, count in problems.counts.items():
        first = [problem for problem in problems.first if problem.what == what][:_ROWS_SHOWN]
        more = " …" if count > len(first) else ""
        print(f"  {count:,} × {what}: {_places(first, references)}{more}", file=sys.stderr)


def _places(problems: "Sequence[RowError]", references: Collection[str]) -> str:
    """Write where rows stand: by their number, also in one of several references, or by line in a file of a product."""
    if problems and problems[0].file:
        words = ("row" if problem.file in references else "line" for problem in problems)
        return ", ".join(
            f"{problem.file} {word} {problem.row}" for problem, word in zip(problems, words, strict=True)
        )
    return f"row {', '.join(str(problem.row) for problem in problems)}"
