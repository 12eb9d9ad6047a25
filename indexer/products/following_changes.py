"""Whether changes follow on what an index keeps of a product, which premises they touch, and what comes of them."""

from collections.abc import Callable
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from address_match.indexer.errors import SourceError
from address_match.indexer.products.joined_rows import JoinedTexts, ReplacedTexts
from address_match.indexer.products.stored_supply import StoredSupply, write_note
from address_match.indexer.sources.table_batch import RowError
from address_match.indexer.storage.joins import Joins, statements

_MOST_UNHELD = 0.001
"""Share of the updates and deletions that may be of records that are not held; more are of another epoch."""

FORMER, LATTER = "former", "latter"
"""Folders of the records of the touched premises: as they are held, and with the changes."""


def refuse_earlier(before: StoredSupply, changes: StoredSupply) -> None:
    """Raise SourceError for changes of no later day than that of what is held."""
    if changes.day <= before.day:
        raise SourceError(
            f"{changes.files[0]} is of {changes.day}, and the index holds what was valid on {before.day}: its changes are in it "
            "already"
        )


def refuse_unheld(before: StoredSupply, changes: StoredSupply, said: int, unheld: int) -> None:
    """Raise SourceError where many of the records that are said to be updated or deleted are not held."""
    if unheld > _MOST_UNHELD * said:
        raise SourceError(
            f"{changes.files[0]} updates or deletes {said:,} records, of which the index of {before.day} lacks {unheld:,}: these "
            "are not the changes that follow on it. Apply those between first, or build the index anew"
        )


def find_touched(joins: Joins, changed_premises: str) -> None:
    """Write the table `touched` of the premises of which a text may be other; the statements make what `touched.sql`
    reads.
    """
    joins.run(changed_premises)
    joins.run(statements(__package__, "touched.sql"))


def joined_changes(
    folder: Path,
    records: Path,
    supply: StoredSupply,
    premises: pa.StringArray,
    errors: list[RowError],
    join: Callable[[Path, StoredSupply], list[RowError]],
) -> JoinedTexts:
    """Join the touched premises as they are held and with the changes, and note of which supply the `records` are from
    now on.

    `join` joins the records of a folder to texts, in a Parquet file beside it, and returns what is wrong with them;
    `errors` are those of the changes themselves.
    """
    write_note(records, supply)
    join(folder / FORMER, supply)
    errors = [*errors, *join(folder / LATTER, supply)]
    former = pq.read_table(folder / f"{FORMER}.parquet")
    return JoinedTexts(folder / f"{LATTER}.parquet", errors, records, ReplacedTexts(premises, former))
