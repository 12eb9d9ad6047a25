"""What differs between two generations of an index, or of two, premises by premises."""

import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pyarrow as pa

from address_match.drafts import draft_folder
from address_match.indexer.local.stored.generation_texts import texts_at
from address_match.indexer.storage.joins import Joins, opened_joins, statements

DIFFERENCE_SCHEMA = pa.schema(
    [
        pa.field(name, pa.string(), nullable=False)
        for name in ("uprn", "change", "fields", "successor", "old_address", "new_address")
    ]
)
"""A premises that is not the same in both: how it changed, what of it in words with blanks between, the premises that
has its text now, and what stands for it in each.
"""
CHANGES = ("new", "gone", "moved", "changed")
_ROWS = 10_000
_BYTES_SPILLED = 600
"""Of a text, at most, while both are compared."""
_FOUND = """
    select difference.*, coalesce(old.address, ''), coalesce(new.address, '')
    from difference left join addresses_of('touched_old') as old using (uprn) left join addresses_of('touched_new') as new using (uprn)
    order by uprn
"""


@dataclass(slots=True)
class IndexDifference:
    """What differs between two generations; its rows can be read while the context of `index_difference` lasts."""

    _joins: Joins
    counts: dict[str, int] = field(default_factory=dict)
    """Premises by what became of them, names of `CHANGES` and `unchanged`."""

    def batches(self) -> Iterator[pa.RecordBatch]:
        """Return the premises that are not the same, by identifier, in columns of `DIFFERENCE_SCHEMA`."""
        return self._joins.text_batches(_FOUND, DIFFERENCE_SCHEMA, _ROWS)


@contextmanager
def index_difference(old: Path, new: Path) -> Iterator[IndexDifference]:
    """Compare two generations, each the folder of an index, which stands for the one in force, or that of a generation.

    It is done in bounded memory, and beyond that in the folder for temporary files. Raises IndexUnusableError where
    there is no index, and BuildError where the folder has no room.
    """
    with (
        closing(texts_at(old)) as before,
        closing(texts_at(new)) as after,
        draft_folder(Path(tempfile.gettempdir())) as folder,
        opened_joins(folder, _BYTES_SPILLED * (before.rows + after.rows)) as joins,
    ):
        joins.table("old_texts", before.listed_all())
        joins.table("new_texts", after.listed_all())
        joins.run(statements(__package__, "difference.sql"))
        counted = joins.counts("difference", "change")
        [[[unchanged]]] = joins.rows("from unchanged", 1)
        counts = {change: counted.get(change, 0) for change in CHANGES} | {"unchanged": int(unchanged)}
        yield IndexDifference(joins, counts)
