"""A matcher that worker processes can open, and short ways to run a file through it."""

import csv
from contextlib import closing
from pathlib import Path

import pyarrow as pa

from address_match.indexer.sources.table import open_table
from address_match.service.batch.input.input_addresses import find_address, read_batches
from address_match.service.batch.match_batches import match_batches
from address_match.service.batch.matcher import MatchOptions, OpenMatcher
from address_match.service.batch.output.answer_columns import match_columns
from address_match.service.batch.output.destination import replaced_at_the_end
from address_match.service.batch.output.writers import format_of, open_writer
from address_match.service.batch.row_batch import RowBatch
from address_match.service.batch.summary import Summary
from tests.service.factories import ExactTextMatcher

HELD = {"1 MILL LANE": "100", "2 MILL LANE": "0200"}


def small_matcher() -> ExactTextMatcher:
    return ExactTextMatcher(HELD)


def unopenable_matcher() -> ExactTextMatcher:
    raise LookupError("the index is not there")


def match_file(
    source: Path,
    out: Path,
    *,
    options: MatchOptions | None = None,
    jobs: int = 1,
    batch: int = 2,
    open_matcher: OpenMatcher = small_matcher,
) -> Summary:
    options = options or MatchOptions()
    with closing(open_table(source)) as table:
        positions = find_address(table.columns)
        with (
            replaced_at_the_end(out, force=False) as path,
            open_writer(path, format_of(out.name), table.schema, match_columns(options)) as writer,
        ):
            batches = read_batches(table, positions, batch)
            return match_batches(batches, open_matcher, writer, options, jobs=jobs)


def row_batches(*texts: str) -> list[RowBatch]:
    """A batch a text."""
    return [RowBatch(pa.RecordBatch.from_pydict({"address": [text]}), [text]) for text in texts]


def csv_rows(path: Path) -> list[dict[str, str]]:
    with path.open(newline="", encoding="utf-8") as stream:
        return list(csv.DictReader(stream))
