from pathlib import Path

from address_match.indexer.sources.address_columns import column_namesakes, column_positions
from address_match.indexer.sources.table import open_table
from address_match.service.errors import UsageError
from address_match.service.evaluation.evaluation_query import EvaluationQuery, read_queries

_NEEDED = ("address", "uprn")
_TAKEN = (*_NEEDED, "accept_uprns", "class")


def read_query_file(path: Path) -> list[EvaluationQuery]:
    """Read addresses and their truth: columns `address`, `uprn`, and optionally `accept_uprns` and `class`.

    Raises UsageError for a file that does not exist, lacks a column or holds no query, and SourceError for one that cannot be
    read.
    """
    if not path.is_file():
        raise UsageError(f"the queries {path} do not exist")
    queries: list[EvaluationQuery] = []
    with open_table(path) as table:
        positions = column_positions(table.columns)
        missing = [name for name in _NEEDED if name not in positions]
        if missing:
            raise UsageError(f"{path} has no column {missing[0]}; it has {', '.join(table.columns)}")
        taken = {name: positions[name] for name in _TAKEN if name in positions}
        if namesakes := column_namesakes(table.columns, taken.values()):
            raise UsageError(f"{path} has {namesakes}")
        for batch in table.rows(10_000):
            columns = {name: batch.strings(position).to_pylist() for name, position in taken.items()}
            queries += read_queries(
                columns["address"], columns["uprn"], columns.get("accept_uprns"), columns.get("class")
            )
    if not queries:
        raise UsageError(f"{path} holds no query, only a header")
    return queries
