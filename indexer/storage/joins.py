"""The database in which what is larger than memory is joined: in bounded memory, and for the rest in a folder."""

import os
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING

from address_match.indexer.errors import BuildError

if TYPE_CHECKING:
    import duckdb
    import pyarrow as pa

MEMORY = "1GB"
"""Of the joins; what they need beyond it is spilled to the folder."""
_LEAST_SPILLED = 1 << 30
_ROWS_OF_A_GROUP = 122_880
_MOST_THREADS = 4
"""Each takes memory of its own, and the disk is what the joins of a nation wait for."""


class Joins:
    """Parquet files as views, and statements over them; made by `opened_joins`. Names of views and tables are the
    caller's own.
    """

    def __init__(self, connection: "duckdb.DuckDBPyConnection") -> None:
        self._connection = connection

    def view(self, name: str, file: Path) -> None:
        """Give a Parquet file a name."""
        self._connection.execute(f"create view {name} as from read_parquet({_quoted(file)})")

    def table(self, name: str, rows: "pa.Table | pa.RecordBatchReader") -> None:
        """Give a table in memory, or mapped to it, a name; or rows that are read once, by the first statement that
        names them.
        """
        self._connection.register(name, rows)

    def run(self, sql: str) -> None:
        """Execute statements."""
        self._connection.execute(sql)

    def count(self, table: str) -> int:
        """Return the number of rows of a table."""
        row = self._connection.execute(f"select count(*) from {table}").fetchone()  # noqa: S608
        return int(row[0]) if row else 0

    def column(self, table: str, expression: str) -> "pa.StringArray":
        """Return a column of texts of a table."""
        import pyarrow as pa

        found = self._connection.execute(f"select {expression} from {table}").fetchnumpy()  # noqa: S608
        [values] = found.values()
        return pa.array(values.tolist(), pa.string())

    def rows(self, query: str, at_once: int) -> Iterator[Sequence[tuple[int | str, ...]]]:
        """Yield the rows of a query in their order, `at_once` at a time."""
        result = self._connection.execute(query)
        while found := result.fetchmany(at_once):
            yield found

    def values(self, query: str) -> list[int | str]:
        """Return the first column of a query, in its order."""
        return [value for (value,) in self._connection.execute(query).fetchall()]

    def counts(self, table: str, column: str) -> dict[str, int]:
        """Return how many rows of a table have each value of a column."""
        found = self._connection.execute(f"select {column}, count(*) from {table} group by {column}")  # noqa: S608
        return {str(value): int(count) for value, count in found.fetchall()}

    def text_batches(self, query: str, schema: "pa.Schema", at_once: int) -> "Iterator[pa.RecordBatch]":
        """Yield the rows of a query in their order as batches of a schema of texts, `at_once` at a time."""
        import pyarrow as pa

        for rows in self.rows(query, at_once):
            columns = [pa.array(column, pa.string()) for column in zip(*rows, strict=True)]
            yield pa.RecordBatch.from_arrays(columns, schema=schema)

    def write(self, view: str, file: Path) -> None:
        """Write the rows of a view in their order to a Parquet file."""
        options = "format parquet, compression zstd"
        self._connection.execute(f"copy (from {view}) to {_quoted(file)} ({options})")

    def write_in_turns(self, view: str, file: Path, turns: Sequence[str]) -> None:
        """Write a view to a Parquet file, the rows of each turn behind those of the one before.

        A turn is a condition on `uprn`, for which the macro `is_asked(uprn)` stands in the statements of the view.
        """
        import pyarrow.parquet as pq

        writer: pq.ParquetWriter | None = None
        for turn in turns:
            self._connection.execute(f"create or replace temp macro is_asked(uprn) as ({turn})")
            batches = self._connection.sql(f"from {view}").to_arrow_reader(_ROWS_OF_A_GROUP)
            writer = writer or pq.ParquetWriter(file, batches.schema, compression="zstd")
            for batch in batches:
                writer.write_batch(batch)
        if writer is not None:
            writer.close()


def literal(value: int | str) -> str:
    """Write a value for a statement.

    >>> literal(7), literal("O'7")
    ('7', "'O''7'")
    """
    return str(value) if isinstance(value, int) else _quoted(value)


def _quoted(text: str | Path) -> str:
    return "'" + str(text).replace("'", "''") + "'"


@contextmanager
def opened_joins(folder: Path, most_bytes: int) -> Iterator[Joins]:
    """Give joins that spill to a folder, to `most_bytes` or a gibibyte at most; raises BuildError where these or the
    disk do not suffice.
    """
    import duckdb

    settings = {
        "memory_limit": MEMORY,
        "threads": str(min(_MOST_THREADS, os.cpu_count() or 1)),
        "temp_directory": str(folder / "spilled"),
        "max_temp_directory_size": f"{max(_LEAST_SPILLED, most_bytes)}B",
        "autoinstall_known_extensions": "false",  # nothing is fetched from a network
        "autoload_known_extensions": "false",
    }
    try:
        with closing(duckdb.connect(config=settings)) as connection:
            yield Joins(connection)
    except (duckdb.OutOfMemoryException, duckdb.IOException) as error:
        raise no_room(folder, error) from error


def no_room(folder: Path, error: Exception) -> BuildError:
    """Return what to raise where the temporary folder of joins does not suffice."""
    return BuildError(
        f"The records could not be kept below {folder.parent} for the joins: {error}. Free some disk there, or name another "
        "folder in TMPDIR"
    )


def statements(package: str, name: str) -> str:
    """Read statements from a file of a package."""
    return files(package).joinpath(name).read_text(encoding="utf-8")
