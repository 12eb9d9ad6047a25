"""Files of addresses whose right answers are known."""

from collections.abc import Iterable, Sequence
from pathlib import Path

from address_match.indexer.sources.columns.header_names import column_namesakes, describe_header
from address_match.indexer.sources.columns.plain_names import column_positions
from address_match.indexer.sources.table import open_table
from address_match.indexer.sources.table_batch import TableBatch
from address_match.service.batch.input.input_addresses import find_address, read_addresses
from address_match.service.errors import UsageError
from address_match.service.evaluation.evaluation_query import EvaluationQuery, read_queries

TRUTH = ("uprn", "accept_uprns", "class")
"""Columns that say what the right answer is; the first is required."""
_BATCH_ROWS = 10_000


def read_query_file(
    path: Path, columns: Sequence[str] | None = None, *, sheet: str | None = None, layout: str | None = None
) -> list[EvaluationQuery]:
    """Read addresses and their truth: column `uprn`, and optionally `accept_uprns` and `class`.

    The address is made of `columns`, else of those that are named like one or by the `layout`, as it is when a file is
    matched; `sheet` is one of a workbook, by its name or number. Raises UsageError for a file that does not exist,
    lacks a column or holds no query, and SourceError for one that cannot be read.
    """
    if not path.is_file():
        raise UsageError(f"the queries {path} do not exist")
    with open_table(path, sheet=sheet, layout=layout) as table:
        return queries_of(table.columns, table.rows(_BATCH_ROWS), columns, str(path), layout)


def queries_of(
    header: Sequence[str],
    batches: Iterable[TableBatch],
    columns: Sequence[str] | None,
    source: str,
    layout: str | None = None,
) -> list[EvaluationQuery]:
    """Read addresses and their truth out of rows with such a header, as `read_query_file` does.

    Raises UsageError, which names the `source`, for rows that lack a column, and where there are none.
    """
    address = find_address(header, columns, layout)
    positions = column_positions(header)
    if "uprn" not in positions:
        raise UsageError(f"{source} has no column uprn; {describe_header(header)}")
    truth = {name: positions[name] for name in TRUTH if name in positions}
    if namesakes := column_namesakes(header, truth.values()):
        raise UsageError(f"{source} has {namesakes}")
    queries: list[EvaluationQuery] = []
    for batch in batches:
        said = {name: batch.strings(position).to_pylist() for name, position in truth.items()}
        queries += read_queries(
            read_addresses(batch, address), said["uprn"], said.get("accept_uprns"), said.get("class")
        )
    if not queries:
        raise UsageError(f"{source} holds no query, only a header")
    return queries
