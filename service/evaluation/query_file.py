from collections.abc import Sequence
from pathlib import Path

from address_match.indexer.sources.address_columns import column_namesakes, column_positions, describe_header
from address_match.indexer.sources.table import open_table
from address_match.service.batch.input_addresses import find_address, read_addresses
from address_match.service.errors import UsageError
from address_match.service.evaluation.evaluation_query import EvaluationQuery, read_queries

_TRUTH = ("uprn", "accept_uprns", "class")
_BATCH_ROWS = 10_000


def read_query_file(path: Path, columns: Sequence[str] | None = None) -> list[EvaluationQuery]:
    """Read addresses and their truth: column `uprn`, and optionally `accept_uprns` and `class`.

    The address is made of `columns`, else of those that are named like one, as it is when a file is matched.
    Raises UsageError for a file that does not exist, lacks a column or holds no query, and SourceError for one that cannot be
    read.
    """
    if not path.is_file():
        raise UsageError(f"the queries {path} do not exist")
    queries: list[EvaluationQuery] = []
    with open_table(path) as table:
        address = find_address(table.columns, columns)
        positions = column_positions(table.columns)
        if "uprn" not in positions:
            raise UsageError(f"{path} has no column uprn; {describe_header(table.columns)}")
        truth = {name: positions[name] for name in _TRUTH if name in positions}
        if namesakes := column_namesakes(table.columns, truth.values()):
            raise UsageError(f"{path} has {namesakes}")
        for batch in table.rows(_BATCH_ROWS):
            said = {name: batch.strings(position).to_pylist() for name, position in truth.items()}
            queries += read_queries(
                read_addresses(batch, address), said["uprn"], said.get("accept_uprns"), said.get("class")
            )
    if not queries:
        raise UsageError(f"{path} holds no query, only a header")
    return queries
