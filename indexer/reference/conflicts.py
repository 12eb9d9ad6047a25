"""Where a reference contradicts itself about a premises."""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa

from address_match.drafts import draft_folder
from address_match.indexer.storage.joins import Joins, opened_joins, statements

CONFLICTS_SCHEMA = pa.schema(
    [pa.field(name, pa.string(), nullable=False) for name in ("uprn", "field", "found", "references")]
)
"""A premises, in what its texts disagree, and two of the values; or what is wrong with its parents, and the parent.

Where references disagree: what is believed, what is not, and the names of both."""
CONFLICTS = (
    *("parent_uprn", "classification", "country", "status", "coordinates", "postcode"),
    *("parent_not_held", "parent_circle"),
)
_ROWS = 10_000
_BYTES_SPILLED = 600
"""Of a text, at most."""


@dataclass(frozen=True, slots=True)
class IndexConflicts:
    """What contradicts itself in a generation; it can be read while the context of `conflicts_among` lasts."""

    _joins: Joins
    counts: dict[str, int]
    """Premises by what is wrong with them, names of `CONFLICTS`."""

    def batches(self) -> Iterator[pa.RecordBatch]:
        """Return them by identifier, in columns of `CONFLICTS_SCHEMA`."""
        return self._joins.text_batches("from conflicts order by uprn, field", CONFLICTS_SCHEMA, _ROWS)


@contextmanager
def conflicts_among(
    texts: pa.Table | pa.RecordBatchReader, count: int, overruled: pa.Table
) -> Iterator[IndexConflicts]:
    """Look for contradictions among all texts of an index, `count` of them in columns of `LISTED_SCHEMA`.

    `overruled` says what of several references was not believed, in columns of `OVERRULED_SCHEMA`. It is done in
    bounded memory, and beyond that in the folder for temporary files; raises BuildError where that has no room.
    """
    with (
        draft_folder(Path(tempfile.gettempdir())) as folder,
        opened_joins(folder, _BYTES_SPILLED * count) as joins,
    ):
        joins.table("texts", texts)
        joins.table("overruled", overruled)
        joins.run(statements(__package__, "conflicts.sql"))
        counted = joins.counts("conflicts", "field")
        yield IndexConflicts(joins, {name: counted.get(name, 0) for name in CONFLICTS})
